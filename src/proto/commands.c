/* SPDX-License-Identifier: MIT */
/* commands.c - protocols that talk in lines of words: SSH's first line (RFC 4253 section 4.2), SMTP (RFC 5321), FTP
 * (RFC 959), POP3 (RFC 1939), IMAP (RFC 9051) and memcached. The first line of a segment is a layer, if it looks
 * like one. */
#include "list.h"
#include "text.h"

#define W(name) { name, 0, 0, RT_TEXT }

static const struct rt_row banner_rows[]  = { W("banner") };
static const struct rt_row command_rows[] = { W("command"), W("argument") };
static const struct rt_row reply_rows[]   = { W("code"), W("text") };
static const struct rt_row tagged_rows[]  = { W("tag"), W("command"), W("argument") };

static bool is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

static uint32_t line_size(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t next;
	text_line(frame, at, end, &next);
	return text_is_line(frame, at, end) ? next - at : 0;
}

static uint32_t measure_banner(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	return text_starts(frame, at, end, "SSH-") ? line_size(frame, at, end) : 0;
}

/* Letters, and then the end of the line or a blank. */
static uint32_t measure_command(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t size = 0, line = line_size(frame, at, end);
	while (size < line && size < 10 && is_letter(frame->data[at + size]))
		size++;
	uint8_t c = line ? frame->data[at + size] : 0;
	return size >= 3 && (c == ' ' || c == '\r' || c == '\n') ? line : 0;
}

/* Three digits; a hyphen behind them says that more lines follow. */
static uint32_t measure_reply(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t line = line_size(frame, at, end);
	const uint8_t *p = frame->data + at;
	for (unsigned i = 0; i < 3; i++)
		if (line < 4 || p[i] < '0' || p[i] > '9')
			return 0;
	return p[3] == ' ' || p[3] == '-' || p[3] == '\r' || p[3] == '\n' ? line : 0;
}

static bool place_reply(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                        struct rt_place *place)
{
	uint32_t next;
	struct text_span line = text_line(frame, layer->at, layer->at + layer->header, &next);
	bool is_code = row == layer->proto->rows;
	if (!is_code && line.end - line.at <= 4)
		return false;
	*place = text_place(layer, is_code ? (struct text_span){ line.at, line.at + 3 } :
	                                     (struct text_span){ line.at + 4, line.end });
	return true;
}

/* "+OK text", "-ERR text" */
static uint32_t measure_sign(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	bool is_answer = text_starts(frame, at, end, "+OK") || text_starts(frame, at, end, "-ERR");
	return is_answer ? line_size(frame, at, end) : 0;
}

/* A tag of the client's choice, '*' or '+', and another word. */
static uint32_t measure_tagged(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	struct text_span line, word;
	uint32_t next, size = line_size(frame, at, end);
	line = text_line(frame, at, end, &next);
	return size && text_word(frame, line, 1, 3, &word) ? size : 0;
}

#define LAYER(class, rfc, table, function, where, sentence, ...) { \
	.name = class, .spec = rfc, RT_ROWS(table), .header = 1, .measure = function, .place = where, \
	.lines = RT_LINES({ .text = sentence }), RT_LINKS(__VA_ARGS__) }
#define COMMAND(service, rfc, ...) \
	LAYER(service "Command", rfc, command_rows, measure_command, text_place_words, \
	      service " {command}[ {argument}]", __VA_ARGS__)
#define REPLY(service, rfc, ...) \
	LAYER(service "Reply", rfc, reply_rows, measure_reply, place_reply, service " {code}[ {text}]", __VA_ARGS__)

const struct rt_proto proto_ssh = LAYER("SSH", "RFC 4253 section 4.2", banner_rows, measure_banner, text_place_words,
                                        "SSH {banner}", { "TCP", NULL });
const struct rt_proto proto_smtp_command = COMMAND("SMTP", "RFC 5321 section 4.1", { "TCP", "dport", 25 },
                                                   { "TCP", "dport", 587 });
const struct rt_proto proto_smtp_reply = REPLY("SMTP", "RFC 5321 section 4.2", { "TCP", "sport", 25 },
                                               { "TCP", "sport", 587 });
const struct rt_proto proto_ftp_command = COMMAND("FTP", "RFC 959 section 4.1", { "TCP", "dport", 21 });
const struct rt_proto proto_ftp_reply = REPLY("FTP", "RFC 959 section 4.2", { "TCP", "sport", 21 });
const struct rt_proto proto_pop_command = COMMAND("POP", "RFC 1939 section 3", { "TCP", "dport", 110 });
const struct rt_proto proto_pop_reply = LAYER("POPReply", "RFC 1939 section 3", reply_rows, measure_sign,
	text_place_words,
                                              "POP {code}[ {text}]", { "TCP", "sport", 110 });
const struct rt_proto proto_imap = LAYER("IMAP", "RFC 9051 section 2.2", tagged_rows, measure_tagged, text_place_words,
                                         "IMAP {tag} {command}[ {argument}]", { "TCP", "dport", 143 },
                                         { "TCP", "sport", 143 });
const struct rt_proto proto_memcached = LAYER("Memcached", "memcached's protocol.txt", command_rows, measure_command,
                                              text_place_words, "memcached {command}[ {argument}]",
                                              { "TCP", "dport", 11211 }, { "TCP", "sport", 11211 });
