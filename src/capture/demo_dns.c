/* SPDX-License-Identifier: MIT */
/* demo_dns.c - a few DNS messages written by hand (RFC 1035 section 4): an address, an IPv6 address (RFC 3596), and a
 * name that does not exist. */
#include "demo_dns.h"

enum { TYPE_A = 1, TYPE_AAAA = 28, CLASS_IN = 1 };

static const struct { const char *name; uint8_t type, size; uint8_t data[16]; } questions[] = {
	{ "www.example.com",     TYPE_A,    4,  { 192, 0, 2, 80 } },
	{ "www.example.com",     TYPE_AAAA, 16, { 0x20, 0x01, 0x0d, 0xb8, [15] = 0x80 } },
	{ "nothing.example.com", TYPE_A,    0,  { 0 } },
};

static void put(struct dns_message *message, const void *bytes, size_t size)
{
	memcpy(message->bytes + message->size, bytes, size);
	message->size += size;
}

static void put16(struct dns_message *message, unsigned value)
{
	const uint8_t bytes[2] = { (uint8_t)(value >> 8), (uint8_t)value };
	put(message, bytes, sizeof bytes);
}

static void put_name(struct dns_message *message, const char *name)
{
	while (*name) {
		uint8_t size = (uint8_t)strcspn(name, ".");
		put(message, &size, 1);
		put(message, name, size);
		name += size + (name[size] == '.');
	}
	put(message, "", 1);
}

static void put_head(struct dns_message *message, size_t index, unsigned flags, unsigned answers)
{
	message->size = 0;
	put16(message, 0x1600 + (unsigned)index);               /* id */
	put16(message, flags);
	put16(message, 1);                                      /* one question */
	put16(message, answers);
	put16(message, 0);
	put16(message, 0);
	put_name(message, questions[index].name);
	put16(message, questions[index].type);
	put16(message, CLASS_IN);
}

bool dns_query(size_t index, struct dns_message *query)
{
	if (index >= RT_COUNT(questions))
		return false;
	put_head(query, index, 0x0100, 0);                      /* recursion desired */
	return true;
}

void dns_answer(size_t index, struct dns_message *answer)
{
	const unsigned size = questions[index].size;
	put_head(answer, index, size ? 0x8180 : 0x8183, size ? 1 : 0);  /* response; NXDOMAIN is 3 */
	if (!size)
		return;
	put16(answer, 0xc00c);                                  /* the name of the question */
	put16(answer, questions[index].type);
	put16(answer, CLASS_IN);
	put16(answer, 0);
	put16(answer, 300);                                     /* seconds to live */
	put16(answer, size);
	put(answer, questions[index].data, size);
}
