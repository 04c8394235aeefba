/* SPDX-License-Identifier: MIT */
/* tree.h - what the stages in front of the machine hand to each other, in the order of the pipeline:
 *
 *     text -> tokens -> tree -> tree with its names resolved -> code
 *
 * Tree and scopes live in the arena of one `struct source`; nothing of it is left when the code is there. */
#ifndef RINGTAP_CONSOLE_TREE_H
#define RINGTAP_CONSOLE_TREE_H

#include "machine.h"

#define NESTING_MAX  100         /* of parentheses                                                       */
#define RULES_MAX    300         /* of all rules that lead back to themselves: two for parentheses       */
#define TREE_DEPTH   400         /* of a tree: a + b + c ... is one deeper with each                     */
#define INDENTS_MAX  64

struct place { uint32_t line, column; };         /* from 1; characters */

struct source {
	struct rt_script *s;
	struct rt_any file;
	struct rt_arena arena;
	unsigned flags;
};

/* Always NULL: raises a SyntaxError, or one of its kinds. */
void *syntax_error(struct source *source, enum rt_trouble what, struct place place, const char *format, ...)
	RT_PRINTF(4, 5);
void *source_get(struct source *source, size_t size);          /* from the arena; NULL: raised */

/* ---- tokens (lexer.c, literal.c) ---------------------------------------------------------------------- */

enum token_kind {
	TOKEN_END, TOKEN_NEWLINE, TOKEN_INDENT, TOKEN_DEDENT, TOKEN_NAME, TOKEN_NUMBER, TOKEN_STRING,
#define SIGN(spelling, id) TOKEN_##id,
#define KEYWORD(spelling, id) TOKEN_##id,
#define FOREIGN(spelling)
#include "tokens.def"
#undef SIGN
#undef KEYWORD
#undef FOREIGN
};

struct token {
	uint8_t kind;
	bool is_raw, is_bytes, is_format, is_triple;     /* STRING                                       */
	const char *at, *end;
	const char *inside;      /* STRING: where its text begins                                        */
	size_t size;             /* ... and how long it is                                               */
	uint64_t number;         /* NUMBER                                                               */
	struct place place;
};

struct lexer {
	struct source *source;
	const char *at, *end;
	const char *counted;     /* as far as `here` is known                                            */
	struct place here;
	struct { char sign; struct place place; } open[NESTING_MAX];     /* brackets                     */
	unsigned open_count;
	unsigned indents[INDENTS_MAX], tab_indents[INDENTS_MAX], indent_count;
	unsigned dedents;        /* still to be given                                                    */
	bool is_line_start, is_inside;   /* is_inside: of an f-string, where a line end means nothing    */
};

void lexer_open(struct lexer *lexer, struct source *source, const char *text, size_t size);
bool lexer_next(struct lexer *lexer, struct token *token);     /* false: raised */
struct place lexer_place(struct lexer *lexer, const char *at); /* not in front of an earlier one */
bool lexer_number(struct lexer *lexer, struct token *token);
/* Escapes of a str or bytes literal; nothing: raised. */
struct rt_any literal_text(struct lexer *lexer, const struct token *token, const char *from, size_t size);

/* ---- the tree (parser.c, small.c, expression.c, atom.c, fstring.c) ------------------------------------ */

