/* SPDX-License-Identifier: MIT */
/* text.c - the one output buffer: numbers, addresses and escapes written by hand, because this is the
 * hot half of printing a packet. Nothing here allocates, calls stdio or uses floating point.
 * IPv6 text: RFC 5952. JSON strings: RFC 8259 section 7. UTF-8: RFC 3629. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
#include <ringtap/base.h>

static const char digits[] = "0123456789abcdef";

/* ---- the buffer ------------------------------------------------------------------------------- */

void rt_text_init(struct rt_text *text, char *memory, size_t size, int fd)
{
	*text = (struct rt_text){ .at = memory, .end = memory + size, .start = memory, .fd = fd };
}

int rt_write_all(int fd, const void *data, size_t size)
{
	for (const char *at = data; size; ) {
		ssize_t n = write(fd, at, size);
		if (n >= 0) {
			at += n;
			size -= (size_t)n;
		} else if (errno == EAGAIN) {
			struct pollfd wait = { .fd = fd, .events = POLLOUT };
			(void)poll(&wait, 1, -1);
		} else if (errno != EINTR) {
			return -errno;
		}
	}
	return 0;
}

int rt_text_flush(struct rt_text *text)
{
	size_t size = rt_text_length(text);
	text->at = text->start;
	if (text->error || text->fd < 0)
		return -text->error;
	int rc = size ? rt_write_all(text->fd, text->start, size) : 0;
	if (rc < 0)
		text->error = -rc;
	return rc;
}

bool rt_text_room(struct rt_text *text, size_t need)
{
	if (text->fd < 0) {
		text->error = ENOBUFS;
		return false;
	}
	rt_text_flush(text);
	return (size_t)(text->end - text->at) >= need;
}

/* At most 16 bytes without a call: most texts are short, and memcpy of a small C library is slow to start. */
static void copy_short(char *to, const char *from, size_t size)
{
	if (size >= 8) {
		memcpy(to, from, 8);
		memcpy(to + size - 8, from + size - 8, 8);
	} else if (size >= 4) {
		memcpy(to, from, 4);
		memcpy(to + size - 4, from + size - 4, 4);
	} else if (size) {
		to[0] = from[0];
		to[size / 2] = from[size / 2];
		to[size - 1] = from[size - 1];
	}
}

void rt_put(struct rt_text *text, const char *bytes, size_t size)
{
	if (size <= 16 && (size_t)(text->end - text->at) >= size) {
		copy_short(text->at, bytes, size);
		text->at += size;
		return;
	}
	while (size) {
		if (!rt_text_fits(text, 1))
			return;
		size_t room = (size_t)(text->end - text->at), n = size < room ? size : room;
		memcpy(text->at, bytes, n);
		text->at += n;
		bytes += n;
		size -= n;
	}
}

void rt_put_spaces(struct rt_text *text, size_t count)
{
	while (count--)
		rt_put_char(text, ' ');
}

/* ---- numbers ------------------------------------------------------------------------------------ */

static const char pairs[] =
	"00010203040506070809" "10111213141516171819" "20212223242526272829" "30313233343536373839"
	"40414243444546474849" "50515253545556575859" "60616263646566676869" "70717273747576777879"
	"80818283848586878889" "90919293949596979899";

/* Writes the digits in front of `end`, without leading zeros (0 is "0"); returns where they begin. */
static char *digits_before(char *end, uint32_t value)
{
	for (; value >= 100; value /= 100) {
		end -= 2;
		memcpy(end, pairs + 2 * (value % 100), 2);
	}
	*--end = pairs[2 * value + 1];
	if (value >= 10)
		*--end = pairs[2 * value];
	return end;
}

void rt_put_num_padded(struct rt_text *text, uint64_t value, unsigned least)
{
	char buffer[24], *end = buffer + sizeof buffer, *at = end;
	/* 32-bit steps: a 64-bit division is a call on the small machines */
	for (; value > UINT32_MAX; value /= 10)
		*--at = (char)('0' + value % 10);
	at = digits_before(at, (uint32_t)value);
	while ((size_t)(end - at) < least && at > buffer)
		*--at = '0';
	rt_put(text, at, (size_t)(end - at));
}

void rt_put_num(struct rt_text *text, uint64_t value)
{
	if (value < 10)
		rt_put_char(text, digits[value]);
	else
		rt_put_num_padded(text, value, 1);
}

void rt_put_hex(struct rt_text *text, uint64_t value, unsigned least)
{
	unsigned n = 1;
	while (n < 16 && value >> (4 * n))
		n++;
	if (n < least)
		n = least < 16 ? least : 16;
	if (!rt_text_fits(text, n))
		return;
	while (n)
		*text->at++ = digits[value >> (4 * --n) & 15];
}

