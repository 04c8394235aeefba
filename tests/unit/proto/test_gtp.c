/* SPDX-License-Identifier: MIT */
/* test_gtp.c - GTP. The bytes are laid out by 3GPP TS 29.281 section 5 and TS 38.415 section 5.5.2; tshark 4.0.17 reads
 * the same. */
#include "dissected.h"
#include "tunnel.h"

#define V4 RT_LINK_IPV4
#define OUTER(len, udp_len) TUNNEL_UDP(len, "0868", "0868", udp_len)
#define SAYS "10.0.0.1:2152 -> 10.0.0.2:2152 TTL: 64, "

static const struct dissected_packet packets[] = {
	{ { "data", V4, OUTER("0040", "002c") "30ff001c" "0badcafe" TUNNEL_INNER },
	  "IP / UDP / GTP_U_Header / IP / UDP", "gtp 0xbadcafe " TUNNEL_ENDS "UDP, Len: 0" },
	{ { "data 6", V4, OUTER("0058", "0044") "32ff0034" "0badcafe" "00070000" TUNNEL_INNER6 },
	  "IP / UDP / GTP_U_Header / IPv6 / UDP", "gtp 0xbadcafe " TUNNEL_ENDS6 "UDP, Len: 0" },
	{ { "down", V4, OUTER("0048", "0034") "34ff0024" "0badcafe" "00000085" "01004900" TUNNEL_INNER },
	  "IP / UDP / GTP_U_Header / GTPPDUSessionContainer / IP / UDP", "gtp 0xbadcafe " TUNNEL_ENDS "UDP, Len: 0" },
	{ { "up", V4, OUTER("0048", "0034") "34ff0024" "0badcafe" "00000085" "01100900" TUNNEL_INNER },
	  "IP / UDP / GTP_U_Header / GTPPDUSessionContainer / IP / UDP", "gtp 0xbadcafe " TUNNEL_ENDS "UDP, Len: 0" },
	{ { "paging", V4, OUTER("004c", "0038") "34ff0028" "0badcafe" "00000085" "0200896000000000" TUNNEL_INNER },
	  "IP / UDP / GTP_U_Header / GTPPDUSessionContainer / IP / UDP", "gtp 0xbadcafe " TUNNEL_ENDS "UDP, Len: 0" },
	{ { "end", V4, OUTER("0024", "0010") "30fe0000" "0badcafe" }, "IP / UDP / GTP_U_Header",
	  "gtp 0xbadcafe " SAYS "GTP end_marker teid 0xbadcafe, Len: 0" },
	{ { "echo", V4, OUTER("0028", "0014") "32010004" "00000000" "00070000" }, "IP / UDP / GTP_U_Header",
	  "gtp 0x0 " SAYS "GTP echo_request teid 0x0 seq 7, Len: 0" },
	{ { "control", V4, TUNNEL_UDP("002c", "084b", "084b", "0018") "32140008" "00000001" "00070000" "13ff1405" },
	  "IP / UDP / GTPHeader / Raw",
	  "10.0.0.1:2123 -> 10.0.0.2:2123 TTL: 64, GTP delete_pdp_context_req teid 0x1 seq 7, Len: 4" },
	{ { "not version 1", V4, OUTER("0024", "0010") "48010000" "00000700" }, "IP / UDP / Raw", SAYS "UDP, Len: 8",
	  .is_doubtful = true },
};

static const struct dissected_field fields[] = {
	{ "1", "data", "GTP_U_Header", "version" },
	{ "255", "data", "GTP_U_Header", "gtp_type" },
	{ "28", "data", "GTP_U_Header", "length" },
	{ "195939070", "data", "GTP_U_Header", "teid" },     /* 0badcafe */
	{ "", "data", "GTP_U_Header", "seq" },
	{ "7", "data 6", "GTP_U_Header", "seq" },
	{ "133", "down", "GTP_U_Header", "next_ex" },
	{ "0", "down", "GTPPDUSessionContainer", "type" },
	{ "1", "down", "GTPPDUSessionContainer", "RQI" },
	{ "9", "down", "GTPPDUSessionContainer", "QFI" },
	{ "", "down", "GTPPDUSessionContainer", "dlDelayInd" },
	{ "0", "down", "GTPPDUSessionContainer", "NextExtHdr" },
	{ "1", "up", "GTPPDUSessionContainer", "type" },
	{ "0", "up", "GTPPDUSessionContainer", "ulDelayInd" },
	{ "9", "up", "GTPPDUSessionContainer", "QFI" },
	{ "1", "paging", "GTPPDUSessionContainer", "PPP" },
	{ "3", "paging", "GTPPDUSessionContainer", "PPI" },
	{ "000000", "paging", "GTPPDUSessionContainer", "padding" },
};

DISSECTED_MAIN("gtp", packets, fields)
