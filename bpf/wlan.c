/* SPDX-License-Identifier: MIT */
/* wlan.c - IEEE 802.11: what `wlan` addresses, type, subtype and dir mean, and how its payload is found behind headers
 * of any length: those of the radio (radiotap, Prism, AVS) and its own. In --pcap-filter headers are as long as libpcap
 * believes: it leaves out the fourth address and the HT control field. */
#include "meaning.h"

/* Frame control: the first byte has type and subtype, the second one flags. */
enum { TYPE_BITS = 0x0c, SUBTYPE_BITS = 0xf0, CONTROL = 0x04, DATA = 0x08, QOS = 0x80, NO_DATA = 0x40, CTS = 0xc0, ACK = 0xd0 };
enum { TO_DS = 0x01, FROM_DS = 0x02, PROTECTED = 0x40, ORDER = 0x80 };

static struct test *has_bit(struct compiler *c, const struct scope *scope, uint32_t at, uint32_t bit)
{
	return test_number(c, COMPARE_SET, sum_header(c, scope, at, 1), bit);
}

static struct test *is_masked(struct compiler *c, const struct scope *scope, uint32_t at, uint32_t mask, uint32_t value)
{
	return test_number(c, COMPARE_EQUAL, sum_masked(c, sum_header(c, scope, at, 1), mask), value);
}

struct test *test_data(struct compiler *c, const struct scope *scope)
{
	return test_and(c, test_not(c, has_bit(c, scope, 0, CONTROL)), has_bit(c, scope, 0, DATA));
}

/* ---- addresses --------------------------------------------------------------------------------------------- */

/* By a bit of the frame control: one place, or the other. */
static struct test *by_bit(struct compiler *c, const struct scope *scope, uint32_t at, uint32_t bit, struct test *yes,
                           struct test *no)
{
	return test_or(c, test_and(c, test_not(c, has_bit(c, scope, at, bit)), no),
	               test_and(c, has_bit(c, scope, at, bit), yes));
}

/* Where a test of six bytes may have to look, by To DS and From DS; of other frames than data, at `plain`. */
typedef struct test *(*at_test)(struct compiler *, const struct scope *, uint32_t at, struct items *);

static struct test *destination(struct compiler *c, const struct scope *scope, at_test test, struct items *macs)
{
	struct test *data = by_bit(c, scope, 1, TO_DS, test(c, scope, 16, macs), test(c, scope, 4, macs));
	struct test *any = by_bit(c, scope, 0, DATA, data, test(c, scope, 4, macs));
	return test_and(c, test_not(c, has_bit(c, scope, 0, CONTROL)), any);
}

static struct test *source(struct compiler *c, const struct scope *scope, struct items *macs)
{
	struct test *relayed = by_bit(c, scope, 1, TO_DS, test_mac(c, scope, 24, macs), test_mac(c, scope, 16, macs));
	struct test *data = by_bit(c, scope, 1, FROM_DS, relayed, test_mac(c, scope, 10, macs));
	struct test *any = by_bit(c, scope, 0, DATA, data, test_mac(c, scope, 10, macs));
	return test_and(c, test_not(c, has_bit(c, scope, 0, CONTROL)), any);
}

/* Control frames but for CTS and ACK have a second address. */
static struct test *has_second(struct compiler *c, const struct scope *scope)
{
	struct test *others = test_and(c, test_not(c, is_masked(c, scope, 0, SUBTYPE_BITS, CTS)),
	                               test_not(c, is_masked(c, scope, 0, SUBTYPE_BITS, ACK)));
	return test_or(c, test_not(c, is_masked(c, scope, 0, TYPE_BITS, CONTROL)), others);
}

static struct test *numbered(struct compiler *c, const struct scope *scope, enum direction direction, struct items *macs)
{
	switch (direction) {
	case DIRECTION_ADDR1: return test_mac(c, scope, 4, macs);
	case DIRECTION_ADDR2: return test_and(c, has_second(c, scope), test_mac(c, scope, 10, macs));
	case DIRECTION_ADDR3:
		return test_and(c, test_not(c, is_masked(c, scope, 0, TYPE_BITS, CONTROL)), test_mac(c, scope, 16, macs));
	case DIRECTION_ADDR4:
		return test_and(c, is_masked(c, scope, 1, TO_DS | FROM_DS, TO_DS | FROM_DS), test_mac(c, scope, 24, macs));
	case DIRECTION_RA:    return test_and(c, has_bit(c, scope, 0, DATA), test_mac(c, scope, 4, macs));
	default:              break;
	}
	struct test *is_there = test_and(c, has_bit(c, scope, 0, DATA), has_second(c, scope));
	return test_and(c, is_there, test_mac(c, scope, 10, macs));
}

