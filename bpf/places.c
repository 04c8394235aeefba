/* SPDX-License-Identifier: MIT */
/* places.c - where things stand in a packet of each link type, and the tests for protocols: what the files of the
 * meaning stage have in common. Default: places are counted from facts that a prelude finds (the network layer behind
 * VLAN tags, the end of the IPv6 extension headers). --pcap-filter: from the start of the frame, shifted by what the
 * scope has passed; the order of tests and the guards are those of libpcap, so that packets cut short meet the same
 * end. */
#include "meaning.h"

/* ---- links ------------------------------------------------------------------------------------------------ */

static const struct link links[] = {
	{ RT_LINK_ETHER, 12, 14, .has_type = true, .has_mac = true, .llc_type = 1500 },
	{ RT_LINK_SLL,   14, 16, .has_type = true, .llc_type = 4 },      /* LINUX_SLL_P_802_2 */
	{ RT_LINK_SLL2,   0, 20, .has_type = true },
	{ RT_LINK_RAW,    0,  0 },
	{ RT_LINK_IPV4,   0,  0, .fixed_type = TYPE_IP },
	{ RT_LINK_IPV6,   0,  0, .fixed_type = TYPE_IP6 },
};

const struct link *link_find(unsigned link)
{
	for (size_t i = 0; i < RT_COUNT(links); i++)
		if (links[i].link == link)
			return &links[i];
	return NULL;
}

/* IEEE 802.1Q, 802.1ad, and what came before it. */
const uint32_t tag_types[3] = { 0x8100, 0x88a8, 0x9100 };

/* Hop-by-hop, routing, fragment, AH, destination options (RFC 8200), mobility (RFC 6275). */
const uint32_t extensions[6] = { 0, 43, FRAGMENT, AH, 60, 135 };

static bool is_among(const uint32_t *values, size_t count, uint32_t value)
{
	for (size_t i = 0; i < count; i++)
		if (values[i] == value)
			return true;
	return false;
}

bool is_tag(uint32_t type) { return is_among(tag_types, RT_COUNT(tag_types), type); }
bool is_extension(uint32_t number) { return is_among(extensions, RT_COUNT(extensions), number); }

/* ---- places ------------------------------------------------------------------------------------------------- */

/* Kernels take the outer tag out of the bytes, so len does not count it; a file has it. */
struct sum *sum_length(struct compiler *c)
{
	struct sum *length = sum_of(c, (struct sum){ .kind = SUM_LEN });
	if (c->options.is_pcap || !c->options.is_live || !c->link->has_mac)
		return length;
	struct sum *is_aside = sum_aside(c, SKF_AD_VLAN_TAG_PRESENT);
	return sum_binary(c, '+', length, sum_binary(c, SYMBOL_SHIFT_LEFT, is_aside, sum_constant(c, 2)));
}

struct sum *sum_link(struct compiler *c, uint32_t at, unsigned size)
{
	return sum_of(c, (struct sum){ .kind = SUM_LOAD, .size = (uint8_t)size, .number = at });
}

/* Behind the tags that the scope has passed. Live, the first of them may be aside: then it takes no bytes. */
static struct sum shifted(const struct compiler *c, const struct scope *scope, uint32_t at, unsigned size)
{
	const bool may_be_aside = c->options.is_live && scope->tags > 0;
	const uint32_t known = 4 * (scope->tags - may_be_aside);
	return (struct sum){ .kind = SUM_LOAD, .size = (uint8_t)size, .number = at + known,
	                     .fact = may_be_aside ? FACT_SHIFT : FACT_NONE };
}

struct sum *sum_net(struct compiler *c, const struct scope *scope, uint32_t at, unsigned size)
{
	if (c->options.is_pcap)
		return sum_of(c, shifted(c, scope, c->link->net_at + at, size));
	return sum_of(c, (struct sum){ .kind = SUM_LOAD, .size = (uint8_t)size, .number = at, .fact = FACT_NET });
}

struct sum *sum_transport(struct compiler *c, const struct scope *scope, bool is_ip6, uint32_t at, unsigned size)
{
	if (is_ip6 && c->options.is_pcap)
		return sum_net(c, scope, 40 + at, size);
	if (is_ip6)
		return sum_of(c, (struct sum){ .kind = SUM_LOAD, .size = (uint8_t)size, .number = at, .fact = FACT_L6 });
	struct sum *sum = sum_net(c, scope, at, size);
	if (sum) {
		sum->is_behind_ip = true;
		sum->ip_at = sum->number - at;
	}
	return sum;
}

/* ---- protocols ------------------------------------------------------------------------------------------------ */