void rt_put_hex_bytes(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	while (size && rt_text_fits(text, 2)) {
		size_t room = (size_t)(text->end - text->at) / 2, n = size < room ? size : room;
		char *at = text->at;
		for (size_t i = 0; i < n; i++) {
			*at++ = digits[bytes[i] >> 4];
			*at++ = digits[bytes[i] & 15];
		}
		text->at = at;
		bytes += n;
		size -= n;
	}
}

/* ---- addresses ------------------------------------------------------------------------------------ */

void rt_put_mac(struct rt_text *text, const uint8_t mac[6])
{
	if (!rt_text_fits(text, 17))
		return;
	char *at = text->at;
	for (unsigned i = 0; i < 6; i++) {
		if (i)
			*at++ = ':';
		*at++ = digits[mac[i] >> 4];
		*at++ = digits[mac[i] & 15];
	}
	text->at = at;
}

static char *octet(char *at, unsigned value)
{
	if (value >= 100) {
		*at++ = digits[value / 100];
		*at++ = digits[value / 10 % 10];
	} else if (value >= 10) {
		*at++ = digits[value / 10];
	}
	*at++ = digits[value % 10];
	return at;
}

void rt_put_ip4(struct rt_text *text, const uint8_t ip[4])
{
	if (!rt_text_fits(text, 15))
		return;
	char *at = text->at;
	for (unsigned i = 0; i < 4; i++) {
		if (i)
			*at++ = '.';
		at = octet(at, ip[i]);
	}
	text->at = at;
}

/* The longest run of two or more zero groups, the first of equals; `*size` 0 when there is none. */
static unsigned longest_zeros(const uint8_t ip[16], unsigned *size)
{
	unsigned best = 8, run = 0;
	*size = 1;
	for (unsigned i = 0; i < 8; i++) {
		run = rt_be16(ip + 2 * i) ? 0 : run + 1;
		if (run > *size) {
			*size = run;
			best = i + 1 - run;
		}
	}
	return best;
}

void rt_put_ip6(struct rt_text *text, const uint8_t ip[16])
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	if (memcmp(ip, mapped, 12) == 0) {
		rt_put(text, "::ffff:", 7);
		rt_put_ip4(text, ip + 12);
		return;
	}
	unsigned size, zeros = longest_zeros(ip, &size);
	for (unsigned i = 0; i < 8; i++) {
		if (i == zeros) {
			rt_put(text, "::", 2);
			i += size - 1;
			continue;
		}
		if (i && i != zeros + size)
			rt_put_char(text, ':');
		rt_put_hex(text, rt_be16(ip + 2 * i), 1);
	}
}

/* ---- bytes that may be hostile ------------------------------------------------------------------------ */

static void put_escape(struct rt_text *text, const char *front, size_t size, unsigned value, unsigned width)
{
	const uint8_t byte = (uint8_t)value;
	rt_put(text, front, size);
	if (width == 2)
		rt_put_hex_bytes(text, &byte, 1);
	else
		rt_put_hex(text, value, width);
}

/* Bytes of the valid UTF-8 sequence at `p`, and its code point; or 0. */
static size_t utf8_length(const uint8_t *p, size_t left, uint32_t *point)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = p[0] < 0x80 ? 1 : p[0] >= 0xc2 && p[0] < 0xe0 ? 2 : (p[0] & 0xf0) == 0xe0 ? 3
	         : p[0] >= 0xf0 && p[0] < 0xf5 ? 4 : 0;
	*point = p[0];
	if (n < 2 || n > left)
		return n == 1 ? 1 : 0;
	uint32_t code = p[0] & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3f);
	}
	*point = code;
	return code < least[n] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0 : n;
}

void rt_put_json_text(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	rt_put_char(text, '"');
	for (size_t i = 0; i < size; ) {
		uint32_t code;
		size_t n = utf8_length(bytes + i, size - i, &code);
		if (n == 0) {
			put_escape(text, "\\u", 2, bytes[i], 4);
			n = 1;
		} else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) {
			put_escape(text, "\\u", 2, code, 4);
		} else {
			if (code == '"' || code == '\\')
				rt_put_char(text, '\\');
			rt_put(text, (const char *)bytes + i, n);
		}
		i += n;
	}
	rt_put_char(text, '"');
}

void rt_put_escaped(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] >= 0x20 && bytes[i] < 0x7f && bytes[i] != '\\')
			rt_put_char(text, (char)bytes[i]);
		else
			put_escape(text, "\\x", 2, bytes[i], 2);
	}
}

