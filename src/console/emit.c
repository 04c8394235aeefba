/* SPDX-License-Identifier: MIT */
/* emit.c - the compiler's hand: appends instructions to a function's code, with their places in the text, their
 * constants and what they do to the depth of the stack; joins jumps with where they go. Knows nothing of the tree but
 * names. */
#include "tree.h"

#define VARIES 99
#define CONSTS_SEARCHED 200      /* the latest constants, of which an equal one is used again            */

static const int8_t effects[] = {
#define OP(name, effect, step) effect,
#include "code.def"
#undef OP
};

static int effect_of(enum opcode op, unsigned a, size_t b)
{
	const int count = (int)b;
	switch (op) {
	case OP_CALL:
	case OP_CALL_METHOD:
	case OP_ASSERT:   return -(int)a;
	case OP_CALL_SPREAD: return -1 - (int)a;
	case OP_FUNCTION: return 1 - (int)a;
	case OP_TUPLE:    return a ? 0 : 1 - count;
	case OP_LIST:
	case OP_SET:
	case OP_JOIN:     return 1 - count;
	case OP_DICT:     return 1 - 2 * count;
	case OP_UNPACK:   return count - 1;
	case OP_FORMAT:   return -count;
	default:          return effects[op];
	}
}

static void emit_fail(struct compiler *c, const char *what)
{
	if (!c->has_failed)
		syntax_error(c->source, RT_SyntaxError, c->place, "%s", what);
	c->has_failed = true;
}

/* Room for one more of `size` bytes in an array of the code object. */
static void *grow(struct compiler *c, void *array, uint32_t count, uint32_t *room, size_t size)
{
	if (count < *room)
		return array;
	const uint32_t more = *room ? *room * 2 : 8;
	void *grown = heap_resize(c->source->s, array, *room * size, more * size);
	if (!grown) {
		c->has_failed = true;
		return NULL;
	}
	*room = more;
	return grown;
}

static bool room_for_instruction(struct compiler *c)
{
	struct code *code = c->code;
	uint32_t room = code->room;
	if (code->count + 1 >= NO_JUMP) {
		emit_fail(c, "too much code in one function");
		return false;
	}
	void *instructions = grow(c, code->instructions, code->count, &room, sizeof *code->instructions);
	if (!instructions)
		return false;
	code->instructions = instructions;
	void *places = grow(c, code->places, code->count, &code->room, sizeof *code->places);
	if (!places) {          /* both have the same room, or their sizes are lost */
		code->instructions = heap_resize(c->source->s, instructions, room * sizeof *code->instructions,
		                                 code->room * sizeof *code->instructions);
		return false;
	}
	code->places = places;
	return true;
}

void emit(struct compiler *c, enum opcode op, unsigned a, size_t b)
{
	if (c->has_failed || !room_for_instruction(c))
		return;
	if (a > UINT8_MAX || b > UINT16_MAX) {
		emit_fail(c, a > UINT8_MAX ? "more than 255 arguments" : "too many parts in one function");
		return;
	}
	const uint32_t column = c->place.column < 4095 ? c->place.column : 4095;
	c->code->places[c->code->count] = c->place.line << 12 | column;
	c->code->instructions[c->code->count++] = (struct instruction){ (uint8_t)op, (uint8_t)a, (uint16_t)b };
	c->depth = (uint32_t)((int)c->depth + effect_of(op, a, b));
	if (c->depth > c->code->depth)
		c->code->depth = (uint16_t)c->depth;
	if (c->depth > INT16_MAX)
		emit_fail(c, "too many parts in one expression");
}

/* ---- constants and sites ------------------------------------------------------------------------------ */

static bool is_equal_const(struct rt_any a, struct rt_any b)
{
	if (is_same(a, b))
		return true;
	if (a.type != b.type || (!is_str(a) && a.type != &rt_type_bytes) || as_text(a)->size != as_text(b)->size)
		return false;
	return memcmp(as_text(a)->bytes, as_text(b)->bytes, as_text(a)->size) == 0;
}

size_t emit_constant(struct compiler *c, struct rt_any value)
{
	struct code *code = c->code;
	const uint32_t searched = code->const_count < CONSTS_SEARCHED ? code->const_count : CONSTS_SEARCHED;
	for (uint32_t i = code->const_count - searched; i < code->const_count; i++)
		if (is_equal_const(code->consts[i], value))
			return i;
	void *consts = grow(c, code->consts, code->const_count, &code->const_room, sizeof *code->consts);
	if (!consts)
		return 0;
	code->consts = consts;
	code->consts[code->const_count] = value;
	return code->const_count++;
}

void emit_const(struct compiler *c, struct rt_any value)
{
	if (!c->has_failed)
		emit(c, OP_CONST, 0, emit_constant(c, value));
}

