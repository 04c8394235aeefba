/* SPDX-License-Identifier: MIT */
/* parser.c - tokens become a tree, one function a grammar rule, the rule as its comment. Knows the grammar of
 * pcap-filter(7), and how a bare id takes over the qualifiers of the one before; knows nothing of packets. */
#include <errno.h>
#include "stages.h"

struct parser {
	struct compiler *c;
	const struct token *token;       /* the next one                                              */
	struct qualifiers carried;       /* of the last primitive                                     */
	unsigned depth;
};

/* ---- helpers ------------------------------------------------------------------------------------------- */

static void *out_of_memory(struct parser *p)
{
	rt_fail(p->c->error, ENOMEM, "no memory");
	return NULL;
}

static bool is_symbol(const struct token *token, int symbol)
{
	return token->kind == TOKEN_SYMBOL && token->symbol == symbol;
}

static bool is_word(const struct token *token, enum word_id id)
{
	return token->kind == TOKEN_WORD && token->word->id == id;
}

static bool is_protocol(const struct token *token)
{
	return token->kind == TOKEN_WORD && token->word->role == ROLE_PROTOCOL;
}

static void *misplaced(struct parser *p)
{
	const struct token *token = p->token;
	if (token->kind == TOKEN_END)
		token_fail(p->c, token, "the %s ends too early", list_of(p->c, token) ? "line" : "expression");
	else if (token->kind == TOKEN_WORD && token->word->role == ROLE_ELSEWHERE)
		token_fail(p->c, token, "\"%s\" is only for %s links", token->word->spelling, token->word->alias_of);
	else
		token_fail(p->c, token, "\"%.*s\" is not expected here", (int)token->length, p->c->text + token->at);
	return NULL;
}

/* Something else should stand here. */
static void *unexpected(struct parser *p)
{
	const struct token *token = p->token;
	if (token->kind == TOKEN_STRING) {
		token_fail(p->c, token, "a string can only be compared with a field");
		return NULL;
	}
	if (token->kind != TOKEN_FILE || list_of(p->c, token))
		return misplaced(p);
	token_fail(p->c, token, "a file can only stand in a set: {%.*s}", (int)token->length, p->c->text + token->at);
	return NULL;
}

static bool expect(struct parser *p, int symbol)
{
	if (!is_symbol(p->token, symbol)) {
		misplaced(p);
		return false;
	}
	p->token++;
	return true;
}

static void *too_deep(struct parser *p, const struct token *token)
{
	token_fail(p->c, token, "nested deeper than %d levels", FILTER_DEPTH_MAX);
	return NULL;
}

/* Every rule that leads back to itself goes through here, and through `leave`. */
static bool enter(struct parser *p)
{
	if (p->depth < FILTER_DEPTH_MAX) {
		p->depth++;
		return true;
	}
	too_deep(p, p->token);
	return false;
}

static void leave(struct parser *p) { p->depth--; }

static struct node *node_new(struct parser *p, enum node_kind kind)
{
	struct node *node = rt_arena_get(&p->c->scratch, sizeof *node);
	if (!node)
		return out_of_memory(p);
	node->kind = (uint8_t)kind;
	node->token = p->token;
	return node;
}

static struct expr *expr_new(struct parser *p, enum expr_kind kind)
{
	struct expr *expr = rt_arena_get(&p->c->scratch, sizeof *expr);
	if (!expr)
		return out_of_memory(p);
	expr->kind = (uint8_t)kind;
	expr->token = p->token;
	return expr;
}

/* ---- arithmetic ------------------------------------------------------------------------------------------ */

static const struct { uint16_t symbol; uint8_t priority; } operators[] = {
	{ '|', 1 }, { '&', 1 }, { '^', 1 }, { SYMBOL_SHIFT_LEFT, 2 }, { SYMBOL_SHIFT_RIGHT, 2 },
	{ '+', 3 }, { '-', 3 }, { '*', 4 }, { '/', 4 }, { '%', 4 },
};

static unsigned priority_of(const struct token *token)
{
	for (size_t i = 0; i < RT_COUNT(operators); i++)
		if (is_symbol(token, operators[i].symbol))
			return operators[i].priority;
	return 0;
}

static bool is_relation(const struct token *token)
{
	static const uint16_t relations[] = { '=', '<', '>', SYMBOL_NOT_EQUAL, SYMBOL_LESS_EQUAL, SYMBOL_GREATER_EQUAL };
	for (size_t i = 0; i < RT_COUNT(relations); i++)
		if (is_symbol(token, relations[i]))
			return true;
	return false;
}

static struct expr *parse_expr(struct parser *p, unsigned priority);

