/* SPDX-License-Identifier: MIT */
/* text.c - the one output buffer: numbers and addresses written by hand, because this is the hot half of printing
 * a packet. Nothing here allocates, calls stdio or uses floating point. IPv6 text: RFC 5952. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
#include "digits.h"

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
	if (text->fd < 0)
		return -text->error;
	text->at = text->start;
	if (text->error)
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

/* Apart, so that short texts need no registers saved. */
static __attribute__((noinline)) void put_long(struct rt_text *text, const char *bytes, size_t size)
{
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

void rt_put(struct rt_text *text, const char *bytes, size_t size)
{
	if (size > 16 || (size_t)(text->end - text->at) < size) {
		put_long(text, bytes, size);
		return;
	}
	copy_short(text->at, bytes, size);
	text->at += size;
}

void rt_put_spaces(struct rt_text *text, size_t count)
{
	static const char spaces[] = "                                                                ";
	for (size_t n; count; count -= n) {
		n = count < sizeof spaces - 1 ? count : sizeof spaces - 1;
		rt_put(text, spaces, n);
	}
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

#define PAIR(high, low) { high, low }
#define PAIRS(high) PAIR(high, '0'), PAIR(high, '1'), PAIR(high, '2'), PAIR(high, '3'), PAIR(high, '4'), \
	PAIR(high, '5'), PAIR(high, '6'), PAIR(high, '7'), PAIR(high, '8'), PAIR(high, '9'), PAIR(high, 'a'), \
	PAIR(high, 'b'), PAIR(high, 'c'), PAIR(high, 'd'), PAIR(high, 'e'), PAIR(high, 'f')

const char digit_pairs[256][2] = {
	PAIRS('0'), PAIRS('1'), PAIRS('2'), PAIRS('3'), PAIRS('4'), PAIRS('5'), PAIRS('6'), PAIRS('7'),
	PAIRS('8'), PAIRS('9'), PAIRS('a'), PAIRS('b'), PAIRS('c'), PAIRS('d'), PAIRS('e'), PAIRS('f'),
};

void rt_put_hex_bytes(struct rt_text *text, const uint8_t *bytes, size_t size)
{
	while (size && rt_text_fits(text, 2)) {
		size_t room = (size_t)(text->end - text->at) / 2, n = size < room ? size : room;
		char *at = text->at;
		for (size_t i = 0; i < n; i++)
			at = two_digits(at, bytes[i]);
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
		at = two_digits(at, mac[i]);
	}
	text->at = at;
}

/* What a byte looks like: its digits from the left, and how many they are. */
struct octet { char text[3]; uint8_t size; };
#define DIGIT(n)  ((char)('0' + (n) % 10))
#define OCTET(n)  { { (n) > 99 ? DIGIT((n) / 100) : (n) > 9 ? DIGIT((n) / 10) : DIGIT(n), \
                      (n) > 99 ? DIGIT((n) / 10) : DIGIT(n), DIGIT(n) }, 1 + ((n) > 9) + ((n) > 99) }
#define OCTETS4(n)  OCTET(n), OCTET((n) + 1), OCTET((n) + 2), OCTET((n) + 3)
#define OCTETS16(n) OCTETS4(n), OCTETS4((n) + 4), OCTETS4((n) + 8), OCTETS4((n) + 12)
#define OCTETS64(n) OCTETS16(n), OCTETS16((n) + 16), OCTETS16((n) + 32), OCTETS16((n) + 48)
static const struct octet octets[256] = { OCTETS64(0), OCTETS64(64), OCTETS64(128), OCTETS64(192) };

void rt_put_ip4(struct rt_text *text, const uint8_t ip[4])
{
	if (!rt_text_fits(text, 15))
		return;
	char *at = text->at;
	for (unsigned i = 0; i < 4; i++) {
		if (i)
			*at++ = '.';
		memcpy(at, octets[ip[i]].text, 3);      /* what is too much is written over */
		at += octets[ip[i]].size;
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
