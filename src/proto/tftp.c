/* SPDX-License-Identifier: MIT */
/* tftp.c - TFTP (RFC 1350) with options (RFC 2347). What follows the first packet has ports of its own, which nothing
 * here remembers. */
#include <ringtap/dissect.h>
#include "list.h"

static const struct rt_word ops[] = {
	{ 1, "RRQ" }, { 2, "WRQ" }, { 3, "DATA" }, { 4, "ACK" }, { 5, "ERROR" }, { 6, "OACK" },
};
static const struct rt_word errors[] = {
	{ 0, "Not defined" }, { 1, "File not found" }, { 2, "Access violation" },
	{ 3, "Disk full or allocation exceeded" }, { 4, "Illegal TFTP operation" }, { 5, "Unknown transfer ID" },
	{ 6, "File already exists" }, { 7, "No such user" },
	{ 8, "Terminate transfer due to option negotiation" },
};

/* Behind the 0 that ends the string at `at`. */
static uint32_t string_end(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	const uint8_t *zero = at < end ? memchr(frame->data + at, 0, end - at) : NULL;
	return zero ? (uint32_t)(zero - frame->data) + 1 : end;
}

/* Text rows are strings one after the other, from where the first says. */
static bool place_string(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                         struct rt_place *place)
{
	uint32_t end = layer->at + layer->header, at, next = 0;
	const struct rt_row *first = layer->proto->rows;
	while (first->kind != RT_TEXT)
		first++;
	if (row < first)
		return true;
	for (at = layer->at + first->bit / 8; first <= row && at < end; first++, at = next)
		if ((next = string_end(frame, at, end)) && first == row) {
			bool is_ended = frame->data[next - 1] == 0;
			*place = (struct rt_place){ (at - layer->at) * 8, (next - at - is_ended) * 8 };
			return true;
		}
	return false;
}

static uint32_t measure_strings(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	return string_end(frame, string_end(frame, at, end), end) - at;
}

static uint32_t measure_error(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	return string_end(frame, at + 2, end) - at;
}

static uint32_t measure_all(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)frame;
	return end - at;
}

static const struct rt_row op_rows[] = { { "op", 0, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(ops)), .init = 1 } };
static const struct rt_row request_rows[] = { { "filename", 0, 0, RT_TEXT }, { "mode", 0, 0, RT_TEXT } };
static const struct rt_row block_rows[] = { { "block", 0, 16, RT_NUM } };
static const struct rt_row error_rows[] = {
	{ "errorcode", 0, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(errors)) }, { "errormsg", 16, 0, RT_TEXT },
};

static const struct rt_row option_rows[] = { { "oname", 0, 0, RT_TEXT }, { "value", 0, 0, RT_TEXT } };
static const struct rt_proto option = { .name = "TFTP_Option", .title = "TFTP_Option", .spec = "RFC 2347",
                                        RT_ROWS(option_rows), .header = 1, .place = place_string };
static bool next_option(struct rt_walk *walk, struct rt_layer *item)
{
	if (walk->at >= walk->end)
		return false;
	uint32_t size = measure_strings(walk->frame, walk->at, walk->end);
	*item = (struct rt_layer){ .proto = &option, .at = walk->at, .header = size, .end = walk->at + size,
	                           .id = RT_NO_ID };
	walk->at += size;
	return true;
}
static const struct rt_list options = { .other = &option, .next = next_option, .last_code = -1 };
static const struct rt_row options_rows[] = { { "options", 0, 0, RT_LIST, .list = &options } };

#define BOTH(words) .lines = RT_LINES({ .text = "TFTP " words }), \
	.summaries = RT_LINES({ .text = words, .also = "UDP" })
#define REQUEST(class, says, number, op) { \
	.name = class, .title = says, .spec = "RFC 1350 section 5", RT_ROWS(request_rows), .header = 1, \
	.measure = measure_strings, .place = place_string, RT_LINKS({ "TFTP", "op", number }), BOTH(op " {filename}") }
#define BLOCK(class, says, number, op) { \
	.name = class, .title = says, .spec = "RFC 1350 section 5", RT_ROWS(block_rows), .header = 2, \
	RT_LINKS({ "TFTP", "op", number }), BOTH(op " {block}") }

const struct rt_proto proto_tftp = {
	.name = "TFTP", .title = "TFTP opcode", .spec = "RFC 1350 section 5", RT_ROWS(op_rows), .header = 2,
	.next = { "op" }, .lines = RT_LINES({ .text = "?TFTP {op}" }), RT_LINKS({ "UDP", "dport", 69 }),
};
const struct rt_proto proto_tftp_rrq  = REQUEST("TFTP_RRQ", "TFTP Read Request", 1, "RRQ");
const struct rt_proto proto_tftp_wrq  = REQUEST("TFTP_WRQ", "TFTP Write Request", 2, "WRQ");
const struct rt_proto proto_tftp_data = BLOCK("TFTP_DATA", "TFTP Data", 3, "DATA");
const struct rt_proto proto_tftp_ack  = BLOCK("TFTP_ACK", "TFTP Ack", 4, "ACK");
const struct rt_proto proto_tftp_error = {
	.name = "TFTP_ERROR", .title = "TFTP Error", .spec = "RFC 1350 section 5", RT_ROWS(error_rows), .header = 2,
	.measure = measure_error, .place = place_string, RT_LINKS({ "TFTP", "op", 5 }),
		BOTH("ERROR {errorcode}: {errormsg}"),
};
const struct rt_proto proto_tftp_oack = {
	.name = "TFTP_OACK", .title = "TFTP Option Ack", .spec = "RFC 2347", RT_LINKS({ "TFTP", "op", 6 }),
};
const struct rt_proto proto_tftp_options = {
	.name = "TFTP_Options", .spec = "RFC 2347", RT_ROWS(options_rows), .header = 1, .measure = measure_all,
	RT_LINKS({ "TFTP_RRQ", NULL }, { "TFTP_WRQ", NULL }, { "TFTP_OACK", NULL }),
};