struct test *test_wlan_address(struct compiler *c, const struct scope *scope, enum direction direction,
                               struct items *macs)
{
	if (direction >= DIRECTION_ADDR1)
		return numbered(c, scope, direction, macs);
	struct test *src = direction != DIRECTION_DST ? source(c, scope, macs) : NULL;
	struct test *dst = direction != DIRECTION_SRC ? destination(c, scope, test_mac, macs) : NULL;
	return test_direction(c, direction, src, dst);
}

static struct test *is_group(struct compiler *c, const struct scope *scope, uint32_t at, struct items *macs)
{
	(void)macs;
	return has_bit(c, scope, at, 1);
}

struct test *test_wlan_multicast(struct compiler *c, const struct scope *scope)
{
	return destination(c, scope, is_group, NULL);
}

/* ---- type, subtype, dir ---------------------------------------------------------------------------------------- */

struct name { const char *name; uint8_t value; };

static const struct name types[] = {
	{ "mgt", 0x00 }, { "management", 0x00 }, { "ctl", 0x04 }, { "control", 0x04 }, { "data", 0x08 },
};

/* Type and subtype; in the order in which a bare subtype is looked for. */
static const struct name subtypes[] = {
	{ "assocreq", 0x00 }, { "assoc-req", 0x00 }, { "assocresp", 0x10 }, { "assoc-resp", 0x10 },
	{ "reassocreq", 0x20 }, { "reassoc-req", 0x20 }, { "reassocresp", 0x30 }, { "reassoc-resp", 0x30 },
	{ "probereq", 0x40 }, { "probe-req", 0x40 }, { "proberesp", 0x50 }, { "probe-resp", 0x50 },
	{ "beacon", 0x80 }, { "atim", 0x90 }, { "disassoc", 0xa0 }, { "disassociation", 0xa0 },
	{ "auth", 0xb0 }, { "authentication", 0xb0 }, { "deauth", 0xc0 }, { "deauthentication", 0xc0 },
	{ "ps-poll", 0xa4 }, { "rts", 0xb4 }, { "cts", 0xc4 }, { "ack", 0xd4 }, { "cf-end", 0xe4 }, { "cf-end-ack", 0xf4 },
	{ "data", 0x08 }, { "data-cf-ack", 0x18 }, { "data-cf-poll", 0x28 }, { "data-cf-ack-poll", 0x38 },
	{ "null", 0x48 }, { "cf-ack", 0x58 }, { "cf-poll", 0x68 }, { "cf-ack-poll", 0x78 }, { "qos-data", 0x88 },
	{ "qos-data-cf-ack", 0x98 }, { "qos-data-cf-poll", 0xa8 }, { "qos-data-cf-ack-poll", 0xb8 }, { "qos", 0xc8 },
	{ "qos-cf-poll", 0xe8 }, { "qos-cf-ack-poll", 0xf8 },
};

static const struct name directions[] = { { "nods", 0 }, { "tods", TO_DS }, { "fromds", FROM_DS }, { "dstods", 3 } };

/* The first name whose bits of `mask` are `value`; -1: none. */
static int find_name(const struct compiler *c, const struct token *token, const struct name *names, size_t count,
                     uint32_t mask, uint32_t value)
{
	for (size_t i = 0; i < count; i++)
		if ((names[i].value & mask) == value && token_is(c, token, names[i].name))
			return names[i].value;
	return -1;
}

/* A number may have only the bits of `bits`. */
static bool read_frame(struct compiler *c, const struct token *token, uint32_t bits, int found, const char *what,
                       uint32_t *value)
{
	*value = token->kind == TOKEN_NUMBER ? token->number : (uint32_t)found;
	if (token->kind == TOKEN_NUMBER && (token->number & ~bits))
		token_fail(c, token, "an 802.11 %s has no other bits than 0x%02x", what, bits);
	else if (token->kind != TOKEN_NUMBER && found < 0)
		token_fail(c, token, "\"%.*s\" is no 802.11 %s", (int)token->length, c->text + token->at, what);
	else
		return true;
	return false;
}

static struct test *mean_dir(struct compiler *c, const struct scope *scope, const struct node *node)
{
	uint32_t value;
	const int found = find_name(c, node->argument, directions, RT_COUNT(directions), 0, 0);
	if (!read_frame(c, node->argument, UINT32_MAX, found, "direction", &value))
		return NULL;
	return is_masked(c, scope, 1, TO_DS | FROM_DS, value);
}

static struct test *mean_subtype(struct compiler *c, const struct scope *scope, const struct token *token, uint32_t type)
{
	uint32_t value;
	const bool has_type = type != UINT32_MAX;
	int found = find_name(c, token, subtypes, RT_COUNT(subtypes), has_type ? TYPE_BITS : 0, has_type ? type : 0);
	if (found >= 0 && has_type)
		found &= SUBTYPE_BITS;
	if (!read_frame(c, token, SUBTYPE_BITS, found, "subtype", &value))
		return NULL;
	return is_masked(c, scope, 0, TYPE_BITS | SUBTYPE_BITS, has_type ? type | value : value);
}

