// SPDX-License-Identifier: MIT
/* wlan.c - IEEE 802.11 (2016, chapter 9) around a body, frames that have no body, and the headers that radios put in
 * front: radiotap.org, the Prism header of wlan-ng, the AVS capture header. Frames have no FCS, but where the way
 * says so. */
#include "bodies.h"

#define STATION "020000000001"
#define POINT   "02000000000b"   /* access point, and the name of its network                    */
#define FAR_R   "02000000000c"   /* the two ends of a wireless bridge                            */
#define FAR_T   "02000000000d"

/* ---- radio headers ------------------------------------------------------------------------------------------ */

/* Version, pad, length, fields present: all little-endian, as the fields are. */
#define TAP          "0000 0800 00000000"
#define TAP_FLAGS    "0000 0900 02000000 00"
#define TAP_FCS      "0000 0900 02000000 10"
#define TAP_PAD      "0000 0c00 02000000 20 000000"                  /* data behind the header is aligned to 4   */
#define TAP_ODD_PAD  "0000 0900 02000000 20"
#define TAP_TSFT     "0000 1400 03000000 0102030405060708 00 000000"
#define TAP_TSFT_PAD "0000 1400 03000000 2022232425262728 20 000000"
#define TAP_TSFT_20  "0000 1400 03000000 2022232425262728 00 000000"
#define TAP_TIME     "0000 1000 01000000 2022232425262728"           /* a time stamp but no flags                */
#define TAP_FULL     "0000 1a00 2f480000 0102030405060708 00 02 6c09 a000 d6 01 0000"
/* Several words of presence bits, one an antenna, as Linux writes them. */
#define TAP_TWO      "0000 1500 2e0000a0 20080000 00 02 6c09 a000 d6 d6 00"
#define TAP_TWO_PAD  "0000 1800 2e0000a0 20080000 20 02 6c09 a000 d6 d6 00 000000"
#define TAP_THREE    "0000 1b00 2e0000a0 200800a0 20080000 00 02 6c09 a000 d6 d6 00 d5 01"

/* Code, length, device; ten items: number, status (0: it has a value), size, value. */
#define LITTLE(n) "44000" n "00 0000 0400 00000000"
#define BIG(n)    "000" n "0044 0000 0004 00000000"
#define ITEMS(M)  M("1") M("2") M("3") M("4") M("5") M("6") M("7") M("8") M("9") M("a")
#define PRISM     "44000000 90000000 776c616e300000000000000000000000" ITEMS(LITTLE)
#define PRISM_BIG "00000044 00000090 776c616e300000000000000000000000" ITEMS(BIG)

/* Version with its magic, length, MAC and host time, then 32 bit numbers: PHY type, channel, rate, antenna, priority,
 * kind and values of signal, preamble, encoding. */
#define AVS_TIMES "0000000000000001 0000000000000002"
#define AVS_REST  "00000002 00000001 00000014 00000000 00000000 00000003 ffffffd6 ffffffa1 00000001 00000001"
#define AVS       "80211001 00000040" AVS_TIMES AVS_REST
#define AVS_LONG  "80211002 00000050" AVS_TIMES AVS_REST "00000000 00000000 00000000 00000000"
#define AVS_SHORT "80211001 00000018" AVS_TIMES

/* ---- data frames ---------------------------------------------------------------------------------------------- */

/* `order` is the order of addresses: D destination, S source, B access point, R and T the far ends of a bridge, '#' the
 * sequence number between the third and the fourth. `tail` stands behind them, `back` behind the body. */
struct wlan_way { const char *name, *radio, *control, *order, *tail, *back; };

#define FROM   "0802", "DBS#", ""
#define TO     "0801", "BSD#", ""
#define NEAR   "0800", "DSB#", ""
#define BRIDGE "0803", "RTD#S", ""
#define QFROM   "8802", "DBS#", "0000"
#define QTO     "8801", "BSD#", "0500"
#define QNEAR   "8800", "DSB#", "0000"
#define QBRIDGE "8803", "RTD#S", "0000"
#define PADDED  "8802", "DBS#", "0000 0000"      /* 26 bytes, and 2 so that the body is aligned              */
#define END     { NULL, NULL, NULL, NULL, NULL, NULL }

