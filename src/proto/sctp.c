/* SPDX-License-Identifier: MIT */
/* sctp.c - SCTP (RFC 9260 section 3; RFC 4895, RFC 5061): the common header, and its chunks, each a layer behind the
 * one before it, told apart by its own row `type`. A chunk fills up four bytes. */
#include <ringtap/dissect.h>
#include "ip.h"
#include "list.h"
#include "lists.h"
#include "sctp.h"

static const struct rt_word services[] = { { 5672, "amqp" } };
static const struct rt_word types[] = {
	{ 0, "data" }, { 1, "init" }, { 2, "init-ack" }, { 3, "sack" }, { 4, "heartbeat-req" }, { 5, "heartbeat-ack" },
	{ 6, "abort" }, { 7, "shutdown" }, { 8, "shutdown-ack" }, { 9, "error" }, { 10, "cookie-echo" },
	{ 11, "cookie-ack" }, { 14, "shutdown-complete" }, { 15, "authentication" },
	{ 0x80, "address-configuration-ack" }, { 0xc1, "address-configuration" },
};
static const struct rt_word payloads[] = {
	{ 0, "Reserved" }, { 1, "IUA" }, { 2, "M2UA" }, { 3, "M3UA" }, { 4, "SUA" }, { 5, "M2PA" }, { 6, "V5UA" },
	{ 7, "H.248" }, { 8, "BICC/Q.2150.3" }, { 9, "TALI" }, { 10, "DUA" }, { 11, "ASAP" }, { 12, "ENRP" },
	{ 13, "H.323" }, { 14, "Q.IPC/Q.2150.3" }, { 15, "SIMCO" }, { 16, "DDP Segment Chunk" },
	{ 17, "DDP Stream Session Control" }, { 18, "S1AP" }, { 19, "RUA" }, { 20, "HNBAP" }, { 21, "ForCES-HP" },
	{ 22, "ForCES-MP" }, { 23, "ForCES-LP" }, { 24, "SBc-AP" }, { 25, "NBAP" }, { 26, "Unassigned" },
	{ 27, "X2AP" }, { 28, "IRCP" }, { 29, "LCS-AP" }, { 30, "MPICH2" }, { 31, "SABP" }, { 32, "FGP" },
	{ 33, "PPP" }, { 34, "CALCAPP" }, { 35, "SSP" }, { 36, "NPMP-CONTROL" }, { 37, "NPMP-DATA" }, { 38, "ECHO" },
	{ 39, "DISCARD" }, { 40, "DAYTIME" }, { 41, "CHARGEN" }, { 42, "3GPP RNA" }, { 43, "3GPP M2AP" },
	{ 44, "3GPP M3AP" }, { 45, "SSH/SCTP" }, { 46, "Diameter/SCTP" }, { 47, "Diameter/DTLS/SCTP" },
	{ 48, "R14P" }, { 49, "Unassigned" }, { 50, "WebRTC DCEP" }, { 51, "WebRTC String" },
	{ 52, "WebRTC Binary Partial" }, { 53, "WebRTC Binary" }, { 54, "WebRTC String Partial" }, { 55, "3GPP PUA" },
	{ 56, "WebRTC String Empty" }, { 57, "WebRTC Binary Empty" },
};

const struct rt_names sctp_chunk_types = { RT_WORDS(types) };

/* ---- rows ------------------------------------------------------------------------------------------------- */

#define PORT(name, bit) { name, bit, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(services), .is_service = true) }
#define TYPE   { "type", 0, 8, RT_ENUM, .names = &sctp_chunk_types }
#define LENGTH { "len", 16, 16, RT_NUM }
#define START  TYPE, { "flags", 8, 8, RT_HEX }, LENGTH
#define START_T TYPE, { "reserved", 8, 7, RT_NUM }, { "TCB", 15, 1, RT_NUM }, LENGTH
#define DATA(name, bit, back) { name, bit, 0, RT_BYTES, RT_COUNTED(back, 1, -(bit) / 8) }

