/* SPDX-License-Identifier: MIT */
/* field_route.c - where in a packet the layer of a field may be. Follows the links of the tables from the link layer
 * on, as the dissector does, and makes a tree of tests: what each header says about the next one, and in the end the
 * test at the layer. Behind VLAN tags it looks by the facts of the prelude, as all words of the language do.
 *
 * A way that the program does not follow to its end (an extension header, a packet in a packet, a header of unknown
 * size) becomes a doubt: where it begins, the answer may be yes. And where headers contradict themselves, only the
 * dissector is sure. */
#include "field_route.h"

/* ---- the layer, or a doubt -------------------------------------------------------------------------------------- */

/* way[at] is the layer itself. */
static bool add_layer(struct search *s, unsigned at, struct branch *branch)
{
	struct field_tests tests;
	const bool is_sure = layer_is_certain(s, at);
	if (!field_at(s->c, s->test, s->way[at].proto, &s->way[at].where, &tests))
		return false;
	s->is_known |= tests.is_known;
	s->is_exact &= tests.is_same && is_sure && !layer_has_exceptions(s, at);
	branch->is_placed |= tests.is_known || step_has_own(&s->way[at]) || rt_more(s->way[at].proto)->only.width;
	return test_add(branch->maybe, layer_maybe(s, at, &tests)) &&
	       (!is_sure || test_add(branch->sure, layer_sure(s, at, &tests)));
}

/* Where way[at] begins, anything may follow. Doubts behind one layer are told together. */
static void add_doubt(struct search *s, unsigned at, struct branch *branch)
{
	const struct reasons *reasons = &s->way[at].reasons;
	s->is_exact = false;
	branch->doubts.is_always |= reasons->is_always;
	if (reasons->length_max > branch->doubts.length_max)
		branch->doubts.length_max = reasons->length_max;
	for (unsigned how = 0; how < HOW_COUNT; how++)
		for (unsigned i = 0; i < reasons->count[how]; i++)
			reasons_add(&branch->doubts, (enum how)how, reasons->values[how][i]);
}

/* ... and that the size of way[at] is too small, when something is read behind it. */
static bool tell_doubts(struct search *s, unsigned at, struct branch *branch)
{
	if (reasons_exist(&branch->doubts) && !test_add(branch->maybe, reasons_test(s, at, &branch->doubts)))
		return false;
	struct test *size = branch->is_placed ? size_test(s, at) : NULL;
	s->is_exact &= !size;
	return !size || test_add(branch->maybe, test_not(s->c, size));
}

/* ---- the search ------------------------------------------------------------------------------------------------- */

static bool explore(struct search *s, unsigned at, unsigned seen, struct branch *around);

/* A tag that is not the layer: the prelude looks past it, and takes a length behind it for a type. When some tag is the
 * layer: which one comes first? */
static void pass_tag(struct search *s, unsigned at, struct branch *branch)
{
	struct step *step = &s->way[at];
	s->is_past_tags = true;
	if (s->wants_tag) {
		add_doubt(s, at, branch);
	} else if (!way_is_between(step->proto, s->way[at - 1].proto)) {
		step->reasons = (struct reasons){ .length_max = rt_more(step->proto)->only.high };
		step->reasons.is_always = !rt_more(step->proto)->only.high;
		add_doubt(s, at, branch);
	}
}

/* way[at] may follow the layer before it, and is the layer or leads there. */
static bool visit(struct search *s, unsigned at, unsigned seen, struct branch *branch)
{
	struct step *step = &s->way[at];
	const bool is_layer = way_wants(s, step->id), is_end = is_layer && seen + 1 == s->path->nth;
	const bool is_type = way_is_by_type(s, at - 1), is_passed = is_type && step_is_tag(step);
	if (!is_end && !s->reach[step->id])
		return true;
	if (is_passed && !is_end) {
		pass_tag(s, at, branch);
		return true;
	}
	step->where = way_behind(&s->way[at - 1]);
	if (is_type && !is_passed)
		way_use_type(step);
	if (is_end)
		return add_layer(s, at, branch);
	if (!way_stops(s, at))
		return explore(s, at, seen + is_layer, branch);
	add_doubt(s, at, branch);
	return true;
}

/* All that may follow way[at]. */
static bool explore(struct search *s, unsigned at, unsigned seen, struct branch *around)
{
	struct branch branch = { .maybe = test_new(s->c, TEST_OR), .sure = test_new(s->c, TEST_OR) };
	if (!branch.maybe || !branch.sure)
		return false;
	const uint16_t id = s->way[at].id;
	for (uint32_t i = s->edges->first[id]; i < s->edges->first[id + 1u]; i++)
		if (way_take(s, i, at + 1) && !visit(s, at + 1, seen, &branch))
			return false;
	around->is_placed = true;
	return tell_doubts(s, at, &branch) &&
	       test_add(around->maybe, test_and(s->c, header_test(s, at, false), branch.maybe)) &&
	       test_add(around->sure, test_and(s->c, header_test(s, at, true), branch.sure));
}

/* ---- the start: the link layer ---------------------------------------------------------------------------------- */

