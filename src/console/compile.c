/* SPDX-License-Identifier: MIT */
/* compile.c - the tree of statements becomes instructions: assignments, functions, imports; and the whole way from a
 * text to a function. */
#include "tree.h"

static void compile_statement(struct compiler *c, const struct node *node);

void compile_body(struct compiler *c, const struct node *node)
{
	for (; node && !c->has_failed; node = node->next)
		compile_statement(c, node);
}

void *statement_fail(struct compiler *c, const struct node *node, const char *what)
{
	if (!c->has_failed)
		syntax_error(c->source, RT_SyntaxError, node->place, "%s", what);
	c->has_failed = true;
	return NULL;
}

/* ---- assignments -------------------------------------------------------------------------------------- */

static void compile_slice_parts(struct compiler *c, const struct node *slice)
{
	const struct node *parts[3] = { slice->a, slice->b, slice->c };
	for (int i = 0; i < 3; i++) {
		if (parts[i])
			compile_expression(c, parts[i]);
		else
			emit_const(c, rt_none());
	}
}

/* What a target is a part of, and which part. */
static void compile_item_parts(struct compiler *c, const struct node *target)
{
	compile_expression(c, target->a);
	if (target->kind != NODE_ITEM)
		return;
	if (target->b->kind == NODE_SLICE)
		compile_slice_parts(c, target->b);
	else
		compile_expression(c, target->b);
}

static unsigned count_parts(const struct node *list)
{
	unsigned count = 0;
	for (; list; list = list->next)
		count++;
	return count;
}

static void compile_unpack(struct compiler *c, const struct node *target)
{
	c->place = target->place;
	emit(c, OP_UNPACK, 0, count_parts(target->a));
	for (const struct node *part = target->a; part; part = part->next)
		compile_store(c, part);
}

void compile_store(struct compiler *c, const struct node *target)
{
	const bool is_slice = target->kind == NODE_ITEM && target->b->kind == NODE_SLICE;
	c->place = target->place;
	if (target->kind == NODE_NAME) {
		emit_name(c, target, USE_STORE);
	} else if (target->kind == NODE_TUPLE || target->kind == NODE_LIST) {
		compile_unpack(c, target);
	} else {
		compile_item_parts(c, target);
		c->place = target->place;
		if (target->kind == NODE_ATTRIBUTE)
			emit(c, OP_SET_ATTRIBUTE, 0, emit_site(c, target->value));
		else
			emit(c, is_slice ? OP_SET_SLICE : OP_SET_ITEM, 0, 0);
	}
}

static void compile_assign(struct compiler *c, const struct node *node)
{
	compile_expression(c, node->b);
	for (const struct node *target = node->a; target; target = target->next) {
		if (target->next)
			emit(c, OP_COPY, 0, 0);
		compile_store(c, target);
	}
}

static void emit_operator(struct compiler *c, const struct node *node)
{
	c->place = node->place;
	if (node->op == '+' || node->op == '-')
		emit(c, node->op == '+' ? OP_ADD : OP_SUBTRACT, 1, 0);
	else
		emit(c, OP_BINARY, node->op, 1);
}

/* a.b += c and a[b] += c: a and b are computed once. */
static void compile_augment_part(struct compiler *c, const struct node *node)
{
	const struct node *target = node->a;
	const bool is_item = target->kind == NODE_ITEM;
	if (is_item && target->b->kind == NODE_SLICE) {
		statement_fail(c, target, "there is no augmented assignment to slices here");
		return;
	}
	compile_item_parts(c, target);
	emit(c, is_item ? OP_COPY2 : OP_COPY, 0, 0);
	c->place = target->place;
	emit(c, is_item ? OP_ITEM : OP_ATTRIBUTE, 0, is_item ? 0 : emit_site(c, target->value));
	compile_expression(c, node->b);
	emit_operator(c, node);
	emit(c, is_item ? OP_SINK : OP_SWAP, 0, 0);
	c->place = target->place;
	emit(c, is_item ? OP_SET_ITEM : OP_SET_ATTRIBUTE, 0, is_item ? 0 : emit_site(c, target->value));
}

static void compile_augment(struct compiler *c, const struct node *node)
{
	if (node->a->kind != NODE_NAME) {
		compile_augment_part(c, node);
		return;
	}
	c->place = node->a->place;
	emit_name(c, node->a, USE_LOAD);
	compile_expression(c, node->b);
	emit_operator(c, node);
	c->place = node->a->place;
	emit_name(c, node->a, USE_STORE);
}

