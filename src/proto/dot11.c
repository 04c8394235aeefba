/* SPDX-License-Identifier: MIT */
/* dot11.c - the header of 802.11 (IEEE 802.11-2016 clause 9.2), with and without a checksum at the frame's end, and QoS
 * control (clause 9.2.4.5). How many addresses there are, and whose, depends on type, subtype and the DS bits. */
#include "dot11.h"
#include "list.h"

#define CONTROL_EXTENSION 6

static const struct rt_word types[] = { { 0, "Management" }, { 1, "Control" }, { 2, "Data" }, { 3, "Extension" } };
static const struct rt_word subtypes[] = {              /* type << 4 | subtype */
	{ 0x00, "Association Request" }, { 0x01, "Association Response" }, { 0x02, "Reassociation Request" },
	{ 0x03, "Reassociation Response" }, { 0x04, "Probe Request" }, { 0x05, "Probe Response" },
	{ 0x06, "Timing Advertisement" }, { 0x08, "Beacon" }, { 0x09, "ATIM" }, { 0x0a, "Disassociation" },
	{ 0x0b, "Authentication" }, { 0x0c, "Deauthentication" }, { 0x0d, "Action" }, { 0x0e, "Action No Ack" },
	{ 0x12, "Trigger" }, { 0x13, "TACK" }, { 0x14, "Beamforming Report Poll" },
	{ 0x15, "VHT/HE NDP Announcement" }, { 0x16, "Control Frame Extension" }, { 0x17, "Control Wrapper" },
	{ 0x18, "Block Ack Request" }, { 0x19, "Block Ack" }, { 0x1a, "PS-Poll" }, { 0x1b, "RTS" }, { 0x1c, "CTS" },
	{ 0x1d, "Ack" }, { 0x1e, "CF-End" }, { 0x1f, "CF-End+CF-Ack" },
	{ 0x20, "Data" }, { 0x21, "Data+CF-Ack" }, { 0x22, "Data+CF-Poll" }, { 0x23, "Data+CF-Ack+CF-Poll" },
	{ 0x24, "Null (no data)" }, { 0x25, "CF-Ack (no data)" }, { 0x26, "CF-Poll (no data)" },
	{ 0x27, "CF-Ack+CF-Poll (no data)" }, { 0x28, "QoS Data" }, { 0x29, "QoS Data+CF-Ack" },
	{ 0x2a, "QoS Data+CF-Poll" }, { 0x2b, "QoS Data+CF-Ack+CF-Poll" }, { 0x2c, "QoS Null (no data)" },
	{ 0x2e, "QoS CF-Poll (no data)" }, { 0x2f, "QoS CF-Ack+CF-Poll (no data)" },
	{ 0x30, "DMG Beacon" }, { 0x31, "S1G Beacon" },
};
static const struct rt_word extensions[] = {
	{ 2, "Poll" }, { 3, "SPR" }, { 4, "Grant" }, { 5, "DMG CTS" }, { 6, "DMG DTS" }, { 7, "Grant Ack" },
	{ 8, "SSW" }, { 9, "SSW-Feedback" }, { 10, "SSW-Ack" },
};
static const struct rt_word flags[] = {
	{ 0x01, "to-DS" }, { 0x02, "from-DS" }, { 0x04, "MF" }, { 0x08, "retry" }, { 0x10, "pw-mgt" }, { 0x20, "MD" },
	{ 0x40, "protected" }, { 0x80, "order" },
};
static const struct rt_word few_flags[] = { { 1, "pw-mgt" }, { 2, "MD" }, { 4, "protected" }, { 8, "order" } };

/* Whose an address is: by type, and by from-DS (2) and to-DS (1) of data (table 9-26). */
#define KEY(type, ds) ((type) << 10 | (ds))
#define WHATEVER_DS(type, text) \
	{ KEY(type, 0), text }, { KEY(type, 1), text }, { KEY(type, 2), text }, { KEY(type, 3), text }
