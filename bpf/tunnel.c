/* SPDX-License-Identifier: MIT */
/* tunnel.c - words that announce a packet in a packet, and move the scope into it: vlan (IEEE 802.1Q; in the default
 * meaning a plain test), mpls (RFC 3032), pppoes (RFC 2516), geneve (RFC 8926), vxlan (RFC 7348). */
#include "meaning.h"

static bool is_at_most(struct compiler *c, const struct token *number, uint32_t most, const char *what)
{
	if (!number || number->number <= most)
		return true;
	token_fail(c, number, "%s is at most %u", what, most);
	return false;
}

static struct test *has_number(struct compiler *c, struct test *test, struct sum *sum, uint32_t mask, uint32_t number)
{
	return test_and(c, test, test_number(c, COMPARE_EQUAL, sum_masked(c, sum, mask), number));
}

/* A place that a test of the text finds: a fact of its own. */
static bool take_fact(struct compiler *c, const struct node *node, struct place *place)
{
	if (FACT_OWN + c->own_facts == FACT_COUNT) {
		token_fail(c, node->token, "more tunnels than a filter can follow");
		return false;
	}
	*place = (struct place){ (uint8_t)(FACT_OWN + c->own_facts++), 0 };
	return true;
}

/* Default meaning: IPv6 extension headers are seen through in there as well. */
static struct test *find_chain(struct compiler *c, struct scope *scope, const struct node *node, struct test *test)
{
	struct place proto, at, later;
	if (c->options.is_pcap || !test)
		return test;
	if (!take_fact(c, node, &proto) || !take_fact(c, node, &at) || !take_fact(c, node, &later))
		return NULL;
	struct place net = scope->payload;
	net.at += scope->net;
	scope->walk = (struct chain){ proto.fact, at.fact, later.fact };
	struct test *is_ip6 = test_type(c, scope, TYPE_IP6);
	return test_and(c, test, test_or(c, test_not(c, is_ip6), test_walk(c, net, scope->walk)));
}

/* ---- vlan ---------------------------------------------------------------------------------------------------- */

struct vids { struct items items; bool is_any; };        /* any: none is written                               */

static bool add_vids(struct compiler *c, const struct token *token, uint32_t low, uint32_t high, struct vids *vids)
{
	const struct item item = { .low = { low < high ? low : high }, .high = { low < high ? high : low }, .words = 1 };
	if (low <= 0xfff && high <= 0xfff)
		return items_add(c, &vids->items, &item);
	token_fail(c, token, "a VLAN number is at most 4095");
	return false;
}

/* Decimal; larger than any VLAN number, when it is so. */
static uint32_t number_in(const char *digits, size_t count)
{
	uint32_t number = 0;
	for (size_t i = 0; i < count && number <= 0xfff; i++)
		number = 10 * number + (uint32_t)(digits[i] - '0');
	return number;
}

/* "10-20", which is a name for the lexer */
static bool add_vid_range(struct compiler *c, const struct token *token, struct vids *vids)
{
	static const char digits[] = "0123456789";
	const char *text = c->text + token->at, *second = text + strspn(text, digits) + 1;
	const size_t from = (size_t)(second - text) - 1, to = strspn(second, digits);
	if (token->kind != TOKEN_NAME || !from || !to || second[-1] != '-' || from + 1 + to != token->length) {
		token_fail(c, token, "\"%.*s\" is no VLAN number", (int)token->length, text);
		return false;
	}
	return add_vids(c, token, number_in(text, from), number_in(second, to), vids);
}

static bool read_vids(struct compiler *c, const struct node *node, struct vids *vids)
{
	vids->is_any = !node->argument && !node->is_set;
	if (node->argument)
		return add_vids(c, node->argument, node->argument->number, node->argument->number, vids);
	for (const struct node *item = node->child; item; item = item->next) {
		const struct token *token = item->token;
		if (token->kind == TOKEN_NUMBER ? !add_vids(c, token, token->number, token->number, vids)
		                                : !add_vid_range(c, token, vids))
			return false;
	}
	return true;
}

static struct test *test_vid(struct compiler *c, struct sum *tci, struct vids *vids)
{
	if (vids->is_any)
		return tci ? test_new(c, TEST_TRUE) : NULL;
	return test_items(c, &vids->items, (struct sum *const[]){ sum_masked(c, tci, 0xfff) });
}

/* The tag that the kernel moved aside. */
static struct test *test_aside(struct compiler *c, struct vids *vids)
{
	struct test *is_there = test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TAG_PRESENT), 1);
	return vids->is_any ? is_there : test_and(c, is_there, test_vid(c, sum_aside(c, SKF_AD_VLAN_TAG), vids));
}

