/* SPDX-License-Identifier: MIT */
/* ntp.c - NTP (RFC 5905 section 7.3) with its message digest, and the control messages of modes 6 (RFC 9327) and 7.
 * Times are as on the wire: seconds since 1900 in the upper half, fractions in the lower. */
#include "list.h"

static const struct rt_word leaps[] = {
	{ 0, "no warning" }, { 1, "last minute of the day has 61 seconds" },
	{ 2, "last minute of the day has 59 seconds" }, { 3, "unknown (clock unsynchronized)" },
};
static const struct rt_word modes[] = {
	{ 0, "reserved" }, { 1, "symmetric active" }, { 2, "symmetric passive" }, { 3, "client" }, { 4, "server" },
	{ 5, "broadcast" }, { 6, "NTP control message" }, { 7, "reserved for private use" },
};
static const struct rt_word op_codes[] = {
	{ 0, "CTL_OP_UNSPEC" }, { 1, "CTL_OP_READSTAT" }, { 2, "CTL_OP_READVAR" }, { 3, "CTL_OP_WRITEVAR" },
	{ 4, "CTL_OP_READCLOCK" }, { 5, "CTL_OP_WRITECLOCK" }, { 6, "CTL_OP_SETTRAP" }, { 7, "CTL_OP_ASYNCMSG" },
	{ 8, "CTL_OP_CONFIGURE" }, { 9, "CTL_OP_SAVECONFIG" }, { 10, "CTL_OP_READ_MRU" },
	{ 11, "CTL_OP_READ_ORDLIST_A" }, { 12, "CTL_OP_REQ_NONCE" }, { 31, "CTL_OP_UNSETTRAP" },
};
static const struct rt_names mode_names = { RT_WORDS(modes) };

#define STRATUM 8, 8                    /* place of the row `stratum` */

static const struct rt_row header_rows[] = {
	{ "leap",         0,  2, RT_ENUM, .names = RT_NAMES(RT_WORDS(leaps)) },
	{ "version",      2,  3, RT_NUM, .init = 4 },
	{ "mode",         5,  3, RT_ENUM, .names = &mode_names, .init = 3 },
	{ "stratum",STRATUM,     RT_NUM, .init = 2 },
	{ "poll",        16,  8, RT_NUM, .init = 10 },
	{ "precision",   24,  8, RT_NUM },
	{ "delay",       32, 32, RT_HEX },
	{ "dispersion",  64, 32, RT_HEX },
	{ "id",          96, 32, RT_IP4, RT_UNLESS(STRATUM, 0, 1) },
	{ "ref_id",      96, 32, RT_BYTES, RT_WHEN(STRATUM, 0, 1) },
	{ "ref",        128, 64, RT_HEX },
	{ "orig",       192, 64, RT_HEX },
	{ "recv",       256, 64, RT_HEX },
	{ "sent",       320, 64, RT_HEX },
};
static const struct rt_row control_rows[] = {
	{ "zeros",           0,  2, RT_NUM },
	{ "version",         2,  3, RT_NUM, .init = 2 },
	{ "mode",            5,  3, RT_ENUM, .names = &mode_names, .init = 6 },
	{ "response",        8,  1, RT_NUM },
	{ "err",             9,  1, RT_NUM },
	{ "more",           10,  1, RT_NUM },
	{ "op_code",        11,  5, RT_ENUM, .names = RT_NAMES(RT_WORDS(op_codes)) },
	{ "sequence",       16, 16, RT_NUM },
	{ "status",         32, 16, RT_HEX },
	{ "association_id", 48, 16, RT_NUM },
	{ "offset",         64, 16, RT_NUM },
	{ "count",          80, 16, RT_NUM },
	{ "data",           96,  0, RT_BYTES, RT_COUNTED(1, 1, 0) },
};
static const struct rt_row private_rows[] = {
	{ "response",        0,  1, RT_NUM },
	{ "more",            1,  1, RT_NUM },
	{ "version",         2,  3, RT_NUM, .init = 2 },
	{ "mode",            5,  3, RT_ENUM, .names = &mode_names, .init = 7 },
	{ "auth",            8,  1, RT_NUM },
	{ "seq",             9,  7, RT_NUM },
	{ "implementation", 16,  8, RT_NUM },
	{ "request_code",   24,  8, RT_NUM },
	{ "err",            32,  4, RT_NUM },
	{ "nb_items",       36, 12, RT_NUM },
	{ "mbz",            48,  4, RT_NUM },
	{ "data_item_size", 52, 12, RT_NUM },
	{ "data",           64,  0, RT_BYTES },
};
static const struct rt_row digest_rows[] = { { "key_id", 0, 32, RT_HEX }, { "dgst", 32, 0, RT_XBYTES } };

static uint32_t measure_all(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)frame;
	return end - at;
}

/* RFC 5905 section 7.3: a key's number, and 16 (MD5) or 20 (SHA-1) bytes. */
static uint32_t measure_digest(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)frame;
	return end - at == 20 || end - at == 24 ? end - at : 0;
}

#define BOTH(own, value) { "UDP", "dport", 123, own, value }, { "UDP", "sport", 123, own, value }

const struct rt_proto proto_ntp_control = {
	.name = "NTPControl", .title = "Control message", .spec = "RFC 9327 section 2", RT_ROWS(control_rows),
	.header = 12,
	.is_flow = true, .lines = RT_LINES({ .text = "NTPv{version} control {op_code}" }),
	RT_LINKS(BOTH("mode", 6)),
};
const struct rt_proto proto_ntp_private = {
	.name = "NTPPrivate", .title = "Private (mode 7)", .spec = "RFC 1305 appendix B", RT_ROWS(private_rows),
	.header = 8,
	.measure = measure_all, .lines = RT_LINES({ .text = "NTPv{version} private request {request_code}" }),
	RT_LINKS(BOTH("mode", 7)),
};
const struct rt_proto proto_ntp = {
	.name = "NTPHeader", .spec = "RFC 5905 section 7.3", RT_ROWS(header_rows), .header = 48,
	.lines = RT_LINES(
		{ "mode", 3, "NTPv{version} client" },
		{ "stratum", 0, "NTPv{version} {mode}, stratum 0" },
		{ .text = "NTPv{version} {mode}, stratum {stratum}[, reference {id}]" }),
	.summaries = RT_LINES({ .text = "NTP v{version}, {mode}" }),
	RT_LINKS(BOTH(NULL, 0)),
};
const struct rt_proto proto_ntp_digest = {
	.name = "NTPAuthenticator", .title = "Authenticator", .spec = "RFC 5905 section 7.3", RT_ROWS(digest_rows),
	.header = 4, .measure = measure_digest, RT_LINKS({ "NTPHeader", NULL }),
};