static const struct rt_word meanings1[] = {
	WHATEVER_DS(0, "RA=DA"), WHATEVER_DS(1, "RA"),
	{ KEY(2, 0), "RA=DA" }, { KEY(2, 1), "RA=BSSID" }, { KEY(2, 2), "RA=DA" }, { KEY(2, 3), "RA" },
	WHATEVER_DS(3, "BSSID"),
};
static const struct rt_word meanings2[] = {
	WHATEVER_DS(0, "TA=SA"), WHATEVER_DS(1, "TA"),
	{ KEY(2, 0), "TA=SA" }, { KEY(2, 1), "TA=SA" }, { KEY(2, 2), "TA=BSSID" }, { KEY(2, 3), "TA" },
};
static const struct rt_word meanings3[] = {
	WHATEVER_DS(0, "BSSID/STA"),
	{ KEY(2, 0), "BSSID" }, { KEY(2, 1), "DA" }, { KEY(2, 2), "SA" }, { KEY(2, 3), "DA" },
};
static const struct rt_word meanings4[] = { { KEY(2, 3), "SA" } };
static const struct rt_word bssid[] = { { 0, "BSSID" } };

#define MEANING(words) .names = RT_NAMES(RT_WORDS(words), .by_bit = 4, .by_width = 12, .class_mask = KEY(3, 3))
enum { ADDRESS3 = 128, ADDRESS4 = 192 };
enum { PLAIN, IN_EXTENSION, IN_AMSDU };         /* `init` of rows that there are two of               */

#define HEADER_ROWS \
	{ "subtype", 0,   4, RT_ENUM, .names = RT_NAMES(RT_WORDS(subtypes), .by_bit = 4, .by_width = 2) }, \
	{ "type",    4,   2, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) }, \
	{ "proto",   6,   2, RT_NUM }, \
	{ "cfe",    12,   4, RT_ENUM, .names = RT_NAMES(RT_WORDS(extensions)), .init = IN_EXTENSION }, \
	{ "FCfield", 8,   4, RT_FLAGS, .names = RT_NAMES(RT_WORDS(few_flags), .join = '+'), .init = IN_EXTENSION }, \
	{ "FCfield", 8,   8, RT_FLAGS, .names = RT_NAMES(RT_WORDS(flags), .join = '+') }, \
	{ "ID",     16,  16, RT_NUM, .is_little = true }, \
	{ "addr1",  32,  48, RT_MAC, MEANING(meanings1) }, \
	{ "addr2",  80,  48, RT_MAC, MEANING(meanings2) }, \
	{ "addr3", ADDRESS3, 48, RT_MAC, MEANING(meanings3) }, \
	{ "addr3", ADDRESS3, 48, RT_MAC, .names = RT_NAMES(RT_WORDS(bssid)), .init = IN_AMSDU }, \
	{ "SC",    176,  16, RT_NUM, .is_little = true }, \
	{ "addr4", ADDRESS4, 48, RT_MAC, MEANING(meanings4) }, \
	{ "addr4", ADDRESS4, 48, RT_MAC, .names = RT_NAMES(RT_WORDS(bssid)), .init = IN_AMSDU }

static const struct rt_row rows[] = { HEADER_ROWS };
static const struct rt_row fcs_rows[] = {
	HEADER_ROWS, { "fcs", 0, 32, RT_HEX, RT_SUM(RT_SUM_CRC32), .is_little = true, .in_trailer = true },
};

static bool is_extension(const uint8_t *header)
{
	return dot11_type(header) == DOT11_CONTROL && dot11_subtype(header) == CONTROL_EXTENSION;
}

static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	static const uint16_t with_sender = 0xcf70;             /* subtypes 4, 5, 6, 8 to 11, 14, 15      */
	const uint8_t *header = frame->data + at;
	(void)end;
	switch (dot11_type(header)) {
	case DOT11_CONTROL:    return with_sender >> dot11_subtype(header) & 1 ? 16 : 10;
	case DOT11_MANAGEMENT: return 24;
	case DOT11_DATA:       return (header[1] & 3) == 3 ? 30 : 24;
	default:               return 10;
	}
}

/* Several frames in one: then the third and fourth address are the cell's (table 9-26). */
static bool is_amsdu(const struct rt_frame *frame, const struct rt_layer *layer)
{
	uint32_t qos = layer->at + layer->header;
	return dot11_has_qos(frame->data + layer->at) && qos < layer->end && frame->data[qos] & 0x80;
}