static const struct rt_row gap_rows[] = { { "gap", 0, 32, RT_PAIR } };
static const struct rt_row tsn_rows[] = { { "tsn", 0, 32, RT_HEX } };
static const struct rt_proto gap = { .name = "gap", .spec = "RFC 9260 section 3.3.4", RT_ROWS(gap_rows), .header = 4 };
static const struct rt_proto tsn = { .name = "tsn", .spec = "RFC 9260 section 3.3.4", RT_ROWS(tsn_rows), .header = 4 };
static const struct rt_list gaps = { .other = &gap, .item_bytes = 4, .is_values = true, .last_code = -1 };
static const struct rt_list tsns = { .other = &tsn, .item_bytes = 4, .is_values = true, .last_code = -1 };

static const struct rt_row rows[] = {
	PORT("sport", 0), PORT("dport", 16), { "tag", 32, 32, RT_HEX },
	{ "chksum", 64, 32, RT_HEX, RT_SUM(RT_SUM_CRC32C, .zero = RT_ZERO_IS_NONE) },   /* RFC 9653 */
};
static const struct rt_row data_rows[] = {
	TYPE,
	{ "reserved",     8,  4, RT_NUM },
	{ "delay_sack",  12,  1, RT_NUM },
	{ "unordered",   13,  1, RT_NUM },
	{ "beginning",   14,  1, RT_NUM },
	{ "ending",      15,  1, RT_NUM },
	LENGTH,
	{ "tsn",         32, 32, RT_HEX },
	{ "stream_id",   64, 16, RT_HEX },
	{ "stream_seq",  80, 16, RT_HEX },
	{ "proto_id",    96, 32, RT_ENUM, .names = RT_NAMES(RT_WORDS(payloads)) },
	DATA("data", 128, 5),
};
static const struct rt_row init_rows[] = {
	START,
	{ "init_tag",       32, 32, RT_HEX },
	{ "a_rwnd",         64, 32, RT_NUM },
	{ "n_out_streams",  96, 16, RT_NUM },
	{ "n_in_streams",  112, 16, RT_NUM },
	{ "init_tsn",      128, 32, RT_HEX },
	{ "params",        160,  0, RT_LIST, .list = &sctp_params, RT_COUNTED(6, 1, -20) },
};
static const struct rt_row sack_rows[] = {
	START,
	{ "cumul_tsn_ack",  32, 32, RT_HEX },
	{ "a_rwnd",         64, 32, RT_NUM },
	{ "n_gap_ack",      96, 16, RT_NUM },
	{ "n_dup_tsn",     112, 16, RT_NUM },
	{ "gap_ack_list",  128,  0, RT_LIST, .list = &gaps, RT_COUNTED(2, 0, 0) },
	{ "dup_tsn_list",  128,  0, RT_LIST, .list = &tsns, RT_COUNTED(2, 0, 0) },
};
static const struct rt_row heartbeat_rows[] = {
	START, { "params", 32, 0, RT_LIST, .list = &sctp_params, RT_COUNTED(1, 1, -4) },
};
static const struct rt_row abort_rows[] = { START_T, DATA("error_causes", 32, 1) };
static const struct rt_row shutdown_rows[] = { START, { "cumul_tsn_ack", 32, 32, RT_HEX } };
static const struct rt_row bare_rows[] = { START };
static const struct rt_row error_rows[] = { START, DATA("error_causes", 32, 1) };
static const struct rt_row cookie_rows[] = { START, DATA("cookie", 32, 1) };
static const struct rt_row complete_rows[] = { START_T };
static const struct rt_row auth_rows[] = {
	START, { "shared_key_id", 32, 16, RT_NUM }, { "HMAC_function", 48, 16, RT_NUM }, DATA("HMAC", 64, 3),
};
static const struct rt_row address_rows[] = {
	START, { "seq", 32, 32, RT_NUM }, { "params", 64, 0, RT_LIST, .list = &sctp_params, RT_COUNTED(2, 1, -8) },
};