/* Raw IP: the prelude knows which one it is. */
static bool start_by_type(const struct search *s, struct step *step)
{
	static const uint16_t types[] = { TYPE_IP, TYPE_IP6 };
	const enum link_kind kind = (enum link_kind)s->c->link->kind;
	if (s->c->options.is_pcap || (kind != KIND_VERSION && kind != KIND_ONE))
		return false;
	for (size_t i = 0; i < RT_COUNT(types); i++) {
		if (proto_of_type(types[i]) != step->proto)
			continue;
		reasons_add(&step->reasons, HOW_TYPE, types[i]);
		step->where = (struct where){ .is_known = true, .fact = FACT_NET };
		return true;
	}
	return false;
}

static bool visit_root(struct search *s, const struct edge *edge, struct branch *branch)
{
	struct step *root = &s->way[0];
	*root = (struct step){ .proto = rt_proto_at(edge->child), .id = edge->child, .link = edge->link,
	                       .is_first = edge->is_first };
	if (!start_by_type(s, root)) {
		root->reasons.is_always = true;
		root->where = (struct where){ .is_known = true };
	}
	if (way_wants(s, root->id) && s->path->nth == 1)
		return add_layer(s, 0, branch);
	return !s->reach[root->id] || explore(s, 0, way_wants(s, root->id), branch);
}

static bool visit_roots(struct search *s)
{
	struct branch branch = { .maybe = s->test->maybe, .sure = s->test->sure };
	for (uint32_t i = 0; i < s->edges->first[1]; i++) {
		const struct edge *edge = &s->edges->at[i];
		if (edge->link->value != s->c->options.link)
			continue;
		if (!visit_root(s, edge, &branch))
			return false;
	}
	return true;
}

/* The prelude looks past so many tags, the dissector past any. When the dissector is asked anyhow, it shall be asked
 * about those packets too. */
static bool add_more_tags(struct search *s)
{
	return test_add(s->test->maybe, types_test(s->c, tag_types, RT_COUNT(tag_types)));
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

/* Raw, Padding: no link leads there, for they are what nobody claims. The frame itself is always there. */
static bool is_everywhere(const struct search *s)
{
	for (uint32_t i = 0; i < s->edges->count; i++)
		if (way_wants(s, s->edges->at[i].child))
			return false;
	return true;
}

static bool set_everywhere(struct search *s)
{
	const bool is_there = s->path->is_frame && s->test->kind == FIELD_THERE;
	s->test->where = is_there ? FIELD_IN_KERNEL : FIELD_HERE;
	s->test->maybe = test_new(s->c, TEST_TRUE);
	s->test->sure = test_new(s->c, is_there ? TEST_TRUE : TEST_FALSE);
	return s->test->maybe && s->test->sure;
}

/* Only tags are looked past; extension headers are doubts. */
static void find_tag(struct search *s)
{
	for (uint32_t i = 0; i < s->edges->count; i++) {
		const struct edge *edge = &s->edges->at[i];
		s->wants_tag |= way_wants(s, edge->child) && is_tag(edge->link->value) &&
		                way_is_between(rt_proto_at(edge->child), rt_proto_at(edge->parent));
	}
}

static bool route(struct compiler *c, struct field_test *test)
{
	struct search s = { .c = c, .test = test, .path = &test->field->path, .edges = edges_of(c), .is_exact = true };
	test->maybe = test_new(c, TEST_OR);
	test->sure = test_new(c, TEST_OR);
	if (!s.edges || !test->maybe || !test->sure)
		return false;
	if (is_everywhere(&s))
		return set_everywhere(&s);
	find_tag(&s);
	if (!way_reach(&s) || !visit_roots(&s) || (!s.is_exact && s.is_past_tags && !add_more_tags(&s)))
		return false;
	if (c->options.is_live && c->link->has_mac && !moved_add(&s))
		return false;
	test->where = s.is_exact ? FIELD_IN_KERNEL : s.is_known ? FIELD_NEARLY : FIELD_HERE;
	return true;
}

static bool is_same_layer(const struct rt_path *a, const struct rt_path *b)
{
	return a->nth == b->nth && strcmp(a->choice[0].proto->name, b->choice[0].proto->name) == 0;
}

/* Arithmetic with fields of several layers: all of them have to be there. */
static bool add_others(struct compiler *c, struct field_test *test, const struct expr *expr)
{
	if (!expr)
		return true;
	if (expr->kind != EXPR_FIELD)
		return add_others(c, test, expr->left) && add_others(c, test, expr->right);
	struct field_test other = { .kind = FIELD_THERE, .field = expr->field };
	if (expr->field->path.is_frame || is_same_layer(&expr->field->path, &test->field->path))
		return true;
	if (!route(c, &other))
		return false;
	test->maybe = test_and(c, test->maybe, other.maybe);
	test->where = FIELD_HERE;
	return test->maybe != NULL;
}

bool route_field(struct compiler *c, struct field_test *test)
{
	if (!route(c, test) || !add_others(c, test, test->left) || !add_others(c, test, test->right))
		return false;
	field_tidy(test->maybe);
	field_tidy(test->sure);
	return true;
}
