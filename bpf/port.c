/* SPDX-License-Identifier: MIT */
/* port.c - the meaning of port, portrange and proto: numbers in transport and network headers, and their names. */
#include "meaning.h"

enum { SCTP = 1, TCP = 2, UDP = 4, ALL = SCTP | TCP | UDP };     /* bit n: transports[n]                       */

struct port { uint32_t number; unsigned over; };

/* ---- numbers and names -------------------------------------------------------------------------------------- */

static bool read_port_number(const char *text, size_t length, uint32_t *port)
{
	*port = 0;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9' || *port > 65535)
			return false;
		*port = *port * 10 + (uint32_t)(text[i] - '0');
	}
	return length > 0;
}

static unsigned allowed_over(const struct node *node)
{
	const struct word *proto = node->qualifiers.proto;
	return !proto ? ALL : proto->id == WORD_SCTP ? SCTP : proto->id == WORD_TCP ? TCP : UDP;
}

/* A number, or a name that TCP and UDP give to the same port, is a port of every transport; else only of that whose
 * name it is. libpcap stops at the port of TCP and knows none of SCTP. Returns how many, 0: no such port. */
static unsigned find_ports(const struct compiler *c, const char *text, size_t length, struct port found[TRANSPORTS])
{
	int ports[TRANSPORTS];
	uint32_t number;
	unsigned count = 0;
	if (read_port_number(text, length, &number)) {
		found[0] = (struct port){ number, ALL };
		return 1;
	}
	if (!name_service(c, text, length, ports))
		return 0;
	const bool is_same = ports[1] >= 0 && ports[1] == ports[2];
	if (is_same)
		found[count++] = (struct port){ (uint32_t)ports[1], ALL };
	for (unsigned i = 1; i < TRANSPORTS && !is_same; i++)
		if (ports[i] >= 0)
			found[count++] = (struct port){ (uint32_t)ports[i], 1u << i };
	if (c->options.is_pcap)
		return count > 0;
	if (ports[0] >= 0 && !(is_same && ports[0] == ports[1]))
		found[count++] = (struct port){ (uint32_t)ports[0], SCTP };
	return count;
}

/* ---- ids ---------------------------------------------------------------------------------------------------- */

struct ports { struct items over[ALL + 1]; };            /* by the transports that they are ports of           */

static bool no_port(struct compiler *c, const struct node *node, const char *text, size_t length)
{
	token_fail(c, node->token, "\"%.*s\" is no port", (int)length, text);
	return false;
}

static bool add_range(struct compiler *c, const struct node *node, struct ports *ports, uint32_t low, uint32_t high,
                      unsigned over)
{
	const struct item item = { .low = { low < high ? low : high }, .high = { low < high ? high : low }, .words = 1 };
	if (low > 65535 || high > 65535) {
		token_fail(c, node->token, "a port is at most 65535");
		return false;
	}
	return items_add(c, &ports->over[over], &item);
}

static bool wrong_transport(struct compiler *c, const struct node *node, const char *text, size_t length)
{
	token_fail(c, node->token, "\"%.*s\" is no %s port", (int)length, text, node->qualifiers.proto->spelling);
	return false;
}

static bool add_ports(struct compiler *c, const struct node *node, struct ports *ports, const struct port *found,
                      unsigned count)
{
	size_t length;
	const char *text = name_text(c, node->token, &length);
	bool is_any = false;
	for (unsigned i = 0; i < count; i++) {
		const unsigned over = found[i].over & allowed_over(node);
		if (over && !add_range(c, node, ports, found[i].number, found[i].number, over))
			return false;
		is_any |= over != 0;
	}
	return is_any || wrong_transport(c, node, text, length);
}

/* The end of a range has one number: that of the transport asked for, if it has one there. */
static struct port end_of(const struct compiler *c, const struct node *node, const struct port *found, unsigned count)
{
	for (unsigned i = 0; i < count && !c->options.is_pcap; i++)
		if (found[i].over & allowed_over(node))
			return found[i];
	return found[0];
}