/* ---- protocols -------------------------------------------------------------------------------------------- */

static uint32_t measure_chunk(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t size = (rt_be16(frame->data + at + 2) + 3u) & ~3u;
	(void)end;
	return size ? size : 4;
}

/* In an ICMP error the header may end after 8 bytes. */
static uint32_t measure_quoted(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)frame;
	return end - at < 12 ? end - at : 12;
}

const struct rt_proto proto_sctp = {
	.name = "SCTP", .spec = "RFC 9260 section 3.1", RT_ROWS(rows), .header = 12, RT_MORE(.from = "sport", .to = "dport"),
	.is_carrier = true, .lines = RT_LINES({ .text = "SCTP" }),
	RT_LINKS({ "IP", "proto", 132 }, { "IPv6", "nh", 132 }),
};

const struct rt_proto proto_sctp_error = {
	.name = "SCTPerror", .title = "SCTP in ICMP", .spec = "RFC 792", RT_ROWS(rows), .header = 8,
	.measure = measure_quoted, .next_as = "SCTP",
	RT_LINKS({ "IPerror", "proto", 132 }, { "IPerror6", "nh", 132 }),
};

#define CHUNK(c_name, class, rfc, number, table, bytes, sentence) \
	const struct rt_proto proto_sctp_##c_name = { \
		.name = "SCTPChunk" class, .spec = rfc, RT_ROWS(table), .header = bytes, .is_flow = true, \
		.measure = measure_chunk, .next_as = "SCTP", .lines = RT_LINES({ .text = "{type}|" sentence }), \
		RT_LINKS({ "SCTP", NULL, 0, "type", number }) }
CHUNK(data,      "Data",         "RFC 9260 section 3.3.1",  0, data_rows, 16,
      " tsn {tsn} stream {stream_id} seq {stream_seq} {proto_id}");
CHUNK(init,      "Init",         "RFC 9260 section 3.3.2",  1, init_rows, 20, " tag {init_tag:x} tsn {init_tsn}");
CHUNK(init_ack,  "InitAck",      "RFC 9260 section 3.3.3",  2, init_rows, 20, " tag {init_tag:x} tsn {init_tsn}");
CHUNK(sack,      "SACK",         "RFC 9260 section 3.3.4",  3, sack_rows, 16, " tsn {cumul_tsn_ack} win {a_rwnd}");
CHUNK(alive,     "HeartbeatReq", "RFC 9260 section 3.3.5",  4, heartbeat_rows, 4, "");
CHUNK(alive_ack, "HeartbeatAck", "RFC 9260 section 3.3.6",  5, heartbeat_rows, 4, "");
CHUNK(abort,     "Abort",        "RFC 9260 section 3.3.7",  6, abort_rows, 4, "");
CHUNK(shutdown,  "Shutdown",     "RFC 9260 section 3.3.8",  7, shutdown_rows, 8, " tsn {cumul_tsn_ack}");
CHUNK(down_ack,  "ShutdownAck",  "RFC 9260 section 3.3.9",  8, bare_rows, 4, "");
CHUNK(failure,   "Error",        "RFC 9260 section 3.3.10", 9, error_rows, 4, "");
CHUNK(cookie,    "CookieEcho",   "RFC 9260 section 3.3.11", 10, cookie_rows, 4, "");
CHUNK(cookie_ack, "CookieAck",   "RFC 9260 section 3.3.12", 11, bare_rows, 4, "");
CHUNK(complete,  "ShutdownComplete", "RFC 9260 section 3.3.13", 14, complete_rows, 4, "");
CHUNK(auth,      "Authentication",  "RFC 4895 section 4.1", 15, auth_rows, 8, " key {shared_key_id}");
CHUNK(address_ack, "AddressConfAck", "RFC 5061 section 4.1.2", 0x80, address_rows, 8, " seq {seq}");
CHUNK(address,   "AddressConf",  "RFC 5061 section 4.1.1",  0xc1, address_rows, 8, " seq {seq}");
