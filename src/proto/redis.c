/* SPDX-License-Identifier: MIT */
/* redis.c - RESP, the protocol of Redis (its protocol specification, version 2): an array of strings is a command, all
 * else an answer. Of a command the first words are rows; of an answer its first line is. */
#include "list.h"
#include "text.h"

static const struct rt_row command_rows[] = {
	{ "count", 0, 0, RT_TEXT }, { "command", 0, 0, RT_TEXT }, { "key", 0, 0, RT_TEXT }, { "value", 0, 0, RT_TEXT },
};
static const struct rt_row reply_rows[] = { { "type", 0, 0, RT_TEXT }, { "text", 0, 0, RT_TEXT } };

/* A decimal number behind the character `mark`; `*at` moves to the next line. False: none. */
static bool read_count(const struct rt_frame *frame, uint32_t *at, uint32_t end, uint8_t mark, uint32_t *count)
{
	uint32_t next;
	struct text_span line = text_line(frame, *at, end, &next);
	if (next == line.end || line.end - line.at < 2 || line.end - line.at > 7 || frame->data[line.at] != mark)
		return false;
	*count = 0;
	for (uint32_t i = line.at + 1; i < line.end; i++) {
		if (frame->data[i] < '0' || frame->data[i] > '9')
			return false;
		*count = *count * 10 + (frame->data[i] - '0');
	}
	*at = next;
	return true;
}

/* The nth string of the command; `*at` moves behind it. One that is cut is as long as it goes. */
static bool find_word(const struct rt_frame *frame, uint32_t *at, uint32_t end, unsigned nth, struct text_span *word)
{
	uint32_t count, size;
	if (!read_count(frame, at, end, '*', &count))
		return false;
	for (unsigned i = 0; i <= nth && i < count; i++) {
		if (!read_count(frame, at, end, '$', &size))
			return false;
		*word = (struct text_span){ *at, size < end - *at ? *at + size : end };
		*at = end - word->end < 2 ? end : word->end + 2;
	}
	return nth < count;
}

static bool place_command(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                          struct rt_place *place)
{
	uint32_t next = layer->at, end = layer->at + layer->header;
	struct text_span span = text_line(frame, layer->at, end, &next);
	span.at += span.end > span.at;
	next = layer->at;
	bool is_there = row == command_rows || find_word(frame, &next, end, (unsigned)(row - command_rows) - 1, &span);
	*place = text_place(layer, span);
	return is_there;
}

static uint32_t measure_command(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t count, next = at;
	struct text_span word;
	if (!read_count(frame, &next, end, '*', &count) || count == 0)
		return 0;
	next = at;
	if (!find_word(frame, &next, end, 0, &word))
		return 0;
	for (unsigned i = 1; i < count && i < TEXT_LINES_MAX && next < end; i++) {
		uint32_t size;
		if (!read_count(frame, &next, end, '$', &size))
			break;
		next = size + 2 < end - next ? next + size + 2 : end;
	}
	return next - at;
}

static bool place_reply(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                        struct rt_place *place)
{
	uint32_t next;
	struct text_span line = text_line(frame, layer->at, layer->at + layer->header, &next);
	*place = text_place(layer, row == reply_rows ? (struct text_span){ line.at, line.at + 1 } :
	                                               (struct text_span){ line.at + 1, line.end });
	return true;
}

static uint32_t measure_reply(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t next;
	text_line(frame, at, end, &next);
	return strchr("+-:$*", frame->data[at]) && frame->data[at] && text_is_line(frame, at, end) ? next - at : 0;
}

const struct rt_proto proto_redis_command = {
	.name = "RedisCommand", .spec = "RESP", RT_ROWS(command_rows), .header = 1, .measure = measure_command,
	.place = place_command, .lines = RT_LINES({ .text = "Redis {command}[ {key}]" }),
		RT_LINKS({ "TCP", "dport", 6379 }),
};
const struct rt_proto proto_redis_reply = {
	.name = "RedisReply", .spec = "RESP", RT_ROWS(reply_rows), .header = 1, .measure = measure_reply,
	.place = place_reply, .lines = RT_LINES({ .text = "Redis {type}{text}" }), RT_LINKS({ "TCP", "sport", 6379 }),
};
