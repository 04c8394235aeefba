/* SPDX-License-Identifier: MIT */
/* gtp.c - GTP version 1: the header for user data and for control (3GPP TS 29.281 section 5, TS 29.060 section 6), and
 * the extension header of 5G (TS 38.415 section 5.5.2). The elements of control messages stay Raw. */
#include <ringtap/dissect.h>
#include "list.h"

static const struct rt_word types[] = {
	{ 1, "echo_request" }, { 2, "echo_response" }, { 16, "create_pdp_context_req" },
	{ 17, "create_pdp_context_res" }, { 18, "update_pdp_context_req" }, { 19, "update_pdp_context_resp" },
	{ 20, "delete_pdp_context_req" }, { 21, "delete_pdp_context_res" }, { 26, "error_indication" },
	{ 27, "pdu_notification_req" }, { 31, "supported_extension_headers_notification" }, { 254, "end_marker" },
	{ 255, "g_pdu" },
};
static const struct rt_word extensions[] = {
	{ 0, "No more extension headers" }, { 1, "Reserved" }, { 2, "Reserved" }, { 64, "UDP Port" },
	{ 133, "PDU Session Container" }, { 192, "PDCP PDU Number" }, { 193, "Reserved" }, { 194, "Reserved" },
};
static const struct rt_word directions[] = {
	{ 0, "DL PDU SESSION INFORMATION" }, { 1, "UL PDU SESSION INFORMATION" },
};

#define EXTENSION RT_ENUM, .names = RT_NAMES(RT_WORDS(extensions))
#define OPTIONAL RT_UNLESS(5, 3, 0)     /* any of E, S and PN brings all three                            */

static const struct rt_row rows[] = {
	{ "version",  0,  3, RT_NUM, .init = 1 },
	{ "PT",       3,  1, RT_NUM, .init = 1 },
	{ "reserved", 4,  1, RT_NUM },
	{ "E",        5,  1, RT_NUM },
	{ "S",        6,  1, RT_NUM },
	{ "PN",       7,  1, RT_NUM },
	{ "gtp_type", 8,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) },
	{ "length",  16, 16, RT_NUM, RT_FILL_EXTENT },
	{ "teid",    32, 32, RT_NUM },
	{ "seq",     64, 16, RT_HEX, OPTIONAL },
	{ "npdu",    80,  8, RT_NUM, OPTIONAL },
	{ "next_ex", 88,  8, EXTENSION, OPTIONAL },
};

#define DOWN RT_WHEN(8, 4, 0)
#define UP   RT_WHEN(8, 4, 1)

static const struct rt_row session_rows[] = {
	{ "ExtHdrLen",     0,  8, RT_NUM, RT_FILL_HEADER },
	{ "type",          8,  4, RT_ENUM, .names = RT_NAMES(RT_WORDS(directions)) },
	{ "QMP",          12,  1, RT_NUM },
	{ "dlDelayInd",   13,  1, RT_NUM, UP },
	{ "ulDelayInd",   14,  1, RT_NUM, UP },
	{ "SNP",          15,  1, RT_NUM, UP },
	{ "N3N9DelayInd", 16,  1, RT_NUM, UP },
	{ "spareUl1",     17,  1, RT_HEX, UP },
	{ "SNP",          13,  1, RT_NUM, RT_UNLESS(8, 4, 1) },
	{ "spareDl1",     14,  2, RT_HEX, DOWN },
	{ "PPP",          16,  1, RT_NUM, DOWN },
	{ "RQI",          17,  1, RT_NUM, DOWN },
	{ "QFI",          18,  6, RT_NUM },
	/* the type and the flag that brings the row, with all values of the bits in between */
	{ "PPI",          24,  3, RT_HEX, RT_WHEN(8, 9, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31) },
	{ "spareDl2",     24,  5, RT_HEX, RT_WHEN(8, 9, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31) },
	{ "dlSendTime",   24, 64, RT_HEX, RT_WHEN(8, 5, 1) },
	{ "dlQFISeqNum",  24, 24, RT_HEX, RT_WHEN(8, 6, 1, 3) },
	{ "dlSendTimeRpt", 24, 64, RT_HEX, RT_WHEN(8, 5, 3) },
	{ "dlRecvTime",   24, 64, RT_HEX, RT_WHEN(8, 5, 3) },
	{ "ulSendTime",   24, 64, RT_HEX, RT_WHEN(8, 5, 3) },
	{ "dlDelayRslt",  24, 32, RT_HEX, RT_WHEN(8, 6, 5, 7) },
	{ "ulDelayRslt",  24, 32, RT_HEX, RT_WHEN(8, 7, 9, 11, 13, 15) },
	{ "UlQFISeqNum",  24, 24, RT_HEX, RT_WHEN(8, 8, 17, 19, 21, 23, 25, 27, 29, 31) },
	{ "N3N9DelayRslt", 24, 32, RT_HEX,
	  RT_WHEN(8, 9, 33, 35, 37, 39, 41, 43, 45, 47, 49, 51, 53, 55, 57, 59, 61, 63) },
	{ "NextExtHdr",   24,  8, EXTENSION },
	{ "padding",      24,  0, RT_BYTES },
};

/* The next type is the last byte of the extension header (TS 29.281 section 5.2.1), padding stands in front of it. */
static bool place_session(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                          struct rt_place *place)
{
	uint32_t bits = layer->header * 8;
	(void)frame;
	if (row == &session_rows[RT_COUNT(session_rows) - 2])
		place->bit = bits - 8;
	if (row != &session_rows[RT_COUNT(session_rows) - 1])
		return true;
	place->bit -= 8;
	place->width = place->bit < bits - 8 ? bits - 8 - place->bit : 0;
	return true;
}

static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	const uint8_t *header = frame->data + at;
	(void)end;
	return header[0] >> 5 != 1 ? 0 : header[0] & 7 ? 12 : 8;
}

#define GTP(c_name, class, words, rfc, ...) \
	const struct rt_proto proto_##c_name = { \
		.name = class, .title = words, .spec = rfc, RT_ROWS(rows), .header = 8, .measure = measure, \
		.next = { "gtp_type", "next_ex" }, .is_carrier = true, \
		.lines = RT_LINES({ .text = "GTP {gtp_type}| teid {teid:x}[ seq {seq}]" }), __VA_ARGS__ }
#define EXTENT .extent = { "length", 1, 8 }
#define ON_PORT(number) RT_LINKS({ "UDP", "dport", number }, { "UDP", "sport", number })

GTP(gtp_u, "GTP_U_Header", "GTP-U Header", "3GPP TS 29.281 section 5",
    RT_MORE(EXTENT, .prefix = "gtp {teid:x} "), ON_PORT(2152));
GTP(gtp, "GTPHeader", "GTP-C Header", "3GPP TS 29.060 section 6", RT_MORE(EXTENT), ON_PORT(2123));

const struct rt_proto proto_gtp_session = {
	.name = "GTPPDUSessionContainer", .title = "GTP PDU Session Container", .spec = "3GPP TS 38.415 section 5.5.2",
	RT_ROWS(session_rows), .header = 3, .size = { "ExtHdrLen", 4 }, .is_flow = true, .place = place_session,
	.is_carrier = true, .lines = RT_LINES({ .text = "QFI {QFI}" }),
	RT_LINKS({ "GTP_U_Header", "next_ex", 133 }),
};
