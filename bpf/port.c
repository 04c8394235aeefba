/* SPDX-License-Identifier: MIT */
/* port.c - the meaning of port, portrange and proto: numbers in transport and network headers, and their names. */
#include "meaning.h"

struct service { uint16_t port; uint8_t transports; const char *name; };

enum { TCP = 1, UDP = 2 };

#define SERVICE_TCP(port, name)  { port, TCP, name },
#define SERVICE_UDP(port, name)  { port, UDP, name },
#define SERVICE_BOTH(port, name) { port, TCP | UDP, name },
static const struct service services[] = {
#include "../src/base/services.def"
};

static const uint16_t transports[] = { 132, 6, 17 };     /* in the order of libpcap: SCTP, TCP, UDP */

/* ---- numbers and names -------------------------------------------------------------------------------------- */

static const char *spelled(const struct compiler *c, const struct token *token) { return c->text + token->at; }

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

/* `over`: tcp and udp may give the same name to different ports. */
static bool find_service(const char *text, size_t length, unsigned over, uint32_t *port)
{
	for (size_t i = 0; i < RT_COUNT(services); i++) {
		const struct service *service = &services[i];
		if (!(service->transports & over) || strlen(service->name) != length ||
		    strncmp(service->name, text, length) != 0)
			continue;
		*port = service->port;
		return true;
	}
	return false;
}

static unsigned transports_of(const struct node *node)
{
	const struct word *proto = node->qualifiers.proto;
	return !proto ? TCP | UDP : proto->id == WORD_TCP ? TCP : proto->id == WORD_UDP ? UDP : 0;
}

static bool read_port(struct compiler *c, const struct node *node, const char *text, size_t length, uint32_t *port)
{
	const bool is_number = read_port_number(text, length, port);
	if (!is_number && !find_service(text, length, transports_of(node), port)) {
		token_fail(c, node->token, "\"%.*s\" is no port", (int)length, text);
		return false;
	}
	if (*port > 65535) {
		token_fail(c, node->token, "a port is at most 65535");
		return false;
	}
	return true;
}

/* "80-90", "http-https"; names may hold a "-" themselves. */
static bool read_port_range(struct compiler *c, const struct node *node, uint32_t ports[2])
{
	const char *text = spelled(c, node->token);
	const size_t length = node->token->length;
	for (size_t dash = 1; dash + 1 < length; dash++) {
		if (text[dash] != '-')
			continue;
		uint32_t unused;
		const unsigned over = transports_of(node);
		const bool is_port = read_port_number(text, dash, &unused) || find_service(text, dash, over, &unused);
		if (!is_port)
			continue;
		if (!read_port(c, node, text, dash, &ports[0]) ||
		    !read_port(c, node, text + dash + 1, length - dash - 1, &ports[1]))
			return false;
		if (ports[0] > ports[1]) {
			const uint32_t low = ports[1];
			ports[1] = ports[0];
			ports[0] = low;
		}
		return true;
	}
	if (!read_port(c, node, text, length, &ports[0]))
		return false;
	ports[1] = ports[0];
	return true;
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
static struct test *test_family(struct compiler *c, const struct scope *scope, const struct qualifiers *q, bool is_ip6,
                                struct items *ports)
{
	struct test *all = test_new(c, TEST_AND), *any = test_new(c, TEST_OR);
	struct sum *number = is_ip6 && scope->walk.proto ? sum_fact(c, (enum fact)scope->walk.proto)
	                                                 : sum_net(c, scope, is_ip6 ? 6 : 9, 1);
	for (size_t i = 0; i < RT_COUNT(transports); i++)
		if ((!q->proto || q->proto->number == transports[i]) &&
		    !test_add(any, test_number(c, COMPARE_EQUAL, number, transports[i])))
			return NULL;
	bool is_fine = test_add(all, test_type(c, scope, is_ip6 ? TYPE_IP6 : TYPE_IP)) && test_add(all, any);
	if (!is_ip6 || scope->walk.later)
		is_fine = is_fine && test_add(all, test_not_later(c, scope, is_ip6));
	is_fine = is_fine && test_add(all, test_ports(c, scope, (enum direction)q->direction, is_ip6, ports));
	return is_fine ? all : NULL;
}

struct test *test_port_over(struct compiler *c, const struct scope *scope, bool is_ip6, uint32_t transport, uint32_t port)
{
	const struct word proto = { .number = transport };
	const struct qualifiers q = { .proto = &proto, .direction = DIRECTION_DST };
	struct items ports = { 0 };
	if (!items_add(c, &ports, &(struct item){ .low = { port }, .high = { port }, .words = 1 }))
		return NULL;
	return test_family(c, scope, &q, is_ip6, &ports);
}

static bool add_port(struct compiler *c, const struct node *node, struct items *items)
{
	const struct token *id = node->token;
	uint32_t ports[2] = { id->number, id->number };
	if (id->kind != TOKEN_NAME && id->kind != TOKEN_NUMBER) {
		token_fail(c, id, "\"%.*s\" is no port", (int)id->length, spelled(c, id));
		return false;
	}
	if (id->kind == TOKEN_NUMBER && id->number > 65535) {
		token_fail(c, id, "a port is at most 65535");
		return false;
	}
	if (id->kind == TOKEN_NAME && node->qualifiers.type == WORD_PORTRANGE && !read_port_range(c, node, ports))
		return false;
	if (id->kind == TOKEN_NAME && node->qualifiers.type == WORD_PORT) {
		if (!read_port(c, node, spelled(c, id), id->length, &ports[0]))
			return false;
		ports[1] = ports[0];
	}
	return items_add(c, items, &(struct item){ .low = { ports[0] }, .high = { ports[1] }, .words = 1 });
}

struct test *mean_ports(struct compiler *c, const struct scope *scope, const struct ids *ids)
{
	const struct qualifiers *q = &ids->first->qualifiers;
	const struct node *node = ids->first;
	struct items ports = { 0 };
	if (q->proto && q->proto->id != WORD_TCP && q->proto->id != WORD_UDP && q->proto->id != WORD_SCTP) {
		token_fail(c, node->token, "\"%s\" cannot stand in front of a port", q->proto->spelling);
		return NULL;
	}
	for (uint32_t i = 0; i < ids->count; i++, node = node->next)
		if (!add_port(c, node, &ports))
			return NULL;
	return test_or(c, test_family(c, scope, q, true, &ports), test_family(c, scope, q, false, &ports));
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
	if (id->kind != TOKEN_NUMBER && !is_name_of) {
		token_fail(c, id, "\"%.*s\" is no protocol %s", (int)id->length, spelled(c, id),
		           over == WORD_ETHER ? "of the link layer" : over == WORD_ISO ? "of OSI" : "of IP");
		return false;
	}
	*number = id->kind == TOKEN_NUMBER ? id->number : word->number;
	return true;
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