static const struct wlan_way plain_ways[] = {
	{ "plain",    "", FROM,                       "" },
	{ "qos",      "", QFROM,                      "" },
	{ "to",       "", TO,                         "" },
	{ "near",     "", NEAR,                       "" },
	{ "bridge",   "", BRIDGE,                     "" },
	{ "qos-to",   "", QTO,                        "" },
	{ "qos-near", "", QNEAR,                      "" },
	{ "qos-bridge", "", QBRIDGE,                  "" },
	{ "ack",      "", "1802", "DBS#", "",         "" },     /* Data + CF-Ack                      */
	{ "poll",     "", "2802", "DBS#", "",         "" },     /* Data + CF-Poll                     */
	{ "both",     "", "3802", "DBS#", "",         "" },
	{ "qos-ack",  "", "9802", "DBS#", "0000",     "" },
	{ "htc",      "", "8882", "DBS#", "0000 00000000", "" },        /* an HT Control field behind QoS     */
	{ "retry",    "", "080a", "DBS#", "",         "" },
	END,
};

static const struct wlan_way radiotap_ways[] = {
	{ "plain",    TAP, FROM,              "" },
	{ "qos",      TAP, QFROM,             "" },
	{ "flags",    TAP_FLAGS, TO,          "" },
	{ "flags-qos", TAP_FLAGS, QTO,        "" },
	{ "pad",      TAP_PAD, FROM,          "" },
	{ "pad-qos",  TAP_PAD, PADDED,        "" },
	{ "odd-pad",  TAP_ODD_PAD, PADDED,    "" },
	{ "tsft",     TAP_TSFT, QFROM,        "" },
	{ "tsft-pad", TAP_TSFT_PAD, PADDED,   "" },
	{ "tsft-20",  TAP_TSFT_20, QFROM,     "" },
	{ "time",     TAP_TIME, QTO,          "" },
	{ "full",     TAP_FULL, QFROM,        "" },
	{ "two",      TAP_TWO, QFROM,         "" },
	{ "two-pad",  TAP_TWO_PAD, PADDED,    "" },
	{ "three",    TAP_THREE, NEAR,        "" },
	{ "fcs",      TAP_FCS, QFROM,         "00000000" },
	{ "bridge",   TAP, BRIDGE,            "" },
	{ "qos-bridge", TAP_FULL, QBRIDGE,    "" },
	END,
};

static const struct wlan_way prism_ways[] = {
	{ "plain",    PRISM, FROM,            "" },
	{ "qos",      PRISM, QFROM,           "" },
	{ "avs",      AVS, FROM,              "" },
	{ "avs-qos",  AVS, QTO,               "" },
	{ "avs-long", AVS_LONG, TO,           "" },
	{ "avs-short", AVS_SHORT, NEAR,       "" },
	{ "big",      PRISM_BIG, NEAR,        "" },
	{ "bridge",   PRISM, QBRIDGE,         "" },
	END,
};

static const struct wlan_way avs_ways[] = {
	{ "plain",    AVS, FROM,              "" },
	{ "qos",      AVS, QFROM,             "" },
	{ "long",     AVS_LONG, TO,           "" },
	{ "long-qos", AVS_LONG, QTO,          "" },
	{ "short",    AVS_SHORT, NEAR,        "" },
	{ "short-qos", AVS_SHORT, QFROM,      "" },
	{ "bridge",   AVS, QBRIDGE,           "" },
	END,
};

bool is_wlan(unsigned link)
{
	return link == RT_LINK_WLAN || link == RT_LINK_PRISM || link == RT_LINK_RADIOTAP || link == RT_LINK_AVS;
}