/* size = ":" ( "1" | "2" | "4" ) */
static bool parse_size(struct parser *p, struct expr *load)
{
	load->size = 1;
	if (!is_symbol(p->token, ':'))
		return true;
	p->token++;
	const uint32_t size = p->token->number;
	if (p->token->kind != TOKEN_NUMBER || (size != 1 && size != 2 && size != 4)) {
		token_fail(p->c, p->token, "the size must be 1, 2 or 4");
		return false;
	}
	load->size = (uint8_t)size;
	p->token++;
	return true;
}

/* load = protocol "[" expr [ size ] "]" */
static struct expr *parse_load(struct parser *p)
{
	struct expr *load = expr_new(p, EXPR_LOAD);
	if (!load)
		return NULL;
	load->base = p->token++->word;
	if (!expect(p, '[') || !(load->left = parse_expr(p, 0)) || !parse_size(p, load) || !expect(p, ']'))
		return NULL;
	load->depth = (uint16_t)(load->left->depth + 1);
	return load;
}

static bool has_dot(const struct parser *p, const struct token *token)
{
	return token->kind == TOKEN_NAME && memchr(p->c->text + token->at, '.', token->length);
}

static struct expr *parse_field_operand(struct parser *p)
{
	struct expr *expr = expr_new(p, EXPR_FIELD);
	if (!expr || !(expr->field = field_find(p->c, p->token)))
		return NULL;
	p->token++;
	return expr;
}

/* unary = "-" unary | "(" expr ")" | number | constant | "len" | load | field */
static struct expr *parse_unary(struct parser *p)
{
	const struct token *token = p->token;
	struct expr *expr = NULL;
	if (is_symbol(token, '-')) {
		expr = expr_new(p, EXPR_NEGATE);
		p->token++;
		if (!expr || !enter(p) || !(expr->left = parse_unary(p)))
			return NULL;
		expr->depth = (uint16_t)(expr->left->depth + 1);
		leave(p);
		return expr;
	}
	if (is_symbol(token, '(')) {
		p->token++;
		if (!enter(p) || !(expr = parse_expr(p, 0)) || !expect(p, ')'))
			return NULL;
		leave(p);
		return expr;
	}
	if (is_protocol(token))
		return parse_load(p);
	if (has_dot(p, token))
		return parse_field_operand(p);
	const bool is_constant = token->kind == TOKEN_WORD && token->word->role == ROLE_CONSTANT;
	if (!is_constant && token->kind != TOKEN_NUMBER && !is_word(token, WORD_LEN))
		return unexpected(p);
	expr = expr_new(p, is_word(token, WORD_LEN) ? EXPR_LEN : EXPR_NUMBER);
	if (expr)
		expr->number = is_constant ? token->word->number : token->number;
	p->token++;
	return expr;
}

/* expr = unary { operator unary }, the operators by priority. The grammar of libpcap gives % and ^ no priority:
 * there they take the unary on their left and all the rest on their right. */
static struct expr *parse_expr(struct parser *p, unsigned priority)
{
	if (!enter(p))
		return NULL;
	struct expr *left = parse_unary(p);
	for (unsigned of; left && (of = priority_of(p->token)) != 0; ) {
		const bool is_odd = p->c->options.is_pcap && (is_symbol(p->token, '%') || is_symbol(p->token, '^'));
		if (of <= priority && !is_odd)
			break;
		struct expr *binary = expr_new(p, EXPR_BINARY);
		if (!binary)
			return NULL;
		binary->op = p->token++->symbol;
		binary->left = left;
		binary->right = parse_expr(p, is_odd ? 0 : of);
		if (!binary->right)
			return NULL;
		binary->depth = (uint16_t)((left->depth > binary->right->depth ? left : binary->right)->depth + 1);
		if (binary->depth > FILTER_DEPTH_MAX)
			return too_deep(p, binary->token);
		left = binary;
	}
	leave(p);
	return left;
}

/* Behind the last token. */
static uint32_t end_of_text(const struct parser *p) { return p->token[-1].at + p->token[-1].length; }

/* relation = expr ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) expr */
static struct node *parse_relation(struct parser *p)
{
	struct node *node = node_new(p, NODE_RELATION);
	if (!node || !(node->left = parse_expr(p, 0)))
		return NULL;
	if (!is_relation(p->token))
		return unexpected(p);
	node->relation = p->token++->symbol;
	node->right = parse_expr(p, 0);
	p->carried.is_set = false;
	node->end = end_of_text(p);
	return node->right ? node : NULL;
}

static bool is_arithmetic_behind(const struct token *token) { return priority_of(token) || is_relation(token); }