static bool place(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                  struct rt_place *at)
{
	(void)at;
	if (row->bit >= 8 && row->bit < 16)
		return (row->init == IN_EXTENSION) == is_extension(frame->data + layer->at);
	if (row->bit == ADDRESS3 || row->bit == ADDRESS4)
		return (row->init == IN_AMSDU) == is_amsdu(frame, layer);
	return true;
}

const uint8_t *dot11_above(const struct rt_packet *above)
{
	const struct rt_layer *last = above->count ? &above->layer[above->count - 1] : NULL;
	if (last && (last->proto == &proto_dot11_qos || last->proto == &proto_dot11_qos_htc) && above->count > 1)
		last--;
	return last && (last->proto == &proto_dot11 || last->proto == &proto_dot11_fcs) ? above->frame->data + last->at
	                                                                                 : NULL;
}

/* Radiotap's flag says whether the checksum is there. */
static bool claims_fcs(const struct rt_packet *above, struct rt_layer *layer)
{
	(void)layer;
	return above->count && radiotap_flags(above->frame, &above->layer[above->count - 1]) & 0x10;
}

#define ENDS .from = "addr2", .to = "addr1"
#define HEADER \
	.spec = "IEEE 802.11-2016 clause 9.2.4", .header = 10, .measure = measure, .place = place, \
	.next = { "subtype", "type" }, .next_as = "Dot11", .is_carrier = true, \
	.is_link = true, .lines = RT_LINES({ .text = "802.11 {subtype}|" }), \
	.summaries = RT_LINES({ .text = "802.11 {type} {subtype}[ {addr2}] > {addr1}" })

const struct rt_proto proto_dot11_fcs = {
	.name = "Dot11FCS", .title = "802.11-FCS", RT_ROWS(fcs_rows), HEADER, .trailer = 4, .claims = claims_fcs,
	RT_MORE(ENDS),
	RT_LINKS({ "RadioTap" }),
};

const struct rt_proto proto_dot11 = {
	.name = "Dot11", .title = "802.11", RT_ROWS(rows), HEADER,
	RT_LINKS({ "frame", "link", RT_LINK_WLAN }, { "RadioTap" }, { "PrismHeader" }, { "AVSWLANHeader" }),
	RT_MORE(ENDS, RT_CARRIES({ "LLC", "type", DOT11_DATA })),
};

/* ---- QoS control, and behind it HT control where the order bit says so (clause 9.2.4.6) ------------------------ */

#define QOS_ROWS \
	{ "A_MSDU_Present", 0, 1, RT_NUM }, \
	{ "Ack_Policy",     1, 2, RT_NUM }, \
	{ "EOSP",           3, 1, RT_NUM }, \
	{ "TID",            4, 4, RT_NUM }, \
	{ "TXOP",           8, 8, RT_NUM }

static const struct rt_row qos_rows[] = { QOS_ROWS };
static const struct rt_row htc_rows[] = { QOS_ROWS, { "HTC", 16, 32, RT_HEX, .is_little = true } };

static bool claims_qos(const struct rt_packet *above, struct rt_layer *layer)
{
	const uint8_t *header = dot11_above(above);
	(void)layer;
	return header && dot11_has_qos(header) && !dot11_has_order(header);
}

static bool claims_htc(const struct rt_packet *above, struct rt_layer *layer)
{
	const uint8_t *header = dot11_above(above);
	(void)layer;
	return header && dot11_has_qos(header) && dot11_has_order(header);
}

/* Frames in a frame begin like 802.3; only the first is dissected. */
#define QOS(table, bytes, function) { \
	.name = "Dot11QoS", .title = "802.11 QoS", .spec = "IEEE 802.11-2016 clause 9.2.4.5", RT_ROWS(table), \
	.header = bytes, .claims = function, .next = { "A_MSDU_Present" }, .is_carrier = true, .is_link = true, \
	RT_LINKS({ "Dot11", "type", DOT11_DATA }), \
	RT_MORE(RT_CARRIES({ "LLC", "A_MSDU_Present", 0 }, { "Dot3", "A_MSDU_Present", 1 })) }

const struct rt_proto proto_dot11_qos_htc = QOS(htc_rows, 6, claims_htc);
const struct rt_proto proto_dot11_qos = QOS(qos_rows, 2, claims_qos);