static const struct wlan_way *ways(unsigned link)
{
	return link == RT_LINK_PRISM ? prism_ways : link == RT_LINK_RADIOTAP ? radiotap_ways :
	       link == RT_LINK_AVS ? avs_ways : plain_ways;
}

const char *wlan_way_name(unsigned link, size_t way) { return ways(link)[way].name; }

static void put_addresses(struct frame *frame, const char *order, enum to to)
{
	for (; *order; order++) {
		switch (*order) {
		case 'D': frame_hex(frame, to_mac(to)); break;
		case 'S': frame_hex(frame, STATION); break;
		case 'B': frame_hex(frame, POINT); break;
		case 'R': frame_hex(frame, FAR_R); break;
		case 'T': frame_hex(frame, FAR_T); break;
		default:  frame_hex(frame, "1000"); break;
		}
	}
}

/* On 802.11 everything is 802.2; an ethertype stands in SNAP (RFC 1042). */
bool wlan_put(struct frame *frame, unsigned link, size_t place, const struct load *load)
{
	const struct wlan_way *way = &ways(link)[place];
	if (load->body->type == BODY_NOVELL)
		return false;
	frame_hex(frame, way->radio);
	frame_hex(frame, way->control);
	frame_hex(frame, "0000");        /* duration */
	put_addresses(frame, way->order, load->body->to);
	frame_hex(frame, way->tail);
	if (load->body->type != BODY_LLC) {
		frame_hex(frame, "aaaa03 000000");
		frame_u16(frame, load->body->type);
	}
	frame_copy(frame, load->bytes, load->size);
	frame_hex(frame, way->back);
	return true;
}

/* ---- frames without a body ------------------------------------------------------------------------------------ */

#define ALL_MAC "ffffffffffff"
#define OTHER   "020000000002"
/* Control and duration, then to, from, network, sequence. */
#define MANAGE(control)   control "0000" POINT STATION POINT "2000"
#define ANSWER(control)   control "0000" STATION POINT POINT "2000"
#define ANNOUNCE(control) control "0000" ALL_MAC POINT POINT "2000"
#define NAME  "0004 74657374"    /* elements: the network is called "test"; its rates            */
#define RATES "0104 82848b96"