/* Scapy's i2repr of a string field is repr(plain_str(x)): the bytes are decoded with "backslashreplace" (so
 * an invalid byte becomes the four characters \xNN, which repr doubles to \\xNN), then quoted as Python
 * does: ' unless there is ' and no ". */
static void put_python_char(struct rt_text *text, uint32_t code, const uint8_t *bytes, size_t size, char quote)
{
	char named = code == '\n' ? 'n' : code == '\r' ? 'r' : code == '\t' ? 't' : code == '\\' ? '\\' :
	             code == (uint8_t)quote ? quote : '\0';
	if (named) {
		rt_put_char(text, '\\');
		rt_put_char(text, named);
	} else if (rt_is_printable(code)) {
		rt_put(text, (const char *)bytes, size);
	} else if (code < 0x100) {
		put_escape(text, "\\x", 2, code, 2);
	} else {
		put_escape(text, code < 0x10000 ? "\\u" : "\\U", 2, code, code < 0x10000 ? 4 : 8);
	}
}

void rt_put_python(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	bool has_single = memchr(bytes, '\'', size), has_double = memchr(bytes, '"', size);
	char quote = has_single && !has_double ? '"' : '\'';
	rt_put_char(text, quote);
	for (size_t i = 0, n; i < size; i += n) {
		uint32_t code;
		n = utf8_length(bytes + i, size - i, &code);
		if (n) {
			put_python_char(text, code, bytes + i, n, quote);
		} else {
			put_escape(text, "\\\\x", 3, bytes[i], 2);
			n = 1;
		}
	}
	rt_put_char(text, quote);
}

void rt_put_python_bytes(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	char quote = memchr(bytes, '\'', size) && !memchr(bytes, '"', size) ? '"' : '\'';
	rt_put_char(text, quote);
	for (size_t i = 0; i < size; i++) {
		uint8_t c = bytes[i];
		char named = c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c == '\\' ? '\\' : c == (uint8_t)quote ? quote : '\0';
		if (named) {
			rt_put_char(text, '\\');
			rt_put_char(text, named);
		} else if (c >= 0x20 && c < 0x7f) {
			rt_put_char(text, (char)c);
		} else {
			put_escape(text, "\\x", 2, c, 2);
		}
	}
	rt_put_char(text, quote);
}

/* ---- a small printf, for messages ------------------------------------------------------------------------ */

static uint64_t next_unsigned(va_list *args, unsigned longs)
{
	return longs == 0 ? va_arg(*args, unsigned) : longs == 1 ? va_arg(*args, unsigned long)
	                                            : va_arg(*args, unsigned long long);
}

static int64_t next_signed(va_list *args, unsigned longs)
{
	return longs == 0 ? va_arg(*args, int) : longs == 1 ? va_arg(*args, long) : va_arg(*args, long long);
}

static void put_argument(struct rt_text *text, char letter, unsigned width, unsigned longs, size_t most,
                         va_list *args)
{
	if (letter == 's') {
		const char *string = va_arg(*args, const char *);
		rt_put(text, string, strnlen(string, most));
	} else if (letter == 'c') {
		rt_put_char(text, (char)va_arg(*args, int));
	} else if (letter == 'u') {
		rt_put_num_padded(text, next_unsigned(args, longs), width);
	} else if (letter == 'x') {
		rt_put_hex(text, next_unsigned(args, longs), width);
	} else if (letter == 'd' || letter == 'i') {
		int64_t value = next_signed(args, longs);
		if (value < 0)
			rt_put_char(text, '-');
		rt_put_num_padded(text, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, width);
	} else {
		rt_put_char(text, letter);
	}
}

void rt_put_vformat(struct rt_text *text, const char *format, va_list given)
{
	va_list args;
	va_copy(args, given);
	for (const char *p = format; *p; p++) {
		size_t plain = strcspn(p, "%");
		rt_put(text, p, plain);
		p += plain;
		if (!*p || !*++p)
			break;
		unsigned width = 0, longs = 0;
		size_t most = SIZE_MAX;
		if (p[0] == '.' && p[1] == '*') {
			int limit = va_arg(args, int);
			most = limit < 0 ? 0 : (size_t)limit;
			p += 2;
		}
		for (; *p >= '0' && *p <= '9'; p++)
			width = width * 10 + (unsigned)(*p - '0');
		for (; *p == 'l' || *p == 'z'; p++)
			longs++;
		if (!*p)
			break;
		put_argument(text, *p, width, longs, most, &args);
	}
	va_end(args);
}

void rt_put_format(struct rt_text *text, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	rt_put_vformat(text, format, args);
	va_end(args);
}
