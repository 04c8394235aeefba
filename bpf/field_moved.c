/* SPDX-License-Identifier: MIT */
/* field_moved.c - live frames whose VLAN tag the kernel has moved aside: the layer may be that tag, or stand where it
 * stood. */
#include "field_route.h"

static bool is_root(const struct search *s, const struct rt_proto *proto)
{
	for (uint32_t i = 0; i < s->edges->first[1]; i++)
		if (rt_proto_at(s->edges->at[i].child) == proto && s->edges->at[i].link->value == s->c->options.link)
			return true;
	return false;
}

/* The test is about Ethernet behind the place where the tag was. */
static bool is_behind_tag(const struct search *s)
{
	for (unsigned i = 0; i < s->path->count; i++) {
		const struct rt_field *choice = &s->path->choice[i];
		const bool is_behind = choice->row ? choice->row->bit >= s->c->link->type_at * 8u : true;
		if (is_behind && is_root(s, choice->proto))
			return true;
	}
	return false;
}

/* The tag that is aside is the layer: its number, and the type behind it, which stands where that of the tag was. */
static struct test *test_aside(struct search *s, const struct rt_proto *proto)
{
	struct compiler *c = s->c;
	const struct where where = { .is_known = s->path->nth == 1, .is_aside = true, .at = c->link->type_at };
	struct test *is_type = test_new(c, TEST_OR);
	struct field_tests tests;
	for (uint32_t i = 0; i < s->edges->count; i++) {
		const struct edge *edge = &s->edges->at[i];
		if (edge->parent == s->edges->ether && rt_proto_at(edge->child) == proto &&
		    !test_add(is_type, test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TPID), edge->link->value)))
			return NULL;
	}
	if (!field_at(c, s->test, proto, &where, &tests))
		return NULL;
	return test_and(c, is_type, test_and(c, where_fits(c, &where, proto->header), tests.maybe));
}

static struct test *is_aside(struct compiler *c)
{
	return test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TAG_PRESENT), 1);
}

/* The kernel has moved a tag aside, and the layer may be that one, or another one is the first now. */
static struct test *test_moved(struct search *s)
{
	if (is_behind_tag(s))
		return is_aside(s->c);
	if (!s->wants_tag)
		return NULL;
	struct test *any = test_new(s->c, TEST_OR);
	for (size_t id = 0; id < rt_proto_count(); id++)
		if (way_wants(s, (uint16_t)id) && !test_add(any, test_aside(s, rt_proto_at(id))))
			return NULL;
	return test_and(s->c, is_aside(s->c), any);
}

bool moved_add(struct search *s)
{
	struct test *moved = test_moved(s);
	if (!moved)
		return !s->c->error->code;
	s->is_exact = false;
	s->test->maybe = test_or(s->c, moved, s->test->maybe);
	s->test->sure = test_and(s->c, test_not(s->c, is_aside(s->c)), s->test->sure);
	return s->test->maybe && s->test->sure;
}