struct ends { struct port low[TRANSPORTS], high[TRANSPORTS]; unsigned lows, highs; };

/* "80-90", "http-https"; names may hold a "-" themselves. */
static bool find_range(const struct compiler *c, const char *text, size_t length, struct ends *ends)
{
	for (size_t dash = 1; dash + 1 < length; dash++) {
		if (text[dash] != '-')
			continue;
		ends->lows = find_ports(c, text, dash, ends->low);
		ends->highs = ends->lows ? find_ports(c, text + dash + 1, length - dash - 1, ends->high) : 0;
		if (ends->highs)
			return true;
	}
	return false;
}

static bool add_port_range(struct compiler *c, const struct node *node, struct ports *ports, const struct ends *ends)
{
	size_t length;
	const char *text = name_text(c, node->token, &length);
	const struct port from = end_of(c, node, ends->low, ends->lows), to = end_of(c, node, ends->high, ends->highs);
	const unsigned over = (from.over == to.over ? from.over : ALL) & allowed_over(node);
	if (!over)
		return wrong_transport(c, node, text, length);
	return add_range(c, node, ports, from.number, to.number, over);
}

static bool add_name(struct compiler *c, const struct node *node, struct ports *ports)
{
	size_t length;
	const char *text = name_text(c, node->token, &length);
	struct port found[TRANSPORTS];
	struct ends ends;
	const unsigned count = find_ports(c, text, length, found);
	if (count)
		return add_ports(c, node, ports, found, count);
	if (!find_range(c, text, length, &ends))
		return no_port(c, node, text, length);
	if (node->qualifiers.type == WORD_PORTRANGE)
		return add_port_range(c, node, ports, &ends);
	token_fail(c, node->token, "a range needs \"portrange\"");
	return false;
}

static bool add_id(struct compiler *c, const struct node *node, struct ports *ports)
{
	const struct token *id = node->token;
	if (id->kind == TOKEN_NAME)
		return add_name(c, node, ports);
	if (id->kind != TOKEN_NUMBER)
		return no_port(c, node, c->text + id->at, id->length);
	return add_range(c, node, ports, id->number, id->number, allowed_over(node));
}

/* ---- ports --------------------------------------------------------------------------------------------------- */

static struct test *test_ports(struct compiler *c, const struct scope *scope, enum direction direction, bool is_ip6,
                               struct items *ports)
{
	struct test *sides[2];
	for (uint32_t i = 0; i < 2; i++)
		sides[i] = test_items(c, ports, (struct sum *const[]){ sum_transport(c, scope, is_ip6, 2 * i, 2) });
	return test_direction(c, direction, sides[0], sides[1]);
}

/* libpcap looks at the header behind IPv6 itself, and takes it for a whole one. */
static struct test *test_family(struct compiler *c, const struct scope *scope, enum direction direction, bool is_ip6,
                                struct items *ports, unsigned over)
{
	struct test *all = test_new(c, TEST_AND), *any = test_new(c, TEST_OR);
	struct sum *number = is_ip6 && scope->walk.proto ? sum_fact(c, (enum fact)scope->walk.proto)
	                                                 : sum_net(c, scope, is_ip6 ? 6 : 9, 1);
	for (size_t i = 0; i < TRANSPORTS; i++)
		if ((over >> i & 1) && !test_add(any, test_number(c, COMPARE_EQUAL, number, transports[i])))
			return NULL;
	bool is_fine = test_add(all, test_type(c, scope, is_ip6 ? TYPE_IP6 : TYPE_IP)) && test_add(all, any);
	if (!is_ip6 || scope->walk.later)
		is_fine = is_fine && test_add(all, test_not_later(c, scope, is_ip6));
	is_fine = is_fine && test_add(all, test_ports(c, scope, direction, is_ip6, ports));
	return is_fine ? all : NULL;
}