/* type T | type T subtype S | subtype S | dir D */
struct test *mean_frame(struct compiler *c, const struct scope *scope, const struct node *node)
{
	uint32_t type;
	if (scope->link->kind != KIND_WLAN) {
		token_fail(c, node->token, "\"%s\" is only for 802.11", node->token->word->spelling);
		return NULL;
	}
	if (node->token->word->id == WORD_DIR)
		return mean_dir(c, scope, node);
	if (node->token->word->id == WORD_SUBTYPE)
		return mean_subtype(c, scope, node->argument, UINT32_MAX);
	const int found = find_name(c, node->argument, types, RT_COUNT(types), 0, 0);
	if (!read_frame(c, node->argument, TYPE_BITS, found, "type", &type))
		return NULL;
	return node->second ? mean_subtype(c, scope, node->second, type) : is_masked(c, scope, 0, TYPE_BITS, type);
}

/* ---- where the payload is ------------------------------------------------------------------------------------------ */

static struct place at_header(const struct compiler *c)
{
	return (struct place){ c->link->link == RT_LINK_WLAN ? FACT_NONE : FACT_HEADER, 0 };
}

static struct sum *sum_frame(struct compiler *c, uint32_t at, unsigned size)
{
	return sum_load(c, (struct place){ 0, 0 }, at, size);
}

/* Prism headers have 144 bytes; some drivers put AVS in their place. Radiotap is little-endian. */
static struct test *find_header(struct compiler *c)
{
	struct test *avs = test_store(c, FACT_HEADER, sum_frame(c, 4, 4));
	if (c->link->link == RT_LINK_AVS)
		return avs;
	if (c->link->link == RT_LINK_PRISM) {
		struct sum *magic = sum_masked(c, sum_frame(c, 0, 4), 0xfffff000);
		struct test *is_avs = test_number(c, COMPARE_EQUAL, magic, 0x80211000);
		return test_or(c, test_and(c, is_avs, avs), test_store(c, FACT_HEADER, sum_constant(c, 144)));
	}
	struct sum *high = sum_binary(c, SYMBOL_SHIFT_LEFT, sum_frame(c, 3, 1), sum_constant(c, 8));
	return test_store(c, FACT_HEADER, sum_binary(c, '|', sum_frame(c, 2, 1), high));
}

/* If `test`, then `rest` as well; true in the end. */
static struct test *when(struct compiler *c, struct test *test, struct test *rest)
{
	return test_or(c, test_not(c, test), rest);
}

static struct test *longer(struct compiler *c, uint32_t bytes)
{
	return test_store(c, FACT_PAYLOAD, sum_place(c, (struct place){ FACT_PAYLOAD, 0 }, bytes));
}

/* Radiotap: bits of the first word of presence bits; it is little-endian. */
enum { HAS_TIME = 0x01000000, HAS_FLAGS = 0x02000000, HAS_MORE = 0x00000080, IS_PADDED = 0x20 };

static struct test *presence(struct compiler *c, uint32_t word, uint32_t bit)
{
	return test_number(c, COMPARE_SET, sum_frame(c, 4 + 4 * word, 4), bit);
}

static struct test *flag(struct compiler *c, struct place place)
{
	return test_number(c, COMPARE_SET, sum_load(c, place, 0, 1), IS_PADDED);
}

/* The flags stand behind the time stamp, if there is one. With more than one word of presence bits libpcap does not look. */
static struct test *is_padded_pcap(struct compiler *c)
{
	struct test *late = test_and(c, presence(c, 0, HAS_TIME), flag(c, (struct place){ 0, 16 }));
	struct test *early = test_and(c, test_not(c, presence(c, 0, HAS_TIME)), flag(c, (struct place){ 0, 8 }));
	return test_and(c, test_not(c, presence(c, 0, HAS_MORE)), test_or(c, late, early));
}

/* Up to four words; the time stamp is aligned to eight bytes. */
static struct test *is_padded(struct compiler *c)
{
	const struct place flags = { FACT_FLAGS, 0 };
	struct test *words = test_store(c, FACT_FLAGS, sum_constant(c, 8 + 4 * 3));
	for (uint32_t word = 3; word-- > 0; )
		words = test_or(c, test_and(c, test_not(c, presence(c, word, HAS_MORE)),
		                            test_store(c, FACT_FLAGS, sum_constant(c, 8 + 4 * word))), words);
	struct sum *behind = sum_binary(c, '+', sum_masked(c, sum_place(c, flags, 7), ~7u), sum_constant(c, 8));
	struct test *time = when(c, presence(c, 0, HAS_TIME), test_store(c, FACT_FLAGS, behind));
	return test_and(c, test_and(c, words, time), flag(c, flags));
}

