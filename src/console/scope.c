/* SPDX-License-Identifier: MIT */
/* scope.c - whose is a name: a slot of the function, a cell shared with a function inside or around it, or a global?
 * The rules are Python's (reference, 4.2): who sets a name anywhere in a function owns it. A comprehension is a scope,
 * but its slots are those of the function around it; a generator expression is a function. */
#include "tree.h"

struct walk { struct source *source; struct scope *first, **last; };

/* ---- symbols ------------------------------------------------------------------------------------------ */

static struct symbol *symbol_in(const struct scope *scope, struct rt_any name)
{
	const struct text *text = as_text(name);
	for (struct symbol *symbol = scope->symbols; symbol; symbol = symbol->next)
		if (as_text(symbol->name)->size == text->size &&
		    memcmp(as_text(symbol->name)->bytes, text->bytes, text->size) == 0)
			return symbol;
	return NULL;
}

static struct symbol *symbol_get(struct source *source, struct scope *scope, struct rt_any name, struct place place)
{
	struct symbol *symbol = symbol_in(scope, name);
	if (symbol)
		return symbol;
	symbol = source_get(source, sizeof *symbol);
	if (!symbol)
		return NULL;
	symbol->name = name;
	symbol->place = place;
	*scope->last = symbol;
	scope->last = &symbol->next;
	return symbol;
}

static bool is_own(const struct symbol *symbol)
{
	return (symbol->is_set || symbol->is_param) && !symbol->is_global && !symbol->is_nonlocal;
}

struct scope *scope_owner(struct scope *scope)
{
	while (scope->is_inline)
		scope = scope->outer;
	return scope;
}

/* The symbol of this function's frame that the name means, or NULL: a global. Functions between the name and its owner
 * take the owner's cell. */
static struct symbol *find_symbol(struct source *source, struct scope *scope, struct rt_any name)
{
	if (scope->is_module)
		return NULL;
	struct symbol *symbol = symbol_in(scope, name);
	if (symbol && symbol->is_global)
		return NULL;
	if (symbol && (is_own(symbol) || symbol->is_taken))
		return symbol;
	struct symbol *outer = find_symbol(source, scope->outer, name);
	if (!outer || scope->is_inline)
		return outer;
	outer->is_cell = true;
	symbol = symbol_get(source, scope, name, outer->place);
	if (symbol) {
		symbol->is_taken = true;
		symbol->from = outer;
	}
	return symbol;
}

struct symbol *scope_meaning(const struct node *name)
{
	struct symbol *symbol = name->symbol;
	return !symbol || symbol->is_taken || is_own(symbol) ? symbol : symbol->from;
}

/* ---- the walk over the tree --------------------------------------------------------------------------- */

static bool walk_list(struct walk *w, struct scope *scope, struct node *node);

static struct scope *scope_new(struct walk *w, struct scope *outer, bool is_inline)
{
	struct scope *scope = source_get(w->source, sizeof *scope);
	if (!scope)
		return NULL;
	scope->outer = outer;
	scope->is_inline = is_inline;
	scope->last = &scope->symbols;
	*w->last = scope;
	w->last = &scope->next;
	return scope;
}

static bool walk_name(struct walk *w, struct scope *scope, struct node *node)
{
	if (scope->is_module)
		return true;
	struct symbol *symbol = symbol_get(w->source, scope, node->value, node->place);
	if (!symbol)
		return false;
	*(node->op == USE_LOAD ? &symbol->is_used : &symbol->is_set) = true;
	node->symbol = symbol;
	return true;
}

static bool walk_global(struct walk *w, struct scope *scope, struct node *node)
{
	scope = scope_owner(scope);
	if (scope->is_module)
		return node->kind == NODE_GLOBAL || syntax_error(w->source, RT_SyntaxError, node->place,
		                                                 "nonlocal declaration not allowed at module level");
	const char *what = node->kind == NODE_GLOBAL ? "global" : "nonlocal";
	for (const struct node *name = node->a; name; name = name->next) {
		struct symbol *symbol = symbol_get(w->source, scope, name->value, name->place);
		if (!symbol)
			return false;
		const char *text = as_text(name->value)->bytes;
		if (symbol->is_param)
			return syntax_error(w->source, RT_SyntaxError, node->place, "name '%s' is parameter and %s",
			                    text, what);
		if (symbol->is_set || symbol->is_used)
			return syntax_error(w->source, RT_SyntaxError, node->place, symbol->is_set
			                    ? "name '%s' is assigned to before %s declaration"
			                    : "name '%s' is used prior to %s declaration", text, what);
		*(node->kind == NODE_GLOBAL ? &symbol->is_global : &symbol->is_nonlocal) = true;
	}
	return true;
}