size_t emit_site(struct compiler *c, struct rt_any name)
{
	struct code *code = c->code;
	if (c->has_failed)
		return 0;
	const size_t kept = emit_constant(c, name);
	void *sites =
		c->has_failed ? NULL : grow(c, code->sites, code->site_count, &code->site_room, sizeof *code->sites);
	if (!sites)
		return 0;
	const struct text *text = as_text(code->consts[kept]);   /* lives as long as the code */
	code->sites = sites;
	code->sites[code->site_count] = (struct rt_site){ .name = text->bytes, .length = text->size };
	return code->site_count++;
}

/* ---- jumps -------------------------------------------------------------------------------------------- */

void emit_jump(struct compiler *c, enum opcode op, uint32_t *chain)
{
	emit(c, op, 0, *chain);
	if (!c->has_failed)
		*chain = c->code->count - 1;
}

void emit_target(struct compiler *c, uint32_t chain)
{
	while (chain != NO_JUMP && !c->has_failed) {
		struct instruction *jump = &c->code->instructions[chain];
		chain = jump->b;
		jump->b = (uint16_t)c->code->count;
	}
}

void emit_guard(struct compiler *c, const struct exit *exit)
{
	struct code *code = c->code;
	if (c->has_failed || exit->from == code->count)
		return;
	void *guards = grow(c, code->guards, code->guard_count, &code->guard_room, sizeof *code->guards);
	if (!guards)
		return;
	code->guards = guards;
	code->guards[code->guard_count++] = (struct guard){ .from = (uint16_t)exit->from, .to = (uint16_t)code->count,
	                                                    .handler = NO_JUMP, .depth = (uint16_t)exit->depth,
	                                                    .level = exit->level };
}

/* ---- names -------------------------------------------------------------------------------------------- */

static void emit_global(struct compiler *c, struct rt_any name, enum use use)
{
	static const uint8_t ops[] = { OP_GLOBAL, OP_SET_GLOBAL, OP_DEL_GLOBAL };
	const int slot = global_slot(c->source->s, name);
	if (slot < 0)
		c->has_failed = true;
	else
		emit(c, ops[use], 0, (size_t)slot);
}

void emit_name(struct compiler *c, const struct node *node, enum use use)
{
	static const uint8_t ops[2][3] = {
		{ OP_LOCAL, OP_SET_LOCAL, OP_DEL_LOCAL }, { OP_CELL, OP_SET_CELL, OP_DEL_CELL },
	};
	if (c->has_failed)
		return;
	const struct symbol *symbol = scope_meaning(node);
	if (!symbol)
		emit_global(c, node->value, use);
	else
		emit(c, ops[symbol->is_cell || symbol->is_taken][use], 0, symbol->slot);
}

uint16_t emit_slot(struct compiler *c)
{
	if (c->code->slots == INT16_MAX)
		emit_fail(c, "too many names in one function");
	return c->has_failed ? 0 : c->code->slots++;
}

/* A scope's variables that functions inside use. */
void emit_cells(struct compiler *c, const struct scope *scope)
{
	for (const struct symbol *symbol = scope->symbols; symbol; symbol = symbol->next)
		if (symbol->is_cell && !symbol->is_taken)
			emit(c, OP_NEW_CELL, symbol->is_param ? 0 : 1, symbol->slot);
}

/* ---- a function's code -------------------------------------------------------------------------------- */

static bool copy_captures(struct compiler *c)
{
	struct code *code = c->code;
	const struct scope *scope = c->scope;
	if (!scope->taken)
		return true;
	code->captures = heap_resize(c->source->s, NULL, 0, scope->taken * sizeof *code->captures);
	if (!code->captures)
		return false;
	for (const struct symbol *symbol = scope->symbols; symbol; symbol = symbol->next)
		if (symbol->is_taken)
			code->captures[code->capture_count++] = symbol->from->slot;
	code->capture_at = scope->taken_at;
	return true;
}

/* For messages, and for arguments by name. */
static bool copy_names(struct compiler *c)
{
	struct code *code = c->code;
	if (!c->scope->slots)
		return true;
	code->names = heap_resize(c->source->s, NULL, 0, c->scope->slots * sizeof *code->names);
	if (!code->names)
		return false;
	code->name_count = c->scope->slots;
	code->param_count = c->scope->params;
	memset(code->names, 0, code->name_count * sizeof *code->names);
	for (struct scope *scope = c->scope; scope; scope = scope->next)
		for (const struct symbol *symbol = scope->symbols; symbol && scope_owner(scope) == c->scope;
		     symbol = symbol->next)
			if (symbol->has_slot)
				code->names[symbol->slot] = symbol->name;
	return true;
}

bool compiler_open(struct compiler *c, struct source *source, struct scope *scope, struct rt_any name)
{
	struct code *code = (struct code *)(void *)rt_object_new(source->s, &type_code, sizeof *code);
	*c = (struct compiler){ .source = source, .code = code, .scope = scope };
	if (!code)
		return false;
	code->name = name;
	code->file = source->file;
	code->slots = scope->slots;
	code->is_generator = scope->is_generator;
	return copy_captures(c) && copy_names(c);
}
