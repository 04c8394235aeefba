/* SPDX-License-Identifier: MIT */
/* judge.c - the reference: the tests are answered by walking them, without any program. A load outside of the packet
 * ends everything with no, as it does in a program. Slow, and meant to be obviously right. */
#include "field.h"

struct look {                            /* at one packet                                                */
	const struct compiler *c;
	const uint8_t *data;
	uint32_t caplen, len;
	uint32_t fact[FACT_COUNT];
	bool is_over;                    /* something was not there: the verdict is no                    */
	const struct rt_aside *aside;    /* NULL: nothing is known but the bytes                          */
	struct field_look *fields;       /* NULL: no test asks the dissector                              */
};

static uint32_t load(struct look *look, uint32_t at, unsigned size)
{
	uint32_t value = 0;
	if ((uint64_t)at + size > look->caplen) {
		look->is_over = true;
		return 0;
	}
	for (unsigned i = 0; i < size; i++)
		value = value << 8 | look->data[at + i];
	return value;
}

/* ---- facts ------------------------------------------------------------------------------------------------ */

/* Links without an ethertype; PPP numbers of others than IP stay as they are. */
static uint32_t announced(struct look *look)
{
	const struct link *link = look->c->link;
	if (link->kind == KIND_PPP) {
		const uint32_t number = load(look, link->type_at, 2);
		return number == PPP_IP ? TYPE_IP : number == PPP_IP6 ? TYPE_IP6 : number;
	}
	if (link->kind == KIND_FAMILY) {
		const uint32_t family = load(look, link->type_at, 4);
		return is_family4(family) ? TYPE_IP : is_family6(family) ? TYPE_IP6 : 0;
	}
	const uint32_t version = load(look, 0, 1) >> 4;
	return version == 4 ? TYPE_IP : version == 6 ? TYPE_IP6 : 0;
}

static void find_network(struct look *look)
{
	const struct link *link = look->c->link;
	uint32_t type = link->fixed_type, net = link->net_at;
	if (link->has_type)
		type = load(look, link->type_at, 2);
	else if (!type)
		type = announced(look);
	for (int tags = 0; link->has_type && tags < TAGS_MAX && is_tag(type); tags++) {
		type = load(look, net + 2, 2);
		net += 4;
	}
	look->fact[FACT_TYPE] = type;
	look->fact[FACT_NET] = net;
}

/* One extension header (RFC 8200 section 4, RFC 4302, RFC 6275); false: the chain ends here. */
static bool step6(struct look *look, struct chain walk)
{
	const uint32_t at = look->fact[walk.at], proto = look->fact[walk.proto];
	if (!is_extension(proto) || look->len < at + 8)
		return false;
	look->fact[walk.proto] = load(look, at, 1);
	if (proto == FRAGMENT && (load(look, at + 2, 2) & 0xfff8)) {
		look->fact[walk.later] = 1;
		return false;
	}
	if (proto == FRAGMENT)
		look->fact[walk.at] += 8;
	else if (proto == AH)
		look->fact[walk.at] += (load(look, at + 1, 1) + 2) * 4;
	else
		look->fact[walk.at] += (load(look, at + 1, 1) + 1) * 8;
	return true;
}

static void walk6(struct look *look, struct chain walk)
{
	for (int steps = 0; steps < EXTENSIONS_MAX && !look->is_over && step6(look, walk); steps++)
		;
}

static void find_facts(struct look *look)
{
	static const struct chain walk = { FACT_PROTO6, FACT_L6, FACT_LATER6 };
	const uint32_t used = look->c->facts;
	if (look->c->options.is_pcap || !(used & FACTS_NETWORK) || look->c->link->kind == KIND_WLAN)
		return;
	find_network(look);
	if (!(used & FACTS_WALK) || look->fact[FACT_TYPE] != TYPE_IP6)
		return;
	look->fact[FACT_PROTO6] = load(look, look->fact[FACT_NET] + 6, 1);
	look->fact[FACT_L6] = look->fact[FACT_NET] + 40;
	walk6(look, walk);
}

/* ---- sums ---------------------------------------------------------------------------------------------------- */

static uint32_t evaluate(struct look *look, const struct sum *sum);

static uint32_t evaluate_load(struct look *look, const struct sum *sum)
{
	uint32_t at = look->fact[sum->fact] + sum->number;
	if (sum->is_behind_ip)
		at += 4 * (load(look, look->fact[sum->fact] + sum->ip_at, 1) & 15);
	if (sum->left)
		at += evaluate(look, sum->left);
	return look->is_over ? 0 : load(look, at, sum->size);
}

static uint32_t evaluate_binary(struct look *look, const struct sum *sum)
{
	const uint32_t a = evaluate(look, sum->left), b = evaluate(look, sum->right);
	look->is_over |= b == 0 && (sum->op == '/' || sum->op == '%');
	return look->is_over ? 0 : operate(sum->op, a, b);
}

static uint32_t evaluate(struct look *look, const struct sum *sum)
{
	switch ((enum sum_kind)sum->kind) {
	case SUM_NUMBER: return sum->number;
	case SUM_LEN:    return look->len;
	case SUM_FACT:   return look->fact[sum->fact];
	case SUM_ASIDE:  return aside_value(look->aside, sum->number);
	case SUM_NEGATE: return 0u - evaluate(look, sum->left);
	case SUM_LOAD:   return evaluate_load(look, sum);
	case SUM_FIELD:  return field_number(look->fields, sum->field);
	case SUM_BINARY: break;
	}
	return evaluate_binary(look, sum);
}

