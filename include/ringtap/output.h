/* SPDX-License-Identifier: MIT */
/* output.h - packets as text. Every format reads the protocol tables; none names a protocol.
 *
 * A printer is a sink: it dissects each frame and writes to one buffer. Formats can be combined with a
 * hex dump. What comes from the wire is escaped: no control byte and no invalid UTF-8 gets out. */
#ifndef RINGTAP_OUTPUT_H
#define RINGTAP_OUTPUT_H

#include <ringtap/dissect.h>

enum rt_format { RT_FORMAT_LINE, RT_FORMAT_SUMMARY, RT_FORMAT_SHOW, RT_FORMAT_JSON, RT_FORMAT_TEMPLATE };

enum rt_stamp {                  /* as tcpdump's -t options                                        */
	RT_STAMP_CLOCK,          /* 12:34:56.123456, local time                                    */
	RT_STAMP_NONE,           /* -t                                                             */
	RT_STAMP_EPOCH,          /* -tt    1700000000.000035                                       */
	RT_STAMP_DELTA,          /* -ttt   since the previous frame                                */
	RT_STAMP_DATE,           /* -tttt  2026-11-24 12:34:56.123456                              */
	RT_STAMP_FIRST,          /* -ttttt since the first frame                                   */
};

enum rt_dump {                   /* -x, -X, -A; the console's hexdump(), as Scapy's                */
	RT_DUMP_NONE, RT_DUMP_HEX, RT_DUMP_HEX_ASCII, RT_DUMP_ASCII, RT_DUMP_CAPITALS
};

enum rt_style {                  /* how one value is written                                       */
	RT_STYLE_SHOW,           /* Scapy's: tcp, 0x40, 'a\n'                                      */
	RT_STYLE_PLAIN,          /* as in JSON, without quotes: 6, 64, 610a                        */
	RT_STYLE_LINE,           /* names of enumerations, all numbers decimal, names without final dot */
};

struct rt_output_options {
	uint8_t format;          /* enum rt_format                                                 */
	uint8_t stamp;           /* enum rt_stamp                                                  */
	uint8_t dump;            /* enum rt_dump; not with JSON                                    */
	bool dump_link;          /* -xx -XX: the link header too                                   */
	bool is_utc, is_nano;    /* --utc; --nano: 9 digits whatever the source has                */
	bool is_short;           /* -q                                                             */
	bool show_link;          /* -e: the link layer's addresses in the default line             */
	bool checks_sums;        /* -v: with --show, say what wrong checksums should be            */
	bool show_number;        /* -#; not with JSON and templates, whose lines are exact         */
	bool is_line_buffered;   /* -l: flush after every packet, not after every batch            */
	const char *template_text;   /* --format; checked when the printer is made                 */
};

/* Makes a sink that prints to `fd`. The dissector must outlive it. */
int rt_printer_new(struct rt_sink **sink, int fd, const struct rt_dissector *dissector,
                   const struct rt_output_options *options, struct rt_error *error);

/* ---- the pieces, for the console and for C programs -------------------------------------------------- */

void rt_put_value(struct rt_text *out, const struct rt_value *value, enum rt_style style);
void rt_put_summary(struct rt_text *out, const struct rt_packet *packet);
void rt_put_show(struct rt_text *out, const struct rt_packet *packet, unsigned from_layer);
/* One line, as Scapy's repr(): <IP  version=4 ... |<ICMP  type=8 ... |>> */
void rt_put_repr(struct rt_text *out, const struct rt_packet *packet, unsigned from_layer);
void rt_put_json(struct rt_text *out, const struct rt_packet *packet);
/* Every protocol and its fields, as --protocols lists them. */
void rt_protocols_print(struct rt_text *out);
void rt_put_protocol(struct rt_text *out, const struct rt_proto *proto);          /* one of them */
void rt_put_hexdump(struct rt_text *out, const uint8_t *bytes, size_t size, enum rt_dump dump);

/* The default line, --format and summaries are templates, compiled once. A template borrows its text. */
struct rt_template;
int  rt_template_new(struct rt_template **template, const char *text, struct rt_error *error);
void rt_template_free(struct rt_template *template);
void rt_put_template(struct rt_text *out, const struct rt_template *template, const struct rt_packet *packet);

#endif