enum node_kind {                 /* its children a, b, c, d; lists hang on `next`                        */
	NODE_CONST,              /* value                                                                */
	NODE_NAME,               /* value: str; op: enum use; symbol                                     */
	NODE_UNARY,              /* op; a                                                                */
	NODE_BINARY,             /* op; a b                                                              */
	NODE_COMPARE,            /* a; b: list of RELATION                                               */
	NODE_RELATION,           /* op: a token; a: its right side                                       */
	NODE_NOT,                /* a                                                                    */
	NODE_AND, NODE_OR,       /* a b                                                                  */
	NODE_CHOICE,             /* b if a else c                                                        */
	NODE_CALL,               /* a; b: list of arguments, KEYWORD ones last                           */
	NODE_KEYWORD,            /* value: str; a                                                        */
	NODE_STAR,               /* a: *a as an argument                                                 */
	NODE_ATTRIBUTE,          /* a; value: str                                                        */
	NODE_ITEM,               /* a; b: key, or a SLICE                                                */
	NODE_SLICE,              /* a b c, each may be NULL                                              */
	NODE_TUPLE, NODE_LIST, NODE_SET,         /* a: list                                              */
	NODE_DICT,               /* a: list of PAIR                                                      */
	NODE_PAIR,               /* a: b                                                                 */
	NODE_COMPREHENSION,      /* op: LIST, SET, DICT, or GENERATOR; a: element or PAIR; b: list of clauses; scope */
	NODE_GENERATOR,
	NODE_CLAUSE_FOR,         /* for a in b                                                           */
	NODE_CLAUSE_IF,          /* if a                                                                 */
	NODE_FSTRING,            /* a: list of CONST and FORMAT                                          */
	NODE_FORMAT,             /* a; op: 'r', 's', 'a' or 0; b: spec, an FSTRING or NULL               */
	NODE_LAMBDA,             /* a: list of PARAM; b: expression; scope                               */
	NODE_PARAM,              /* value: str; a: default or NULL; op: 1: takes the rest                */
	NODE_YIELD,              /* a or NULL                                                            */
	/* statements */
	NODE_EXPRESSION,         /* a                                                                    */
	NODE_ASSIGN,             /* a: list of targets; b                                                */
	NODE_AUGMENT,            /* op; a: target; b                                                     */
	NODE_IF,                 /* a: list of BRANCH; b: else                                           */
	NODE_BRANCH,             /* a: condition; b: body                                                */
	NODE_WHILE,              /* a; b: body; c: else                                                  */
	NODE_FOR,                /* for a in b: c; d: else                                               */
	NODE_DEF,                /* value: str; a: list of PARAM; b: body; c: NAME that is set; scope    */
	NODE_RETURN,             /* a or NULL                                                            */
	NODE_BREAK, NODE_CONTINUE, NODE_PASS,
	NODE_DEL,                /* a: list of targets                                                   */
	NODE_GLOBAL, NODE_NONLOCAL,      /* a: list of NAME                                              */
	NODE_TRY,                /* a: body; b: list of EXCEPT; c: else; d: finally                      */
	NODE_EXCEPT,             /* a: class or NULL; b: body; c: NAME or NULL                           */
	NODE_RAISE,              /* a or NULL                                                            */
	NODE_ASSERT,             /* a; b or NULL                                                         */
	NODE_IMPORT,             /* value: str                                                           */
};

enum use { USE_LOAD, USE_STORE, USE_DELETE };

struct node {
	uint8_t kind, op;
	uint16_t depth;          /* of the tree below it                                                 */
	struct place place;
	struct node *a, *b, *c, *d, *next;
	struct rt_any value;
	struct symbol *symbol;
	struct scope *scope;
};

struct parser {
	struct source *source;
	struct lexer lexer;
	struct token token;      /* the next one                                                         */
	unsigned depth;
};

struct node *parse_module(struct parser *p);            /* list of statements; NULL: raised, or empty   */
struct node *parse_expression(struct parser *p);        /* one expression, no tuple without ( )         */
struct node *parse_list(struct parser *p);              /* expressions with commas: a tuple             */
struct node *parse_targets(struct parser *p);           /* of `for`: stops in front of `in`             */
struct node *parse_disjunction(struct parser *p);       /* no `if ... else`                             */
struct node *parse_operand(struct parser *p);           /* of a comparison                              */
struct node *parse_primary(struct parser *p);           /* of an operator                               */
struct node *parse_yield(struct parser *p);
struct node *parse_number(struct parser *p, bool is_negative);
struct node *parse_strings(struct parser *p);
void node_deepen(struct node *node, const struct node *child);
struct node *node_append(struct node ***last, struct node *node);
struct node *parse_params(struct parser *p, enum token_kind end);
bool parse_use(struct parser *p, struct node *node, enum use use, const char *hint);     /* may it be set? */
struct node *node_new(struct parser *p, enum node_kind kind, struct node *a, struct node *b);
struct node *node_const(struct parser *p, struct rt_any value);
struct node *node_text(struct parser *p, enum node_kind kind, const struct token *name);
struct node *unexpected(struct parser *p);
struct node *parser_fail(struct parser *p, struct place place, const char *what);
bool parser_next(struct parser *p);
bool parser_expect(struct parser *p, enum token_kind kind, const char *message);
bool parser_accept(struct parser *p, enum token_kind kind, bool *is_there);      /* false: raised       */
struct node *node_statement(struct parser *p, enum node_kind kind);              /* behind its keyword  */
const char *node_name(const struct node *node);         /* "function call", for messages                */
struct node *parse_small(struct parser *p);             /* a statement without a block                  */
bool parser_enter(struct parser *p);
void parser_leave(struct parser *p);

/* ---- names (scope.c) ---------------------------------------------------------------------------------- */