static void compile_delete(struct compiler *c, const struct node *target)
{
	c->place = target->place;
	if (target->kind == NODE_NAME) {
		emit_name(c, target, USE_DELETE);
	} else if (target->kind == NODE_TUPLE || target->kind == NODE_LIST) {
		for (const struct node *part = target->a; part; part = part->next)
			compile_delete(c, part);
	} else if (target->kind == NODE_ATTRIBUTE) {
		statement_fail(c, target, "attributes cannot be deleted here");
	} else {
		compile_item_parts(c, target);
		c->place = target->place;
		emit(c, target->b->kind == NODE_SLICE ? OP_DEL_SLICE : OP_DEL_ITEM, 0, 0);
	}
}

/* ---- functions, imports ------------------------------------------------------------------------------- */

static bool has_rest(const struct node *param)
{
	while (param && !param->op)
		param = param->next;
	return param;
}

/* DEF, LAMBDA or GENERATOR: its code, with the place for a `return None` behind the last statement. */
static struct code *compile_code(struct compiler *outer, const struct node *node, struct rt_any name)
{
	struct compiler c;
	if (!compiler_open(&c, outer->source, node->scope, name))
		return NULL;
	c.place = node->place;
	c.code->is_spread = node->kind != NODE_GENERATOR && has_rest(node->a);
	emit_cells(&c, node->scope);
	if (node->kind == NODE_LAMBDA) {
		compile_expression(&c, node->b);
		emit(&c, OP_RETURN, 0, 0);
		return c.has_failed ? NULL : c.code;
	}
	if (node->kind == NODE_GENERATOR) {
		emit(&c, OP_LOCAL, 0, 0);
		compile_clauses(&c, node->b, node, 0);
	} else {
		compile_body(&c, node->b);
	}
	emit_const(&c, rt_none());
	emit(&c, OP_RETURN, 0, 0);
	return c.has_failed ? NULL : c.code;
}

void compile_function(struct compiler *c, const struct node *node)
{
	struct source *source = c->source;
	unsigned defaults = 0;
	if (c->has_failed)
		return;
	for (const struct node *param = node->kind == NODE_GENERATOR ? NULL : node->a; param; param = param->next) {
		if (param->a) {
			compile_expression(c, param->a);
			defaults++;
		}
	}
	struct rt_any name = node->kind == NODE_DEF    ? node->value
	                   : node->kind == NODE_LAMBDA ? text_of(source->s, &rt_type_str, "<lambda>", 8)
	                                               : text_of(source->s, &rt_type_str, "<genexpr>", 9);
	struct code *code = is_nothing(name) || c->has_failed ? NULL : compile_code(c, node, name);
	if (!code) {
		c->has_failed = true;
		return;
	}
	c->place = node->place;
	emit(c, OP_FUNCTION, defaults, emit_constant(c, rt_any_of(&code->head)));
}

/* Names that are imported must be known already, or get another name. */
static void compile_import(struct compiler *c, const struct node *node)
{
	if (!node->op || strcmp(as_text(node->value)->bytes, "scapy") != 0) {
		emit(c, OP_IMPORT, 0, emit_constant(c, node->value));
		return;
	}
	for (const struct node *name = node->b; name; name = name->next) {
		if (name->kind == NODE_ASSIGN) {
			compile_assign(c, name);
			continue;
		}
		compile_expression(c, name->a);
		emit(c, OP_POP, 0, 0);
	}
}

/* ---- any statement ------------------------------------------------------------------------------------ */

static void compile_expression_statement(struct compiler *c, const struct node *node)
{
	const bool is_echo = c->scope->is_module && (c->source->flags & RT_SCRIPT_ECHO);
	if (node->a->kind == NODE_CONST && !is_echo)
		return;
	compile_expression(c, node->a);
	c->place = node->place;
	emit(c, is_echo ? OP_ECHO : OP_POP, 0, 0);
}

static void compile_statement(struct compiler *c, const struct node *node)
{
	c->place = node->place;
	switch (node->kind) {
	case NODE_EXPRESSION: compile_expression_statement(c, node); break;
	case NODE_ASSIGN:     compile_assign(c, node); break;
	case NODE_AUGMENT:    compile_augment(c, node); break;
	case NODE_IF:         compile_if(c, node); break;
	case NODE_WHILE:      compile_while(c, node); break;
	case NODE_FOR:        compile_for(c, node); break;
	case NODE_DEF:
		compile_function(c, node);
		emit_name(c, node->c, USE_STORE);
		break;
	case NODE_RETURN:     compile_return(c, node); break;
	case NODE_BREAK:
	case NODE_CONTINUE:   compile_break(c, node); break;
	case NODE_DEL:        compile_delete(c, node->a); break;
	case NODE_TRY:        compile_try(c, node); break;
	case NODE_RAISE:      compile_raise(c, node); break;
	case NODE_ASSERT:     compile_assert(c, node); break;
	case NODE_IMPORT:     compile_import(c, node); break;
	}
}