/* Radiotap says that the header was made as long as a multiple of four bytes. */
static struct test *padded(struct compiler *c)
{
	struct sum *up = sum_place(c, (struct place){ FACT_PAYLOAD, 0 }, 3);
	if (c->options.is_pcap)
		return when(c, test_and(c, presence(c, 0, HAS_FLAGS), is_padded_pcap(c)),
		            test_store(c, FACT_PAYLOAD, sum_masked(c, up, ~3u)));
	/* the header itself, wherever it begins */
	struct sum *length = sum_masked(c, sum_binary(c, '-', up, sum_place(c, at_header(c), 0)), ~3u);
	return when(c, test_and(c, presence(c, 0, HAS_FLAGS), is_padded(c)),
	            test_store(c, FACT_PAYLOAD, sum_binary(c, '+', length, sum_place(c, at_header(c), 0))));
}

static struct test *find_payload(struct compiler *c, const struct scope *scope)
{
	struct test *qos = longer(c, 2), *data = test_new(c, TEST_AND);
	if (!c->options.is_pcap) {
		test_add(data, when(c, is_masked(c, scope, 1, TO_DS | FROM_DS, TO_DS | FROM_DS), longer(c, 6)));
		qos = test_and(c, qos, when(c, has_bit(c, scope, 1, ORDER), longer(c, 4)));
	}
	if (!test_add(data, when(c, has_bit(c, scope, 0, QOS), qos)) ||
	    (c->link->link == RT_LINK_RADIOTAP && !test_add(data, padded(c))))
		return NULL;
	return test_and(c, test_store(c, FACT_PAYLOAD, sum_place(c, at_header(c), 24)),
	                when(c, test_data(c, scope), data));
}

static struct test *settle(struct compiler *c, uint32_t behind, struct sum *type)
{
	struct sum *net = sum_place(c, (struct place){ FACT_PAYLOAD, 0 }, behind);
	return test_and(c, test_store(c, FACT_NET, net), test_store(c, FACT_TYPE, type));
}

/* Default meaning: the type behind LLC, SNAP and tags. 4: LLC, and no SNAP; 0: nothing that can be read. */
static struct test *find_type(struct compiler *c, const struct scope *scope)
{
	const struct place payload = { FACT_PAYLOAD, 0 }, net = { FACT_NET, 0 };
	struct test *is_readable = test_and(c, test_data(c, scope), test_not(c, has_bit(c, scope, 0, NO_DATA)));
	is_readable = test_and(c, is_readable, test_not(c, has_bit(c, scope, 1, PROTECTED)));
	struct test *is_snap = test_number(c, COMPARE_EQUAL, sum_load(c, payload, 0, 2), 0xaaaa);
	struct test *llc = test_or(c, test_and(c, is_snap, settle(c, 8, sum_load(c, payload, 6, 2))),
	                           settle(c, 0, sum_constant(c, 4)));
	struct test *find = test_or(c, test_and(c, is_readable, llc), settle(c, 0, sum_constant(c, 0)));
	for (int i = 0; i < TAGS_MAX; i++) {
		struct test *is_tag = test_new(c, TEST_OR);
		for (size_t at = 0; at < RT_COUNT(tag_types); at++)
			test_add(is_tag, test_number(c, COMPARE_EQUAL, sum_fact(c, FACT_TYPE), tag_types[at]));
		struct test *past = test_and(c, test_store(c, FACT_TYPE, sum_load(c, net, 2, 2)),
		                             test_store(c, FACT_NET, sum_place(c, net, 4)));
		find = test_and(c, find, when(c, is_tag, past));
	}
	return find;
}

static struct test *find_chain(struct compiler *c)
{
	struct test *walk = test_walk(c, (struct place){ FACT_NET, 0 }, (struct chain){ FACT_PROTO6, FACT_L6, FACT_LATER6 });
	return when(c, test_number(c, COMPARE_EQUAL, sum_fact(c, FACT_TYPE), TYPE_IP6), walk);
}

/* What is used is known from behind: the tests, the network layer, the payload, the header. */
struct test *wlan_find(struct compiler *c, struct test *tests)
{
	const struct scope scope = { .link = c->link, .header = at_header(c) };
	const bool is_default = !c->options.is_pcap;
	if (is_default && c->facts & FACTS_WALK)
		tests = test_and(c, find_chain(c), tests);
	if (is_default && c->facts & FACTS_NETWORK)
		tests = test_and(c, find_type(c, &scope), tests);
	if (c->facts >> FACT_PAYLOAD & 1)
		tests = test_and(c, find_payload(c, &scope), tests);
	if (c->facts >> FACT_HEADER & 1)
		tests = test_and(c, find_header(c), tests);
	return tests;
}