struct test *test_port_over(struct compiler *c, const struct scope *scope, bool is_ip6, uint32_t transport, uint32_t port)
{
	struct items ports = { 0 };
	const unsigned over = transport == 132 ? SCTP : transport == 6 ? TCP : UDP;
	if (!items_add(c, &ports, &(struct item){ .low = { port }, .high = { port }, .words = 1 }))
		return NULL;
	return test_family(c, scope, DIRECTION_DST, is_ip6, &ports, over);
}

struct test *mean_ports(struct compiler *c, const struct scope *scope, const struct ids *ids)
{
	const struct qualifiers *q = &ids->first->qualifiers;
	const enum direction direction = (enum direction)q->direction;
	const struct node *node = ids->first;
	struct ports ports = { 0 };
	struct test *any = test_new(c, TEST_OR);
	if (q->proto && q->proto->id != WORD_TCP && q->proto->id != WORD_UDP && q->proto->id != WORD_SCTP) {
		token_fail(c, node->token, "\"%s\" cannot stand in front of a port", q->proto->spelling);
		return NULL;
	}
	for (uint32_t i = 0; i < ids->count; i++, node = node->next)
		if (!add_id(c, node, &ports))
			return NULL;
	for (unsigned over = 1; over <= ALL; over++) {
		struct items *items = &ports.over[over];
		if (items->count && (!test_add(any, test_family(c, scope, direction, true, items, over)) ||
		                     !test_add(any, test_family(c, scope, direction, false, items, over))))
			return NULL;
	}
	return any;
}

/* ---- proto ------------------------------------------------------------------------------------------------------ */

/* What number a word of each layer can be, behind `ether proto`, `iso proto`, and otherwise. */
static bool is_number_over(const struct word *word, unsigned over)
{
	if (over == WORD_ETHER)
		return word->layer == LAYER_TYPE;
	if (over == WORD_ISO)
		return word->layer == LAYER_ON_ISO;
	return word->layer >= LAYER_ON_ANY && word->layer <= LAYER_ON_IP6;
}

static bool read_proto(struct compiler *c, const struct node *node, unsigned over, uint32_t *number)
{
	const struct token *id = node->token;
	const struct word *word = id->word;
	const bool is_name_of = word && word->role == ROLE_PROTOCOL && is_number_over(word, over);
	*number = id->kind == TOKEN_NUMBER ? id->number : is_name_of ? word->number : 0;
	if (id->kind == TOKEN_NUMBER || (id->kind == TOKEN_NAME && name_protocol(c, id, over, number)) || is_name_of)
		return true;
	token_fail(c, id, "\"%.*s\" is no protocol %s", (int)id->length, c->text + id->at,
	           over == WORD_ETHER ? "of the link layer" : over == WORD_ISO ? "of OSI" : "of IP");
	return false;
}

static bool may_carry(unsigned over)
{
	return over == WORD_NONE || over == WORD_ETHER || over == WORD_IP || over == WORD_IP6 || over == WORD_ISO ||
	       over == WORD_ISIS;
}

struct test *mean_number(struct compiler *c, const struct scope *scope, const struct node *node)
{
	const struct word *proto = node->qualifiers.proto;
	const unsigned over = proto ? proto->id : WORD_NONE;
	uint32_t number;
	if (node->qualifiers.has_direction) {
		token_fail(c, node->token, "a protocol has no direction");
		return NULL;
	}
	if (!may_carry(over)) {
		token_fail(c, node->token, "\"%s\" carries no other protocol", proto->spelling);
		return NULL;
	}
	if (!read_proto(c, node, over, &number))
		return NULL;
	if (node->qualifiers.type == WORD_PROTOCHAIN)
		return mean_chain(c, scope, node, number);
	switch (over) {
	case WORD_ETHER: return test_type(c, scope, number);
	case WORD_IP:    return test_proto4(c, scope, number);
	case WORD_IP6:   return test_proto6(c, scope, number);
	case WORD_ISO:   return test_iso(c, scope, number);
	case WORD_ISIS:  return test_pdu(c, scope, number);
	}
	return test_or(c, test_proto4(c, scope, number), test_proto6(c, scope, number));
}
