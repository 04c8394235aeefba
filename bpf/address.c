/* SPDX-License-Identifier: MIT */
/* address.c - the meaning of host, net and ether host: where IPv4, ARP, RARP, IPv6 and Ethernet keep their
 * addresses (RFC 791, 826, 903, 8200), and how pcap-filter(7) lets people write them. */
#include "meaning.h"

static struct test *wrong(struct compiler *c, const struct node *node, const char *what)
{
	const struct word *proto = node->qualifiers.proto;
	token_fail(c, node->token, "\"%s\" cannot stand in front of %s", proto ? proto->spelling : "", what);
	return NULL;
}

static bool is_plain_host(const struct node *node) { return node->qualifiers.type != WORD_NET; }

/* ---- Ethernet ------------------------------------------------------------------------------------------------ */

/* The last four bytes first: they differ most. */
static struct test *test_mac(struct compiler *c, uint32_t at, const uint8_t *mac)
{
	return test_and(c, test_number(c, COMPARE_EQUAL, sum_link(c, at + 2, 4), rt_be32(mac + 2)),
	                test_number(c, COMPARE_EQUAL, sum_link(c, at, 2), rt_be16(mac)));
}

static struct test *mean_mac(struct compiler *c, const struct node *node)
{
	const struct qualifiers *q = &node->qualifiers;
	if (!q->proto || q->proto->id != WORD_ETHER || q->type == WORD_NET) {
		token_fail(c, node->token, "an Ethernet address needs \"ether\" in front: ether host %.*s",
		           (int)node->token->length, c->text + node->token->at);
		return NULL;
	}
	if (!c->link->has_mac) {
		token_fail(c, node->token, "there are no Ethernet addresses in %s", rt_link_name(c->link->link));
		return NULL;
	}
	return test_direction(c, q->direction, test_mac(c, 6, node->token->address), test_mac(c, 0, node->token->address));
}

/* ---- IPv4, and ARP and RARP, which carry its addresses ---------------------------------------------------------- */

struct range4 { uint32_t address, mask; };

static struct test *test_ip4(struct compiler *c, const struct scope *scope, uint32_t type, const struct range4 *range,
                             enum direction direction)
{
	const uint32_t src = type == TYPE_IP ? 12 : 14, dst = type == TYPE_IP ? 16 : 24;
	struct test *sides[2];
	for (int i = 0; i < 2; i++)
		sides[i] = test_number(c, COMPARE_EQUAL,
		                       sum_masked(c, sum_net(c, scope, i ? dst : src, 4), range->mask), range->address);
	return test_and(c, test_type(c, scope, type), test_direction(c, direction, sides[0], sides[1]));
}

static struct test *test_range4(struct compiler *c, const struct scope *scope, const struct node *node,
                                const struct range4 *range)
{
	static const uint16_t types[] = { TYPE_IP, TYPE_ARP, TYPE_RARP };
	const struct word *proto = node->qualifiers.proto;
	struct test *any = proto ? NULL : test_new(c, TEST_OR);
	for (size_t i = 0; i < RT_COUNT(types); i++) {
		if (proto && (proto->layer != LAYER_TYPE || proto->number != types[i]))
			continue;
		struct test *test = test_ip4(c, scope, types[i], range, node->qualifiers.direction);
		if (proto)
			return test;
		if (!test_add(any, test))
			return NULL;
	}
	return proto ? wrong(c, node, is_plain_host(node) ? "an IPv4 host" : "an IPv4 net") : any;
}

static bool slash(struct compiler *c, const struct token *bits, uint32_t most)
{
	if (bits->number <= most)
		return true;
	token_fail(c, bits, "a mask has at most %u bits here", most);
	return false;
}

/* "10", "10.1", "10.1.2.3/8", "10.0.0.0 mask 255.0.0.0": what is not written is masked. A number of a host stands
 * for all 32 bits; a short number of a net (net 10) is moved up to where a network number begins. */
