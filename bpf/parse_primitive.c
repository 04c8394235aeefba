/* SPDX-License-Identifier: MIT */
/* parse_primitive.c - primitives: a protocol, a direction and a type in front of an id, a set of them, or words that
 * stand for themselves. A bare id takes over the qualifiers of the one before. */
#include <errno.h>
#include "parser.h"

bool is_id(const struct token *token)
{
	return token->kind == TOKEN_NAME || token->kind == TOKEN_NUMBER || token->kind == TOKEN_IP4 ||
	       token->kind == TOKEN_IP6 || token->kind == TOKEN_MAC;
}

/* id = name | number | mac | address [ "/" number | "mask" address ] */
struct node *parse_id(struct parser *p, const struct qualifiers *qualifiers)
{
	/* behind "proto", a protocol may also stand as it is */
	const bool is_number_of = (qualifiers->type == WORD_PROTO || qualifiers->type == WORD_PROTOCHAIN) &&
	                          is_protocol(p->token);
	if (!is_id(p->token) && !is_number_of)
		return parse_unexpected(p);
	struct node *node = parse_node(p, NODE_ID);
	if (!node)
		return NULL;
	node->qualifiers = *qualifiers;
	p->token++;
	const bool is_net = node->token->kind == TOKEN_IP4 || node->token->kind == TOKEN_IP6 || qualifiers->type == WORD_NET;
	if (is_net && (is_symbol(p->token, '/') || is_word(p->token, WORD_MASK))) {
		const bool is_slash = is_symbol(p->token++, '/');
		if (p->token->kind != TOKEN_NUMBER && (is_slash || p->token->kind != TOKEN_IP4))
			return parse_unexpected(p);
		node->argument = p->token++;
	}
	return node;
}

/* item = id; what it is tells whether a port is a range, and a host a net */
static struct node *parse_item(struct parser *p, struct qualifiers qualifiers)
{
	if (qualifiers.type == WORD_PORT)
		qualifiers.type = WORD_PORTRANGE;
	else if (qualifiers.type == WORD_HOST)
		qualifiers.type = WORD_NONE;
	return parse_id(p, &qualifiers);
}

static struct node *set_add(struct node *set, struct node *item)
{
	if (!item)
		return NULL;
	if (set->last)
		set->last->next = item;
	else
		set->child = item;
	set->last = item;
	return set;
}

/* line = item */
static struct node *parse_line(struct parser *p, const struct token *line, const struct qualifiers *qualifiers)
{
	p->token = line;
	struct node *item = parse_item(p, *qualifiers);
	return !item || p->token->kind == TOKEN_END ? item : parse_misplaced(p);
}

/* file = "@" path, with an item on each of its lines */
static struct node *parse_file(struct parser *p, struct node *set, const struct qualifiers *qualifiers)
{
	const struct token *file = p->token;
	struct list *list;
	struct token *line;
	unsigned count = 0;
	if (list_open(p->c, file, &list) < 0)
		return NULL;
	uint32_t at = list->at;
	int rc;
	while ((rc = lexer_line(p->c, &at, &line)) > 0) {
		if (++count > FILTER_ITEMS_MAX) {
			token_fail(p->c, line, "more than %d items", FILTER_ITEMS_MAX);
			return NULL;
		}
		if (!set_add(set, parse_line(p, line, qualifiers)))
			return NULL;
	}
	p->token = file + 1;
	return rc < 0 ? NULL : set;
}

/* set = "{" ( item | file ) { "," ( item | file ) } "}" */
struct node *parse_set(struct parser *p, const struct qualifiers *qualifiers)
{
	struct node *set = parse_node(p, NODE_OR);
	if (!set)
		return NULL;
	set->is_set = true;
	set->depth = 1;
	do {
		p->token++;
		if (p->token->kind == TOKEN_FILE ? !parse_file(p, set, qualifiers)
		                                 : !set_add(set, parse_item(p, *qualifiers)))
			return NULL;
	} while (is_symbol(p->token, ','));
	return parse_expect(p, '}') ? set : NULL;
}

/* address = "addr1" | "addr2" | "addr3" | "addr4" | "ra" | "ta": places of IEEE 802.11 */
static bool parse_address(struct parser *p, struct qualifiers *qualifiers)
{
	static const struct { uint8_t word, direction; } words[] = {
		{ WORD_ADDR1, DIRECTION_ADDR1 }, { WORD_ADDR2, DIRECTION_ADDR2 }, { WORD_ADDR3, DIRECTION_ADDR3 },
		{ WORD_ADDR4, DIRECTION_ADDR4 }, { WORD_RA, DIRECTION_RA }, { WORD_TA, DIRECTION_TA },
	};
	for (size_t i = 0; i < RT_COUNT(words); i++) {
		if (is_word(p->token, words[i].word)) {
			qualifiers->has_direction = true;
			qualifiers->direction = words[i].direction;
			p->token++;
			return true;
		}
	}
	return false;
}