struct symbol {
	struct symbol *next;
	struct rt_any name;
	struct symbol *from;     /* is_taken: whose cell it is; else what the name means, or NULL        */
	struct place place;      /* where it was met first                                               */
	bool is_used, is_set, is_param, is_global, is_nonlocal;
	bool is_cell;            /* a function inside uses it                                            */
	bool is_taken;           /* comes as a cell with the function                                    */
	bool has_slot;
	uint16_t slot;
};

struct scope {
	struct scope *outer;
	struct scope *next;      /* all of a source, outer ones first                                    */
	struct symbol *symbols, **last;
	bool is_module;          /* its names are globals                                                */
	bool is_inline;          /* a comprehension: its slots are those of the function around it       */
	bool is_generator;
	uint16_t slots;          /* of a function or module: how many                                    */
	uint16_t taken_at, taken;        /* those that are taken: the first, how many                    */
	uint16_t params;
};

/* Gives every node of a function, module or comprehension its scope, and every name its symbol; false: raised. */
bool scope_resolve(struct source *source, struct node *module, struct scope *scope);
/* The function or module in whose frame the scope's slots are. */
struct scope *scope_owner(struct scope *scope);
/* What the name of a node means: a symbol with a slot, or NULL: a global. */
struct symbol *scope_meaning(const struct node *name);

/* ---- code (emit.c, compile.c, compile_flow.c, compile_expression.c) ----------------------------------- */

#define NO_JUMP UINT16_MAX       /* the end of a chain of jumps that wait for their target               */

struct exit {                    /* a loop or `try`: what break, continue and return have to leave       */
	struct exit *outer;
	bool is_loop;
	uint32_t depth;          /* loop: of the stack in its body, the iterator of a `for` included     */
	uint32_t back;           /* loop: `continue` jumps here                                          */
	uint32_t breaks;         /* loop: chain                                                          */
	struct node *final;      /* try: what is done in any case, or NULL                               */
	uint32_t from;           /* try: guarded from here                                               */
	uint16_t level;          /* try: how many are around it                                          */
	uint32_t guards;         /* try: the first of its guards                                         */
};

struct compiler {
	struct source *source;
	struct code *code;
	struct scope *scope;     /* the function's                                                       */
	struct exit *exits;
	uint32_t depth;          /* of the stack here                                                    */
	unsigned caught;         /* slot + 1 of the exception that is being handled; 0: none             */
	uint16_t level;          /* of `try`                                                             */
	struct place place;      /* of the next instruction                                              */
	bool has_failed;         /* raised; nothing more needs to be done                                */
};

bool compiler_open(struct compiler *c, struct source *source, struct scope *scope, struct rt_any name);
void emit(struct compiler *c, enum opcode op, unsigned a, size_t b);
void emit_const(struct compiler *c, struct rt_any value);
size_t emit_constant(struct compiler *c, struct rt_any value);         /* its number                   */
size_t emit_site(struct compiler *c, struct rt_any name);
void emit_jump(struct compiler *c, enum opcode op, uint32_t *chain);   /* forward                      */
void emit_target(struct compiler *c, uint32_t chain);                  /* all of the chain jump here   */
void emit_name(struct compiler *c, const struct node *name, enum use use);
void emit_guard(struct compiler *c, const struct exit *exit);          /* exit->from up to here        */
uint16_t emit_slot(struct compiler *c);                                /* a new one                    */
void emit_cells(struct compiler *c, const struct scope *scope);
void compile_expression(struct compiler *c, const struct node *node);
/* Jumps, with `chain`, if the truth of it is `when`; else goes on. */
void compile_condition(struct compiler *c, const struct node *node, bool when, uint32_t *chain);
void compile_store(struct compiler *c, const struct node *target);     /* the value on the stack goes  */
void compile_function(struct compiler *c, const struct node *node);    /* DEF, LAMBDA                  */
void compile_body(struct compiler *c, const struct node *statements);
void *statement_fail(struct compiler *c, const struct node *node, const char *what);     /* NULL */
void compile_break(struct compiler *c, const struct node *node);
void compile_return(struct compiler *c, const struct node *node);
void compile_while(struct compiler *c, const struct node *node);
void compile_for(struct compiler *c, const struct node *node);
void compile_if(struct compiler *c, const struct node *node);
void compile_try(struct compiler *c, const struct node *node);
void compile_raise(struct compiler *c, const struct node *node);
void compile_assert(struct compiler *c, const struct node *node);
void compile_clauses(struct compiler *c, const struct node *clause, const struct node *whole, unsigned depth);

#endif