const struct wlan_frame wlan_frames[] = {
	{ "assoc-req",    "Association Request", MANAGE("0000") "0104 0a00" NAME RATES },
	{ "assoc-resp",   "Association Response", ANSWER("1000") "0104 0000 01c0" RATES },
	{ "reassoc-req",  "Reassociation Request", MANAGE("2000") "0104 0a00" POINT NAME RATES },
	{ "reassoc-resp", "Reassociation Response", ANSWER("3000") "0104 0000 01c0" RATES },
	{ "probe-req",    "Probe Request", "4000 0000" ALL_MAC STATION ALL_MAC "2000" NAME RATES },
	{ "probe-resp",   "Probe Response", ANSWER("5000") "0000000000000001 6400 0104" NAME RATES },
	{ "timing",       "Timing Advertisement", ANNOUNCE("6000") "0000000000000001 0104" RATES },
	{ "reserved-mgt", "wlan", MANAGE("7000") },
	{ "beacon",       "Beacon frame", ANNOUNCE("8000") "0000000000000001 6400 0104" NAME RATES },
	{ "atim",         "ATIM", "9000 0000" OTHER STATION POINT "2000" },
	{ "disassoc",     "Disassociate", MANAGE("a000") "0800" },
	{ "auth",         "Authentication", MANAGE("b000") "0000 0100 0000" },
	{ "deauth",       "Deauthentication", ANSWER("c000") "0700" },
	{ "action",       "Action", ANSWER("d000") "03 02 0008 2500" },
	{ "action-noack", "Action No Ack", ANSWER("e000") "03 02 0008 2500" },
	{ "beacon-ds",    "Beacon frame", ANNOUNCE("8003") "0000000000000001 6400 0104" NAME RATES },
	{ "wrapper",      "Control Wrapper", "7400 0000" POINT "b400 00000000" STATION },
	{ "bar",          "802.11 Block Ack Req", "8400 0000" POINT STATION "0500 1000" },
	{ "ba",           "802.11 Block Ack", "9400 0000" STATION POINT "0500 1000 ffffffffffffffff" },
	{ "ps-poll",      "Power-Save poll", "a400 01c0" POINT STATION },
	{ "rts",          "Request-to-send", "b400 0000" POINT STATION },
	{ "cts",          "Clear-to-send", "c400 0000" STATION },
	{ "ack",          "Acknowledgement", "d400 0000" STATION },
	{ "cf-end",       "CF-End (Control-frame)", "e400 0000" ALL_MAC POINT },
	{ "cf-end-ack",   "CF-End + CF-Ack (Control-frame)", "f400 0000" ALL_MAC POINT },
	{ "null",         "Null function (No data)", "4801 0000" POINT STATION POINT "3000" },
	{ "null-from",    "Null function (No data)", "4802 0000" STATION POINT POINT "3000" },
	{ "cf-ack",       "Acknowledgement (No data)", "5801 0000" POINT STATION POINT "3000" },
	{ "cf-poll",      "CF-Poll (No data)", "6802 0000" STATION POINT POINT "3000" },
	{ "cf-ack-poll",  "CF-Ack/Poll (No data)", "7802 0000" STATION POINT POINT "3000" },
	{ "qos-null",     "QoS Null function (No data)", "c801 0000" POINT STATION POINT "3000 0000" },
	{ "reserved-data", "wlan", "d801 0000" POINT STATION POINT "3000 0000" },
	{ "qos-cf-poll",  "QoS CF-Poll (No Data)", "e802 0000" STATION POINT POINT "3000 0000" },
	{ "qos-cf-ack-poll", "QoS CF-Ack + CF-Poll (No data)", "f802 0000" STATION POINT POINT "3000 0000" },
	{ "protected",    "wlan:data",
	  "0842 0000" OTHER POINT STATION "3000 01002020 00000000 0102030405060708 0102030405060708" },
	{ "protected-qos", "wlan:data",
	  "8841 0000" POINT STATION OTHER "3000 0000 01002020 00000000 0102030405060708 0102030405060708" },
	{ "amsdu",        "wlan:llc", "8802 0000" OTHER POINT POINT "3000 8000" OTHER STATION "001c"
	                  "aaaa03 000000 0800 4500 0014 0001 0000 40 3b 0000 c6336401 c6336402" },
	{ "extension",    "wlan", "0c00 0000" POINT "0000000000000001 000000 6400 000000000000 00 0000000000000000" },
};
const size_t wlan_frame_count = RT_COUNT(wlan_frames);

/* ---- radio headers in front of those ----------------------------------------------------------------------------- */

static const struct radio { unsigned link; const char *name, *hex; } radios[] = {
	{ RT_LINK_WLAN,     "plain", "" },
	{ RT_LINK_RADIOTAP, "plain", TAP },
	{ RT_LINK_RADIOTAP, "pad",   TAP_PAD },
	{ RT_LINK_RADIOTAP, "full",  TAP_FULL },
	{ RT_LINK_RADIOTAP, "two",   TAP_TWO },
	{ RT_LINK_PRISM,    "plain", PRISM },
	{ RT_LINK_PRISM,    "avs",   AVS },
	{ RT_LINK_AVS,      "plain", AVS },
	{ RT_LINK_AVS,      "long",  AVS_LONG },
};

static const struct radio *radio(unsigned link, size_t way)
{
	for (size_t i = 0; i < RT_COUNT(radios); i++)
		if (radios[i].link == link && way-- == 0)
			return &radios[i];
	return NULL;
}

const char *radio_name(unsigned link, size_t way)
{
	const struct radio *found = radio(link, way);
	return found ? found->name : NULL;
}

void radio_put(struct frame *frame, unsigned link, size_t way, const struct wlan_frame *what)
{
	frame_hex(frame, radio(link, way)->hex);
	frame_hex(frame, what->hex);
}