/* Does a relation begin here? A "(" belongs to arithmetic when an operator stands behind its ")". */
static bool starts_relation(const struct parser *p)
{
	const struct token *token = p->token;
	if (is_symbol(token, '('))
		return is_arithmetic_behind(&p->c->tokens[token->match] + 1);
	if (token->kind == TOKEN_NUMBER || token_is_field(p->c, token, false))
		return is_arithmetic_behind(token + 1);
	if (has_dot(p, token))
		return is_relation(token + 1);
	if (token->kind == TOKEN_WORD && (token->word->role == ROLE_CONSTANT || token->word->id == WORD_LEN))
		return true;
	return is_symbol(token, '-') || (is_protocol(token) && is_symbol(token + 1, '['));
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

static bool is_contains(const struct parser *p, const struct token *token)
{
	return token->kind == TOKEN_NAME && token_is(p->c, token, "contains");
}

/* What is no number: "GET", 10.0.0.1, who-has, tcp (but not tcp[0], tcp-syn and len). */
static bool is_value(const struct parser *p, const struct token *token)
{
	switch ((enum token_kind)token->kind) {
	case TOKEN_STRING:
	case TOKEN_IP4:
	case TOKEN_IP6:
	case TOKEN_MAC:  return true;
	case TOKEN_NAME: return !token_is_field(p->c, token, false);
	case TOKEN_WORD: return token->word->role != ROLE_CONSTANT && token->word->id != WORD_LEN && !is_symbol(token + 1, '[');
	default:         return false;
	}
}

/* Nothing more belongs to what stands in front. */
static bool is_end(const struct token *token)
{
	return token->kind == TOKEN_END || is_symbol(token, ')') || is_word(token, WORD_AND) || is_word(token, WORD_OR);
}

/* Does a field stand here that no arithmetic is done with? Where a bare id may stand as well (host a or dns.id), it is
 * that, unless it is written as in the tables; --pcap-filter: it always is. */
static bool starts_field(const struct parser *p, bool may_be_bare)
{
	const struct token *token = p->token, *next = token + 1;
	const bool is_carried = may_be_bare && p->carried.is_set;
	if (is_contains(p, next))
		return token->kind == TOKEN_NAME || is_protocol(token);
	if (is_relation(next) && (has_dot(p, token) ? is_value(p, next + 1) : token_is_layer(p->c, token, false)))
		return true;
	if (is_arithmetic_behind(next) || (is_carried && p->c->options.is_pcap))
		return false;
	return token_is_field(p->c, token, is_carried) || (token_is_layer(p->c, token, is_carried) && is_end(next));
}

/* value = string | address | name [ "/" number ] */
static bool parse_value(struct parser *p, struct node *node)
{
	node->argument = p->token++;
	if (!is_symbol(p->token, '/'))
		return true;
	node->second = ++p->token;
	if (p->token->kind != TOKEN_NUMBER) {
		unexpected(p);
		return false;
	}
	p->token++;
	return true;
}

/* field = name [ relation value ] | ( name | protocol ) "contains" string: names of the protocol tables */
static struct node *parse_field(struct parser *p)
{
	struct node *node = node_new(p, NODE_FIELD);
	if (!node || !(node->field = field_find(p->c, p->token)))
		return NULL;
	p->token++;
	p->carried.is_set = false;
	if (is_contains(p, p->token)) {
		node->relation = SYMBOL_CONTAINS;
		node->argument = ++p->token;
		if (p->token->kind != TOKEN_STRING) {
			token_fail(p->c, p->token, "a string such as \"GET\" must stand behind \"contains\"");
			return NULL;
		}
		p->token++;
	} else if (is_relation(p->token)) {
		node->relation = p->token++->symbol;
		if (!parse_value(p, node))
			return NULL;
	}
	node->end = end_of_text(p);
	return node;
}

/* ---- primitives --------------------------------------------------------------------------------------------- */

static bool is_id(const struct token *token)
{
	return token->kind == TOKEN_NAME || token->kind == TOKEN_NUMBER || token->kind == TOKEN_IP4 ||
	       token->kind == TOKEN_IP6 || token->kind == TOKEN_MAC;
}

/* id = name | number | mac | address [ "/" number | "mask" address ] */
static struct node *parse_id(struct parser *p, const struct qualifiers *qualifiers)
{
	/* behind "proto", a protocol may also stand as it is */
	const bool is_number_of = (qualifiers->type == WORD_PROTO || qualifiers->type == WORD_PROTOCHAIN) &&
	                          is_protocol(p->token);
	if (!is_id(p->token) && !is_number_of)
		return unexpected(p);
	struct node *node = node_new(p, NODE_ID);
	if (!node)
		return NULL;
	node->qualifiers = *qualifiers;
	p->token++;
	const bool is_net = node->token->kind == TOKEN_IP4 || node->token->kind == TOKEN_IP6 || qualifiers->type == WORD_NET;
	if (is_net && (is_symbol(p->token, '/') || is_word(p->token, WORD_MASK))) {
		const bool is_slash = is_symbol(p->token++, '/');
		if (p->token->kind != TOKEN_NUMBER && (is_slash || p->token->kind != TOKEN_IP4))
			return unexpected(p);
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
	return !item || p->token->kind == TOKEN_END ? item : misplaced(p);
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
static struct node *parse_set(struct parser *p, const struct qualifiers *qualifiers)
{
	struct node *set = node_new(p, NODE_OR);
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
	return expect(p, '}') ? set : NULL;
}

static struct node *parse_or(struct parser *p, bool may_be_bare);

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
	unexpected(p);
	return false;
}

static struct node *parse_word(struct parser *p, const struct word *proto, enum argument argument)
{
	struct node *node = node_new(p, NODE_WORD);
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
		return unexpected(p);
	node->relation = p->token++->symbol;
	if (!parse_number(p, &node->second))
		return unexpected(p);
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
		return unexpected(p);
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
static struct node *parse_primitive(struct parser *p)
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
		return qualifiers.proto ? parse_word(p, NULL, ARGUMENT_NONE) : unexpected(p);
	}
	p->carried = qualifiers;
	if (is_symbol(p->token, '{'))
		return parse_set(p, &qualifiers);
	if (!is_symbol(p->token, '('))
		return parse_id(p, &qualifiers);
	p->token++;
	struct node *ids = enter(p) ? parse_or(p, true) : NULL;
	if (!ids || !expect(p, ')'))
		return NULL;
	leave(p);
	return ids;
}

/* ---- and, or, not ---------------------------------------------------------------------------------------------- */

/* operand = "not" operand | "(" expression ")" | field | relation | primitive | id */
static struct node *parse_operand(struct parser *p, bool may_be_bare)
{
	struct node *node = NULL;
	if (is_word(p->token, WORD_NOT)) {
		if (!enter(p) || !(node = node_new(p, NODE_NOT)))
			return NULL;
		p->token++;
		node->child = parse_operand(p, may_be_bare);
		leave(p);
		if (!node->child)
			return NULL;
		node->depth = (uint16_t)(node->child->depth + 1);
		return node->depth > FILTER_DEPTH_MAX ? too_deep(p, node->token) : node;
	}
	if (starts_field(p, may_be_bare))
		return parse_field(p);
	if (starts_relation(p))
		return parse_relation(p);
	if (is_symbol(p->token, '(')) {
		p->token++;
		if (!enter(p) || !(node = parse_or(p, may_be_bare)) || !expect(p, ')'))
			return NULL;
		leave(p);
		return node;
	}
	const bool is_set = is_symbol(p->token, '{');
	if (!is_id(p->token) && !is_set)
		return parse_primitive(p);
	if (may_be_bare && p->carried.is_set)
		return is_set ? parse_set(p, &p->carried) : parse_id(p, &p->carried);
	token_fail(p->c, p->token, "\"%.*s\" needs a word in front of it, such as host, net or port",
	           (int)p->token->length, p->c->text + p->token->at);
	return NULL;
}

/* Chains of the same operator are one node, however long. */
static struct node *join(struct parser *p, struct node *left, enum node_kind kind, const struct token *token,
                         struct node *right)
{
	if (left->kind != kind || left->is_set) {
		struct node *node = node_new(p, kind);
		if (!node)
			return NULL;
		node->token = token;
		node->child = node->last = left;
		node->depth = (uint16_t)(left->depth + 1);
		left = node;
	}
	if (right->depth >= left->depth)
		left->depth = (uint16_t)(right->depth + 1);
	left->last = left->last->next = right;
	return left->depth > FILTER_DEPTH_MAX ? too_deep(p, token) : left;
}

/* expression = operand { ( "and" | "or" ) operand }: the same priority, from left to right */
static struct node *parse_or(struct parser *p, bool may_be_bare)
{
	struct node *left = parse_operand(p, may_be_bare);
	while (left && (is_word(p->token, WORD_AND) || is_word(p->token, WORD_OR))) {
		const struct token *token = p->token++;
		struct node *right = parse_operand(p, true);
		left = right ? join(p, left, is_word(token, WORD_AND) ? NODE_AND : NODE_OR, token, right) : NULL;
	}
	return left;
}

int parser_run(struct compiler *c, struct node **tree)
{
	struct parser parser = { .c = c, .token = c->tokens };
	*tree = NULL;
	if (parser.token->kind == TOKEN_END)
		return 0;
	*tree = parse_or(&parser, false);
	if (*tree && parser.token->kind == TOKEN_END)
		return 0;
	if (*tree)
		unexpected(&parser);
	*tree = NULL;
	return c->error->code == ENOMEM ? -ENOMEM : -EINVAL;
}