/* ---- tests ------------------------------------------------------------------------------------------------------ */

static bool compare(struct look *look, const struct test *test)
{
	const uint32_t left = evaluate(look, test->left), right = evaluate(look, test->right);
	return compare_holds((enum compare)test->compare, left, right);
}

static bool answer(struct look *look, const struct test *test);

static bool answer_cases(struct look *look, const struct test *test)
{
	const uint32_t value = evaluate(look, test->left);
	for (uint32_t i = 0; i < test->cases->count; i++) {
		const struct range *range = &test->cases->at[i];
		if (value >= range->low && value <= range->high)
			return !range->test || answer(look, range->test);
	}
	return false;
}

/* Past one header of a chain (chain.c): options, routing and fragments count 8 bytes, AH counts 4. false: it ends here. */
static bool next_in_chain(struct look *look, const struct field_chain *chain)
{
	const uint32_t proto = look->fact[chain->proto], at = look->fact[chain->at];
	if (proto == chain->number || !is_chained(proto, chain->is_ip6))
		return false;
	const uint32_t next = load(look, at, 1), length = load(look, at + 1, 1);
	const uint32_t start = proto == AH && chain->start ? evaluate(look, chain->start) : at;
	look->fact[chain->proto] = next;
	look->fact[chain->at] = start + (proto == AH ? (length + 2) * 4 : (length + 1) * 8);
	return true;
}

/* The program has followed the first of them; libpcap's count may go in circles. */
static bool answer_chain(struct look *look, const struct field_chain *chain)
{
	for (int steps = 0; steps < CHAIN_STEPS_MAX && !look->is_over && next_in_chain(look, chain); steps++)
		;
	return look->fact[chain->proto] == chain->number;
}

/* Arithmetic on a field that is not there, or that divides by 0, only makes the test false. */
static bool answer_field(struct look *look, const struct field_test *test)
{
	if (test->kind == FIELD_CHAIN)
		return answer_chain(look, &test->chain);
	if (test->kind != FIELD_SUM)
		return field_answer(look->fields, test);
	look->fields->is_absent = false;
	const bool is_true = answer(look, test->sum) && !look->fields->is_absent && !look->is_over;
	look->is_over = false;
	return is_true;
}

static bool answer_hosts(struct look *look, const struct hosts *hosts)
{
	for (uint32_t i = 0; i < hosts->count && !look->is_over; i++) {
		if (!answer(look, hosts->in[i].is_there))
			continue;
		look->fact[FACT_SRC] = look->fact[hosts->in[i].src->fact] + hosts->in[i].src->number;
		look->fact[FACT_DST] = look->fact[hosts->in[i].dst->fact] + hosts->in[i].dst->number;
		return answer(look, hosts->test);
	}
	return false;
}

static bool answer_store(struct look *look, const struct test *test)
{
	const uint32_t value = evaluate(look, test->left);
	if (!look->is_over)
		look->fact[test->fact] = value;
	return true;
}

static bool answer_walk(struct look *look, const struct test *test)
{
	if (is_walked(look->c, test->walk) && answer(look, test->child) && !look->is_over)
		walk6(look, test->walk);
	return true;
}

static bool answer(struct look *look, const struct test *test)
{
	const bool is_and = test->kind == TEST_AND;
	switch ((enum test_kind)test->kind) {
	case TEST_FALSE:   return false;
	case TEST_TRUE:    return true;
	case TEST_NOT:     return !answer(look, test->child);
	case TEST_COMPARE: return compare(look, test);
	case TEST_CASES:   return answer_cases(look, test);
	case TEST_HOSTS:   return answer_hosts(look, test->hosts);
	case TEST_STORE:   return answer_store(look, test);
	case TEST_WALK:    return answer_walk(look, test);
	case TEST_FIELD:   return answer_field(look, test->field);
	case TEST_AND:
	case TEST_OR:      break;
	}
	for (const struct test *child = test->child; child; child = child->next)
		if (answer(look, child) != is_and || look->is_over)
			return !is_and;
	return is_and;
}

/* The dissector sees whole frames, with the tag that the kernel has moved aside. */
bool judge_run(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen, uint32_t len,
               const struct rt_aside *aside)
{
	struct field_look fields;                /* large: only its beginning is set */
	struct look look = { .c = &filter->compiler, .data = data, .caplen = caplen, .len = len, .aside = aside };
	if (filter->dissector) {
		const bool is_moved = aside && aside->has_tag && aside->whole;
		field_look(&fields, filter, is_moved ? aside->whole : data, caplen + (is_moved ? 4u : 0), len + (is_moved ? 4u : 0));
		look.fields = &fields;
	}
	find_facts(&look);
	return !look.is_over && answer(&look, filter->tests) && !look.is_over;
}

bool rt_filter_judge(const struct rt_filter *filter, const uint8_t *data, uint32_t caplen, uint32_t len)
{
	return judge_run(filter, data, caplen, len, NULL);
}