static bool may_be_aside(const struct compiler *c, const struct scope *scope)
{
	return c->options.is_live && c->link->has_mac && !scope->tags && !scope->header.fact && !scope->header.at;
}

/* libpcap's: the next tag, which the rest of the text then stands behind. Live, the first one finds out how far: by
 * 4 bytes once it has looked in band, whatever it saw there; not where it has not been asked, as behind `ip or`. */
static struct test *vlan_shifting(struct compiler *c, struct scope *scope, struct vids *vids)
{
	struct test *is_there = test_new(c, TEST_OR);
	for (size_t i = 0; i < RT_COUNT(tag_types); i++)
		if (!test_add(is_there, test_type(c, scope, tag_types[i])))
			return NULL;
	struct test *test = is_there;
	if (!vids->is_any)
		test = test_and(c, is_there, test_vid(c, sum_net(c, scope, 0, 2), vids));
	if (may_be_aside(c, scope)) {
		struct test *not_aside = test_not(c, test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TAG_PRESENT), 1));
		struct test *shift = test_store(c, FACT_SHIFT, sum_constant(c, 4));
		test = test_or(c, test_aside(c, vids), test_and(c, test_and(c, not_aside, shift), test));
		scope->type.fact = scope->payload.fact = FACT_SHIFT;
	} else {
		scope->type.at += 4;
		scope->payload.at += 4;
	}
	scope->tags++;
	return test;
}

/* A plain test: one of the tags in front of the network layer, in band or aside. */
static struct test *vlan_plain(struct compiler *c, struct vids *vids)
{
	const bool is_wlan = c->link->kind == KIND_WLAN;
	const struct place first = is_wlan ? (struct place){ FACT_PAYLOAD, 8 } : (struct place){ 0, c->link->net_at };
	struct test *any = test_new(c, TEST_OR);
	if (c->options.is_live && c->link->has_mac && !test_add(any, test_aside(c, vids)))
		return NULL;
	for (uint32_t tags = 1; tags <= (vids->is_any ? 1u : TAGS_MAX); tags++) {
		struct sum *net = sum_fact(c, FACT_NET), *least = sum_place(c, first, 4 * tags);
		struct test *is_there = test_compare(c, COMPARE_GREATER_EQUAL, net, least);
		struct test *is_vid = test_vid(c, sum_load(c, first, 4 * (tags - 1), 2), vids);
		if (!test_add(any, test_and(c, is_there, is_vid)))
			return NULL;
	}
	return any;
}

struct test *mean_vlan(struct compiler *c, struct scope *scope, const struct node *node)
{
	const enum link_kind kind = (enum link_kind)scope->link->kind;
	const bool has_tags = kind == KIND_ETHER || kind == KIND_WLAN || (!scope->is_literal && scope->link->has_type);
	struct vids vids = { 0 };
	if (!read_vids(c, node, &vids))
		return NULL;
	if (!has_tags || scope->labels) {
		token_fail(c, node->token, "there are no VLAN tags in %s", scope->labels ? "MPLS" : rt_link_name(scope->link->link));
		return NULL;
	}
	return scope->is_literal ? vlan_shifting(c, scope, &vids) : vlan_plain(c, &vids);
}

/* ---- mpls, pppoes ------------------------------------------------------------------------------------------------ */

/* The next label; behind it the rest of the text. */
struct test *mean_mpls(struct compiler *c, struct scope *scope, const struct node *node)
{
	const enum link_kind kind = (enum link_kind)scope->link->kind;
	struct test *test;
	if (!is_at_most(c, node->argument, 0xfffff, "an MPLS label"))
		return NULL;
	if (scope->labels) {
		test = test_number(c, COMPARE_EQUAL, sum_masked(c, sum_net(c, scope, 0u - 2, 1), 1), 0);
	} else if (kind == KIND_ETHER || (kind == KIND_PPP && scope->link->link == RT_LINK_PPP) ||
	           (!scope->is_literal && scope->link->has_type)) {
		test = test_type(c, scope, kind == KIND_PPP ? 0x0281 : 0x8847);
	} else {
		token_fail(c, node->token, "there are no MPLS labels in %s", rt_link_name(scope->link->link));
		return NULL;
	}
	if (node->argument)
		test = has_number(c, test, sum_net(c, scope, 0, 4), 0xfffff000, node->argument->number << 12);
	scope->net += 4;
	scope->no_snap += 4;
	scope->labels++;
	scope->is_literal = true;
	return find_chain(c, scope, node, test);
}