static struct sum *sum_type(struct compiler *c, const struct scope *scope)
{
	return c->options.is_pcap ? sum_of(c, shifted(c, scope, c->link->type_at, 2)) : sum_fact(c, FACT_TYPE);
}

/* IEEE 802.2: a length or a number of its own in the place of the type, then the service access point. */
static struct test *test_llc(struct compiler *c, const struct scope *scope, uint32_t point)
{
	struct test *is_llc = c->link->llc_type == 1500 ?
		test_not(c, test_number(c, COMPARE_GREATER, sum_type(c, scope), 1500)) :
		test_number(c, COMPARE_EQUAL, sum_type(c, scope), c->link->llc_type);
	return test_and(c, is_llc, test_number(c, COMPARE_EQUAL, sum_net(c, scope, 0, 1), point));
}

/* A tag announces itself: what the type field says before anything is seen through. */
static struct test *test_tag_type(struct compiler *c, uint32_t type)
{
	struct test *in_band = test_number(c, COMPARE_EQUAL, sum_link(c, c->link->type_at, 2), type);
	if (!c->options.is_live)
		return in_band;
	struct test *is_aside = test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TAG_PRESENT), 1);
	struct test *is_type = test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TPID), type);
	return test_or(c, test_and(c, is_aside, is_type),
	               test_and(c, test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TAG_PRESENT), 0), in_band));
}

struct test *test_type(struct compiler *c, const struct scope *scope, uint32_t type)
{
	const struct link *link = c->link;
	if (link->fixed_type)
		return test_new(c, type == link->fixed_type ? TEST_TRUE : TEST_FALSE);
	if (link->has_type && type <= 1500 && link->llc_type)
		return test_llc(c, scope, type);
	if (link->has_type && !c->options.is_pcap && is_tag(type))
		return test_tag_type(c, type);
	if (link->has_type || !c->options.is_pcap)
		return test_number(c, COMPARE_EQUAL, sum_type(c, scope), type);
	if (type != TYPE_IP && type != TYPE_IP6)
		return test_new(c, TEST_FALSE);
	return test_number(c, COMPARE_EQUAL, sum_masked(c, sum_link(c, 0, 1), 0xf0), type == TYPE_IP ? 0x40 : 0x60);
}

struct test *test_proto4(struct compiler *c, const struct scope *scope, uint32_t number)
{
	return test_and(c, test_type(c, scope, TYPE_IP),
	                test_number(c, COMPARE_EQUAL, sum_net(c, scope, 9, 1), number));
}

/* Default: the protocol at the end of the chain, or the number of the first extension header. libpcap: the first,
 * or the one behind a fragment header. */
static struct test *test_next6(struct compiler *c, const struct scope *scope, uint32_t number)
{
	struct test *is_first = test_number(c, COMPARE_EQUAL, sum_net(c, scope, 6, 1), number);
	if (!c->options.is_pcap && is_extension(number))
		return test_or(c, is_first, test_number(c, COMPARE_EQUAL, sum_fact(c, FACT_PROTO6), number));
	if (!c->options.is_pcap)
		return test_number(c, COMPARE_EQUAL, sum_fact(c, FACT_PROTO6), number);
	struct test *is_fragment = test_number(c, COMPARE_EQUAL, sum_net(c, scope, 6, 1), FRAGMENT);
	struct test *is_behind = test_number(c, COMPARE_EQUAL, sum_net(c, scope, 40, 1), number);
	return test_or(c, is_first, test_and(c, is_fragment, is_behind));
}

struct test *test_proto6(struct compiler *c, const struct scope *scope, uint32_t number)
{
	return test_and(c, test_type(c, scope, TYPE_IP6), test_next6(c, scope, number));
}

struct test *test_not_later(struct compiler *c, const struct scope *scope, bool is_ip6)
{
	if (is_ip6)
		return test_number(c, COMPARE_EQUAL, sum_fact(c, FACT_LATER6), 0);
	return test_not(c, test_number(c, COMPARE_SET, sum_net(c, scope, 6, 2), 0x1fff));
}

struct test *test_protocol(struct compiler *c, const struct scope *scope, const struct word *word)
{
	switch ((enum layer)word->layer) {
	case LAYER_LINK:   return test_new(c, TEST_TRUE);
	case LAYER_TYPE:   return test_type(c, scope, word->number);
	case LAYER_ON_IP:  return test_proto4(c, scope, word->number);
	case LAYER_ON_IP6: return test_proto6(c, scope, word->number);
	case LAYER_ON_ANY: break;
	}
	return test_or(c, test_proto6(c, scope, word->number), test_proto4(c, scope, word->number));
}
