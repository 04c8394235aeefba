/* SPDX-License-Identifier: MIT */
/* hexdump.c - bytes in tcpdump's layouts: -x (hex), -X (hex and ASCII), -A (ASCII); and in that of Scapy's
 * hexdump(). */
#include <ringtap/output.h>

#define PER_LINE 16

static char visible(uint8_t c) { return c > 0x20 && c < 0x7f ? (char)c : '.'; }

static void put_hex_line(struct rt_text *out, const uint8_t *bytes, size_t at, size_t size, bool with_ascii)
{
	rt_put_string(out, "\t0x");
	rt_put_hex(out, at, 4);
	rt_put_string(out, ": ");
	for (size_t i = 0; i < size; i += 2) {
		rt_put_char(out, ' ');
		rt_put_hex_bytes(out, bytes + at + i, i + 1 < size ? 2 : 1);
	}
	if (with_ascii) {
		rt_put_spaces(out, 5 * PER_LINE / 2 - (size * 2 + (size + 1) / 2) + 2);
		for (size_t i = 0; i < size; i++)
			rt_put_char(out, visible(bytes[at + i]));
	}
	rt_put_char(out, '\n');
}

/* As tcpdump: a carriage return is left out before a line feed and where it is the last byte or the last but one
 * (it looks no further); other control bytes are dots. */
static void put_ascii(struct rt_text *out, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		uint8_t c = bytes[i];
		if (c == '\r' && (size - i <= 2 || bytes[i + 1] == '\n'))
			continue;
		rt_put_char(out, c == '\n' || c == '\t' || c == ' ' ? (char)c : visible(c));
	}
	rt_put_char(out, '\n');
}

/* 0000  FF FF FF FF FF FF 00 11  ........ with 16 bytes a line; blanks stay blanks. */
static void put_capitals(struct rt_text *out, const uint8_t *bytes, size_t at, size_t size)
{
	static const char digits[] = "0123456789ABCDEF";
	rt_put_hex(out, at, 4);
	rt_put_spaces(out, 2);
	for (size_t i = 0; i < size; i++) {
		rt_put_char(out, digits[bytes[at + i] >> 4]);
		rt_put_char(out, digits[bytes[at + i] & 15]);
		rt_put_char(out, ' ');
	}
	rt_put_spaces(out, 3 * (PER_LINE - size) + 1);
	for (size_t i = 0; i < size; i++)
		rt_put_char(out, bytes[at + i] == ' ' ? ' ' : visible(bytes[at + i]));
	rt_put_char(out, '\n');
}

void rt_put_hexdump(struct rt_text *out, const uint8_t *bytes, size_t size, enum rt_dump dump)
{
	if (dump == RT_DUMP_ASCII) {
		put_ascii(out, bytes, size);
		return;
	}
	for (size_t at = 0; at < size && dump != RT_DUMP_NONE; at += PER_LINE) {
		const size_t count = size - at < PER_LINE ? size - at : PER_LINE;
		if (dump == RT_DUMP_CAPITALS)
			put_capitals(out, bytes, at, count);
		else
			put_hex_line(out, bytes, at, count, dump == RT_DUMP_HEX_ASCII);
	}
}