/* ---- text to function --------------------------------------------------------------------------------- */

void *syntax_error(struct source *source, enum rt_trouble what, struct place place, const char *format, ...)
{
	struct rt_script *s = source->s;
	char memory[256];
	struct rt_text text;
	va_list args;
	va_start(args, format);
	rt_text_init(&text, memory, sizeof memory, -1);
	rt_put_vformat(&text, format, args);
	va_end(args);
	rt_raise(s, what, "%.*s", (int)rt_text_length(&text), memory);
	if (s->raised.type == &type_of_trouble[what]) {
		struct exception *exception = as_exception(s->raised);
		exception->file = source->file;
		exception->line = place.line;
		exception->column = place.column;
	}
	return NULL;
}

/* For the tree. What a text before left behind, one that ran out of memory above all, goes first. */
static size_t memory_left(struct rt_script *s)
{
	if (s->heap.used > s->heap.limit / 2)
		heap_collect(s);
	return s->heap.used < s->heap.limit ? s->heap.limit - s->heap.used : 1;
}

/* The tree, with its names resolved. NULL without an error: the text is empty. */
static struct node *read_text(struct source *source, const char *text, size_t size, struct scope *scope)
{
	static const struct place top = { 1, 1 };
	struct parser parser = { .source = source };
	source->s->is_early = false;
	if (size > SIZE_LIMIT)
		return syntax_error(source, RT_SyntaxError, top, "the text is too long");
	if (memchr(text, '\0', size))
		return syntax_error(source, RT_SyntaxError, top, "source code cannot contain null bytes");
	if (!utf8_is_valid(text, size))
		return syntax_error(source, RT_SyntaxError, top, "the text is not UTF-8");
	lexer_open(&parser.lexer, source, text, size);
	struct node *module = parse_module(&parser);
	return module && scope_resolve(source, module, scope) ? module : NULL;
}

static struct rt_any compile_source(struct source *source, const char *text, size_t size)
{
	struct rt_script *s = source->s;
	struct scope scope = { .is_module = true };
	struct compiler c;
	struct node *module = read_text(source, text, size, &scope);
	struct rt_any name = rt_failed(s) ? rt_nothing() : text_of(s, &rt_type_str, "<module>", 8);
	if (is_nothing(name) || !compiler_open(&c, source, &scope, name))
		return rt_nothing();
	compile_body(&c, module);
	emit_const(&c, rt_none());
	emit(&c, OP_RETURN, 0, 0);
	if (c.has_failed)
		return rt_nothing();
	struct function *function = (struct function *)(void *)rt_object_new(s, &type_function, sizeof *function);
	if (!function)
		return rt_nothing();
	function->code = c.code;
	return rt_any_of(&function->head);
}

struct rt_any compile_text(struct rt_script *s, const char *text, size_t size, const char *file, unsigned flags)
{
	struct source source = { .s = s, .arena = { .limit = memory_left(s) }, .flags = flags };
	source.file = rt_str(s, file, strlen(file));
	struct rt_any function = is_nothing(source.file) ? rt_nothing() : compile_source(&source, text, size);
	rt_arena_free(&source.arena);
	return function;
}

static bool has_block(const struct node *node)
{
	while (node && node->next)
		node = node->next;
	return node && (node->kind == NODE_IF || node->kind == NODE_WHILE || node->kind == NODE_FOR ||
	                node->kind == NODE_DEF || node->kind == NODE_TRY);
}

/* A block ends with an empty line. */
static bool ends_empty(const char *text, size_t size)
{
	size_t lines = 0;
	for (; size; size--) {
		if (text[size - 1] == '\n' && ++lines == 2)
			return true;
		if (text[size - 1] != '\n' && text[size - 1] != ' ' && text[size - 1] != '\t' && text[size - 1] != '\r')
			return false;
	}
	return true;
}

bool compile_wants_more(struct rt_script *s, const char *text, size_t size)
{
	struct source source = { .s = s, .arena = { .limit = memory_left(s) } };
	struct scope scope = { .is_module = true };
	source.file = rt_none();
	struct node *module = read_text(&source, text, size, &scope);
	const bool wants_more = rt_failed(s) ? s->is_early : has_block(module) && !ends_empty(text, size);
	s->raised = rt_nothing();
	rt_arena_free(&source.arena);
	return wants_more;
}