/* direction = "src" [ ( "or" | "and" ) "dst" ] | "dst" [ ( "or" | "and" ) "src" ] | address */
static void parse_direction(struct parser *p, struct qualifiers *qualifiers)
{
	const bool is_src = is_word(p->token, WORD_SRC);
	if (parse_address(p, qualifiers) || (!is_src && !is_word(p->token, WORD_DST)))
		return;
	p->token++;
	qualifiers->has_direction = true;
	qualifiers->direction = is_src ? DIRECTION_SRC : DIRECTION_DST;
	const bool is_and = is_word(p->token, WORD_AND);
	if ((is_and || is_word(p->token, WORD_OR)) && is_word(p->token + 1, is_src ? WORD_DST : WORD_SRC)) {
		qualifiers->direction = is_and ? DIRECTION_BOTH : DIRECTION_ANY;
		p->token += 2;
	}
}

/* type = "host" | "net" | "port" | "portrange" | "proto" | "protochain" | "gateway", which takes no direction */
static void parse_type(struct parser *p, struct qualifiers *qualifiers)
{
	static const uint8_t types[] = { WORD_HOST, WORD_NET, WORD_PORT, WORD_PORTRANGE, WORD_PROTO, WORD_PROTOCHAIN,
	                                 WORD_GATEWAY };
	const size_t count = RT_COUNT(types) - qualifiers->has_direction;
	qualifiers->type = WORD_NONE;
	for (size_t i = 0; i < count; i++) {
		if (is_word(p->token, types[i])) {
			qualifiers->type = types[i];
			p->token++;
			return;
		}
	}
}

/* What stands behind a word of its own. */
enum argument {
	ARGUMENT_NONE, ARGUMENT_NUMBER, ARGUMENT_NUMBER_OR_NOT, ARGUMENT_NUMBERS_OR_NOT, ARGUMENT_NAME, ARGUMENT_NAME_OR_NOT
};

/* number = NUMBER | "(" number ")" */
static bool parse_number(struct parser *p, const struct token **number)
{
	const struct token *token = p->token;
	uint32_t depth = 0;
	while (is_symbol(token, '('))
		token++, depth++;
	*number = token;
	if (token->kind != TOKEN_NUMBER)
		return false;
	for (token++; depth && is_symbol(token, ')'); depth--)
		token++;
	if (depth)
		return false;
	p->token = token;
	return true;
}

/* numbers = set; its items hang below the word */
static bool parse_numbers(struct parser *p, struct node *node)
{
	const struct qualifiers qualifiers = { .type = node->token->word->id };
	const struct node *set = parse_set(p, &qualifiers);
	node->child = set ? set->child : NULL;
	node->is_set = true;
	return set;
}

/* A name here may be spelled like a word: llc rnr. */
static bool parse_argument(struct parser *p, struct node *node, enum argument argument)
{
	const struct token *token = p->token;
	if (argument == ARGUMENT_NONE)
		return true;
	const bool may_be_set = argument == ARGUMENT_NUMBERS_OR_NOT;
	if (may_be_set && is_symbol(token, '{'))
		return parse_numbers(p, node);
	if (argument == ARGUMENT_NUMBER || argument == ARGUMENT_NUMBER_OR_NOT || may_be_set) {
		if (parse_number(p, &node->argument))
			return true;
		node->argument = NULL;
	} else if (token->kind == TOKEN_NAME || (argument == ARGUMENT_NAME && token->kind == TOKEN_NUMBER) ||
	           (is_word(token, WORD_RNR) && argument == ARGUMENT_NAME_OR_NOT)) {
		node->argument = p->token++;
		return true;
	}
	if (argument == ARGUMENT_NUMBER_OR_NOT || argument == ARGUMENT_NAME_OR_NOT || may_be_set)
		return true;
	parse_unexpected(p);
	return false;
}

static struct node *parse_word(struct parser *p, const struct word *proto, enum argument argument)
{
	struct node *node = parse_node(p, NODE_WORD);
	if (!node)
		return NULL;
	node->qualifiers.proto = proto;
	p->token++;
	p->carried.is_set = false;
	return parse_argument(p, node, argument) ? node : NULL;
}