/* A PPPoE session; in it, PPP. */
struct test *mean_pppoes(struct compiler *c, struct scope *scope, const struct node *node)
{
	static const struct link session = { RT_LINK_PPP, KIND_PPP, .type_at = 0, .net_at = 2 };
	struct test *test = test_type(c, scope, 0x8864);
	if (!is_at_most(c, node->argument, 0xffff, "a PPPoE session number"))
		return NULL;
	if (node->argument)
		test = has_number(c, test, sum_net(c, scope, 0, 4), 0xffff, node->argument->number);
	scope->link = &session;
	scope->header = scope->type = scope->payload;
	scope->header.at += scope->net + 6;
	scope->type.at = scope->header.at;
	scope->payload.at = scope->header.at + 2;
	scope->net = scope->no_snap = 0;
	scope->is_literal = true;
	return find_chain(c, scope, node, test);
}

/* ---- geneve, vxlan -------------------------------------------------------------------------------------------------- */

struct tunnel { uint16_t port; uint8_t flags, flags_set; uint32_t vni; };

/* UDP to the port, and the tunnel's header behind it; `base` becomes the place of UDP. */
static struct test *over_udp(struct compiler *c, const struct scope *scope, const struct tunnel *tunnel,
                             const struct token *vni, bool is_ip6, struct place base)
{
	struct test *test = test_port_over(c, scope, is_ip6, 17, tunnel->port);
	test = has_number(c, test, sum_transport(c, scope, is_ip6, 8, 1), tunnel->flags, tunnel->flags_set);
	if (vni)
		test = has_number(c, test, sum_transport(c, scope, is_ip6, 12, 4), 0xffffff00, vni->number << 8);
	struct place net = scope->payload;
	net.at += scope->net;
	struct sum *at = sum_place(c, net, 40);
	if (is_ip6 && scope->walk.at)
		at = sum_fact(c, (enum fact)scope->walk.at);
	if (!is_ip6) {
		struct sum *words = sum_masked(c, sum_net(c, scope, 0, 1), 15);
		at = sum_binary(c, '+', sum_binary(c, SYMBOL_SHIFT_LEFT, words, sum_constant(c, 2)), sum_place(c, net, 0));
	}
	return test_and(c, test, test_store(c, base.fact, at));
}

/* Ethernet behind options, or what the protocol field says behind no link header at all. */
static struct test *enter_geneve(struct compiler *c, struct scope *scope, const struct node *node, struct place base)
{
	struct place type, header, payload;
	if (!take_fact(c, node, &type) || !take_fact(c, node, &header) || !take_fact(c, node, &payload))
		return NULL;
	struct sum *options = sum_binary(c, SYMBOL_SHIFT_LEFT, sum_masked(c, sum_load(c, base, 8, 1), 0x3f), sum_constant(c, 2));
	struct test *find = test_and(c, test_store(c, type.fact, sum_place(c, base, 10)),
	                             test_store(c, header.fact, sum_binary(c, '+', options, sum_place(c, base, 16))));
	struct test *is_ether = test_number(c, COMPARE_EQUAL, sum_load(c, base, 10, 2), 0x6558);
	struct test *ether = test_and(c, test_store(c, type.fact, sum_place(c, header, 12)),
	                              test_store(c, payload.fact, sum_place(c, header, 14)));
	struct test *bare = test_store(c, payload.fact, sum_place(c, header, 0));
	scope->header = header;
	scope->type = type;
	scope->payload = payload;
	scope->may_be_bare = true;
	return test_and(c, find, test_or(c, test_and(c, is_ether, ether), bare));
}

static void enter_vxlan(struct scope *scope, struct place base)
{
	scope->header = scope->type = scope->payload = base;
	scope->header.at = 16;
	scope->type.at = 16 + 12;
	scope->payload.at = 16 + 14;
	scope->may_be_bare = false;
}

struct test *mean_tunnel(struct compiler *c, struct scope *scope, const struct node *node)
{
	static const struct tunnel geneve = { 6081, 0xc0, 0 }, vxlan = { 4789, 0x08, 0x08 };
	const bool is_geneve = node->token->word->id == WORD_GENEVE;
	const struct tunnel *tunnel = is_geneve ? &geneve : &vxlan;
	struct place base;
	if (!is_at_most(c, node->argument, 0xffffff, "a VNI") || !take_fact(c, node, &base))
		return NULL;
	struct test *test = test_or(c, over_udp(c, scope, tunnel, node->argument, false, base),
	                            over_udp(c, scope, tunnel, node->argument, true, base));
	if (is_geneve)
		test = test_and(c, test, enter_geneve(c, scope, node, base));
	else
		enter_vxlan(scope, base);
	scope->link = link_find(RT_LINK_ETHER);
	scope->net = 0;
	scope->no_snap = 3;
	scope->is_literal = true;
	return find_chain(c, scope, node, test);
}