static bool read_range4(struct compiler *c, const struct node *node, struct range4 *range)
{
	const struct token *id = node->token, *argument = node->argument;
	const bool is_net = !is_plain_host(node);
	const bool is_short = id->kind == TOKEN_NUMBER && id->number <= 255 && argument;
	const unsigned parts = id->kind == TOKEN_IP4 ? id->parts : is_short ? 1 : 4;
	range->address = parts < 4 ? id->number << (32 - 8 * parts) : id->number;
	range->mask = parts < 4 ? UINT32_MAX << (32 - 8 * parts) : UINT32_MAX;
	if (argument && node->qualifiers.type == WORD_HOST) {
		token_fail(c, argument, "a mask needs \"net\"");
		return false;
	}
	if (argument && argument->kind == TOKEN_NUMBER) {
		if (!slash(c, argument, 32))
			return false;
		range->mask = argument->number ? UINT32_MAX << (32 - argument->number) : 0;
	} else if (argument) {
		range->mask = argument->parts < 4 ? argument->number << (32 - 8 * argument->parts) : argument->number;
	} else if (is_net && id->kind == TOKEN_NUMBER) {
		for (; range->address && !(range->address & 0xff000000); range->address <<= 8)
			range->mask <<= 8;
	}
	if (!(range->address & ~range->mask))
		return true;
	token_fail(c, id, "bits behind the mask are set in %.*s", (int)id->length, c->text + id->at);
	return false;
}

/* ---- IPv6 ---------------------------------------------------------------------------------------------------------- */

static struct test *test_side6(struct compiler *c, const struct scope *scope, uint32_t at, const uint8_t *address,
                               uint32_t bits)
{
	if (!bits)
		return test_new(c, TEST_TRUE);
	struct test *all = test_new(c, TEST_AND);
	for (uint32_t i = 0; i < 4 && i * 32 < bits; i++) {
		const uint32_t left = bits - i * 32, mask = left < 32 ? UINT32_MAX << (32 - left) : UINT32_MAX;
		struct sum *word = sum_masked(c, sum_net(c, scope, at + 4 * i, 4), mask);
		if (!test_add(all, test_number(c, COMPARE_EQUAL, word, rt_be32(address + 4 * i))))
			return NULL;
	}
	return all;
}

static struct test *mean_ip6(struct compiler *c, const struct scope *scope, const struct node *node)
{
	const struct qualifiers *q = &node->qualifiers;
	const uint8_t *address = node->token->address;
	const uint32_t bits = node->argument ? node->argument->number : 128;
	if (node->argument && (node->argument->kind != TOKEN_NUMBER || !slash(c, node->argument, 128)))
		return c->error->code ? NULL : (token_fail(c, node->argument, "an IPv6 mask is written /bits"), NULL);
	if (q->type == WORD_HOST && bits != 128) {
		token_fail(c, node->argument, "a mask needs \"net\"");
		return NULL;
	}
	for (uint32_t i = bits; i < 128; i++) {
		if (address[i / 8] & 0x80 >> i % 8) {
			token_fail(c, node->token, "bits behind the mask are set in %.*s", (int)node->token->length,
			           c->text + node->token->at);
			return NULL;
		}
	}
	if (q->proto && q->proto->id != WORD_IP6)
		return wrong(c, node, "an IPv6 address");
	return test_and(c, test_type(c, scope, TYPE_IP6),
	                test_direction(c, q->direction, test_side6(c, scope, 8, address, bits),
	                               test_side6(c, scope, 24, address, bits)));
}

struct test *mean_address(struct compiler *c, const struct scope *scope, const struct node *node)
{
	struct range4 range;
	switch ((enum token_kind)node->token->kind) {
	case TOKEN_MAC: return mean_mac(c, node);
	case TOKEN_IP6: return mean_ip6(c, scope, node);
	case TOKEN_IP4:
	case TOKEN_NUMBER:
		return read_range4(c, node, &range) ? test_range4(c, scope, node, &range) : NULL;
	default: break;
	}
	token_fail(c, node->token, "\"%.*s\" is not an address, and names are not looked up", (int)node->token->length,
	           c->text + node->token->at);
	return NULL;
}