/* byte = "byte" number ( "=" | "<" | ">" | "&" | "|" ) number */
static struct node *parse_byte(struct parser *p)
{
	struct node *node = parse_word(p, NULL, ARGUMENT_NUMBER);
	if (!node)
		return NULL;
	const struct token *token = p->token;
	if (token->kind != TOKEN_SYMBOL || !token->symbol || token->symbol > 127 || !strchr("=<>&|", token->symbol))
		return parse_unexpected(p);
	node->relation = p->token++->symbol;
	if (!parse_number(p, &node->second))
		return parse_unexpected(p);
	return node;
}

/* frame = "type" name [ "subtype" name ] | "subtype" name | "dir" name: of IEEE 802.11 */
static struct node *parse_frame(struct parser *p)
{
	const bool is_type = is_word(p->token, WORD_TYPE);
	struct node *node = parse_word(p, NULL, ARGUMENT_NAME);
	if (!node || !is_type || !is_word(p->token, WORD_SUBTYPE))
		return node;
	p->token++;
	if (p->token->kind != TOKEN_NAME && p->token->kind != TOKEN_NUMBER)
		return parse_unexpected(p);
	node->second = p->token++;
	return node;
}

/* word = ( "less" | "greater" | "ifindex" ) number | byte | "inbound" | "outbound" | "pppoed"
 *      | ( "vlan" | "mpls" | "pppoes" | "geneve" | "vxlan" ) [ number ] | "llc" [ name ]
 * `*is_one` false: none of them is here. */
static struct node *parse_single(struct parser *p, bool *is_one)
{
	static const struct { uint8_t word, argument; } words[] = {
		{ WORD_LESS, ARGUMENT_NUMBER }, { WORD_GREATER, ARGUMENT_NUMBER }, { WORD_IFINDEX, ARGUMENT_NUMBER },
		{ WORD_INBOUND, ARGUMENT_NONE }, { WORD_OUTBOUND, ARGUMENT_NONE }, { WORD_PPPOED, ARGUMENT_NONE },
		{ WORD_VLAN, ARGUMENT_NUMBERS_OR_NOT }, { WORD_MPLS, ARGUMENT_NUMBER_OR_NOT },
		{ WORD_PPPOES, ARGUMENT_NUMBER_OR_NOT }, { WORD_GENEVE, ARGUMENT_NUMBER_OR_NOT },
		{ WORD_VXLAN, ARGUMENT_NUMBER_OR_NOT }, { WORD_LLC, ARGUMENT_NAME_OR_NOT },
	};
	*is_one = true;
	if (is_word(p->token, WORD_BYTE))
		return parse_byte(p);
	for (size_t i = 0; i < RT_COUNT(words); i++)
		if (is_word(p->token, words[i].word))
			return parse_word(p, NULL, (enum argument)words[i].argument);
	*is_one = false;
	return NULL;
}

/* primitive = [ protocol ] [ direction ] [ type ] ( id | set | "(" ids ")" ) | protocol
 *           | [ protocol ] ( "broadcast" | "multicast" | frame ) | word */
struct node *parse_primitive(struct parser *p)
{
	struct qualifiers qualifiers = { .is_set = true };
	const struct token *first = p->token;
	bool is_one;
	struct node *single = parse_single(p, &is_one);
	if (is_one)
		return single;
	if (is_protocol(first)) {
		qualifiers.proto = first->word;
		p->token++;
	}
	if (is_word(p->token, WORD_BROADCAST) || is_word(p->token, WORD_MULTICAST))
		return parse_word(p, qualifiers.proto, ARGUMENT_NONE);
	if (is_word(p->token, WORD_TYPE) || is_word(p->token, WORD_SUBTYPE) || is_word(p->token, WORD_DIR))
		return parse_frame(p);
	const struct token *behind = p->token;
	parse_direction(p, &qualifiers);
	parse_type(p, &qualifiers);
	if (p->token == behind) {                       /* only a protocol, or not even that */
		p->token = first;
		return qualifiers.proto ? parse_word(p, NULL, ARGUMENT_NONE) : parse_unexpected(p);
	}
	p->carried = qualifiers;
	if (is_symbol(p->token, '{'))
		return parse_set(p, &qualifiers);
	if (!is_symbol(p->token, '('))
		return parse_id(p, &qualifiers);
	p->token++;
	struct node *ids = parse_enter(p) ? parse_or(p, true) : NULL;
	if (!ids || !parse_expect(p, ')'))
		return NULL;
	parse_leave(p);
	return ids;
}
