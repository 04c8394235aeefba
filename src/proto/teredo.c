/* SPDX-License-Identifier: MIT */
/* teredo.c - Teredo (RFC 4380 section 5.1.1): what may stand between UDP and IPv6, an authentication and an origin
 * indication. Port and address of the origin are written with all bits turned over. */
#include "list.h"

static const struct rt_row auth_rows[] = {
	{ "indicator",      0, 16, RT_HEX, .init = 1 },
	{ "id_len",        16,  8, RT_NUM },
	{ "au_len",        24,  8, RT_NUM },
	{ "client_id",     32,  0, RT_BYTES, RT_COUNTED(2, 1, 0) },
	{ "auth",          32,  0, RT_BYTES, RT_COUNTED(2, 1, 0) },
	{ "nonce",         32, 64, RT_HEX },
	{ "confirmation",  32,  8, RT_NUM },
};
static const struct rt_row origin_rows[] = {
	{ "indicator",           0, 16, RT_HEX },
	{ "obfuscated_port",    16, 16, RT_HEX },
	{ "obfuscated_address", 32, 32, RT_HEX },
};

const struct rt_proto proto_teredo_auth = {
	.name = "TeredoAuth", .spec = "RFC 4380 section 5.1.1", RT_ROWS(auth_rows), .header = 4, .is_flow = true,
	RT_LINKS({ "UDP", "dport", 3544, "indicator", 1 }, { "UDP", "sport", 3544, "indicator", 1 }),
};

const struct rt_proto proto_teredo_origin = {
	.name = "TeredoOrigin", .spec = "RFC 4380 section 5.1.1", RT_ROWS(origin_rows), .header = 8,
	RT_LINKS({ "UDP", "dport", 3544, "indicator", 0 }, { "UDP", "sport", 3544, "indicator", 0 },
	         { "TeredoAuth", NULL, 0, "indicator", 0 }),
};