/* DEF and LAMBDA: defaults belong to the outside. */
static bool walk_function(struct walk *w, struct scope *outer, struct node *node)
{
	if (node->c && !walk_name(w, outer, node->c))
		return false;
	for (struct node *param = node->a; param; param = param->next)
		if (!walk_list(w, outer, param->a))
			return false;
	struct scope *scope = node->scope = scope_new(w, outer, false);
	if (!scope)
		return false;
	for (struct node *param = node->a; param; param = param->next) {
		struct symbol *symbol = symbol_get(w->source, scope, param->value, param->place);
		if (!symbol)
			return false;
		symbol->is_param = true;
		scope->params++;
	}
	return walk_list(w, scope, node->b);
}

/* The first iterable belongs to the outside. The rest is a scope; of a generator, a function with one parameter. */
static bool walk_comprehension(struct walk *w, struct scope *outer, struct node *node)
{
	struct node *first = node->b;
	if (!walk_list(w, outer, first->b))
		return false;
	struct scope *scope = node->scope = scope_new(w, outer, node->kind == NODE_COMPREHENSION);
	if (!scope)
		return false;
	if (node->kind == NODE_GENERATOR) {
		struct rt_any name = text_of(w->source->s, &rt_type_str, ".0", 2);
		struct symbol *symbol = is_nothing(name) ? NULL : symbol_get(w->source, scope, name, node->place);
		if (!symbol)
			return false;
		symbol->is_param = scope->is_generator = true;
		scope->params = 1;
	}
	return walk_list(w, scope, first->a) && walk_list(w, scope, first->next) && walk_list(w, scope, node->a);
}

static bool walk_yield(struct walk *w, struct scope *scope, struct node *node)
{
	if (scope->is_inline)
		return syntax_error(w->source, RT_SyntaxError, node->place, "'yield' inside a comprehension");
	if (scope->is_module)
		return syntax_error(w->source, RT_SyntaxError, node->place, "'yield' outside function");
	scope->is_generator = true;
	return walk_list(w, scope, node->a);
}

static bool walk_node(struct walk *w, struct scope *scope, struct node *node)
{
	switch (node->kind) {
	case NODE_CONST:         return true;
	case NODE_NAME:          return walk_name(w, scope, node);
	case NODE_GLOBAL:
	case NODE_NONLOCAL:      return walk_global(w, scope, node);
	case NODE_DEF:
	case NODE_LAMBDA:        return walk_function(w, scope, node);
	case NODE_COMPREHENSION:
	case NODE_GENERATOR:     return walk_comprehension(w, scope, node);
	case NODE_YIELD:         return walk_yield(w, scope, node);
	default:
		return walk_list(w, scope, node->a) && walk_list(w, scope, node->b) && walk_list(w, scope, node->c) &&
		       walk_list(w, scope, node->d);
	}
}

static bool walk_list(struct walk *w, struct scope *scope, struct node *node)
{
	for (; node; node = node->next)
		if (!walk_node(w, scope, node))
			return false;
	return true;
}

/* ---- slots -------------------------------------------------------------------------------------------- */

static bool resolve_symbols(struct source *source, struct scope *scope)
{
	for (struct symbol *symbol = scope->symbols; symbol; symbol = symbol->next) {
		struct symbol *meaning = find_symbol(source, scope, symbol->name);
		if (symbol->is_nonlocal && !meaning)
			return syntax_error(source, RT_SyntaxError, symbol->place, "no binding for nonlocal '%s' found",
			                    as_text(symbol->name)->bytes);
		if (!symbol->is_taken && !is_own(symbol))
			symbol->from = meaning;
	}
	return !rt_failed(source->s);
}

static bool take_slot(struct source *source, struct scope *scope, struct symbol *symbol)
{
	struct scope *owner = scope_owner(scope);
	if (owner->slots == INT16_MAX)
		return syntax_error(source, RT_SyntaxError, symbol->place, "too many names in one function");
	symbol->slot = owner->slots++;
	symbol->has_slot = true;
	return true;
}

static bool give_slots(struct source *source, struct scope *scopes)
{
	for (struct scope *scope = scopes; scope; scope = scope->next)
		for (struct symbol *symbol = scope->symbols; symbol; symbol = symbol->next)
			if (is_own(symbol) && !take_slot(source, scope, symbol))
				return false;
	for (struct scope *scope = scopes; scope; scope = scope->next) {
		scope->taken_at = scope->slots;
		for (struct symbol *symbol = scope->symbols; symbol; symbol = symbol->next)
			if (symbol->is_taken && !take_slot(source, scope, symbol))
				return false;
		scope->taken = (uint16_t)(scope->slots - scope->taken_at);
	}
	return true;
}

bool scope_resolve(struct source *source, struct node *module, struct scope *scope)
{
	struct walk walk = { .source = source, .last = &walk.first };
	*scope = (struct scope){ .is_module = true, .last = &scope->symbols };
	*walk.last = scope;
	walk.last = &scope->next;
	if (!walk_list(&walk, scope, module))
		return false;
	for (struct scope *each = walk.first; each; each = each->next)
		if (!resolve_symbols(source, each))
			return false;
	return give_slots(source, walk.first);
}
