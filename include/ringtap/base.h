/* SPDX-License-Identifier: MIT */
/* base.h - what every room of ringtap stands on: errors as values, the one output buffer,
 * an arena, and big-endian getters.
 *
 * A function that can fail returns 0 (or a count) or a negative errno, and describes the failure in
 * a `struct rt_error` that its caller owns; callers add context in front ("eth9: " ...). Only the
 * command prints. All of these types may live on the stack; none allocates unless it says so. */
#ifndef RINGTAP_BASE_H
#define RINGTAP_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define RT_COUNT(array) (sizeof(array) / sizeof((array)[0]))
/* The object whose `member` the pointer points to. */
#define RT_OUTER(pointer, type, member) ((type *)(void *)((char *)(pointer) - offsetof(type, member)))
#define RT_PRINTF(text, first) __attribute__((format(printf, text, first)))

/* ---- errors ---------------------------------------------------------------------------------- */

struct rt_error {
	int  code;        /* positive errno; 0: no error                                         */
	int  column;      /* filters: first wrong character, counted from 1; 0: does not apply   */
	int  length;      /* filters: how many characters are wrong; at least 1 with a column    */
	char what[256];   /* "eth9: bind: No such device"; one line, no newline, always ended    */
	char hint[256];   /* the one thing to try, or ""                                         */
};

/* Both format like rt_put_format and return -code. `rt_context` puts its text and ": " in front. */
int  rt_fail(struct rt_error *error, int code, const char *format, ...) RT_PRINTF(3, 4);
int  rt_context(struct rt_error *error, const char *format, ...) RT_PRINTF(2, 3);
void rt_hint(struct rt_error *error, const char *format, ...) RT_PRINTF(2, 3);
const char *rt_errno_text(int code);          /* "No such device"; borrowed, never NULL */

/* ---- text: the one output buffer --------------------------------------------------------------
 * Everything that is printed goes through one of these. With a descriptor, a full buffer is
 * written out and reused; without one (fd -1) text that does not fit is cut and `error` is ENOBUFS.
 * After an error all puts are harmless, so callers check `error` once, at the end of a batch. */

struct rt_text {
	char *at;         /* where the next character goes                                        */
	char *end;        /* one past the last place                                              */
	char *start;      /* the caller's memory                                                  */
	int   fd;         /* where full buffers go, or -1                                         */
	int   error;      /* first errno of a write, or ENOBUFS                                   */
	uint32_t fields;  /* of items of lists: how many it still takes (output.h)                */
};

void rt_text_init(struct rt_text *text, char *memory, size_t size, int fd);
int  rt_text_flush(struct rt_text *text);     /* writes all, with a descriptor; 0 or -errno   */
bool rt_text_room(struct rt_text *text, size_t need);   /* slow path of the puts: make room   */
int  rt_write_all(int fd, const void *data, size_t size);   /* EINTR, EAGAIN, short writes: 0 or -errno */

static inline size_t rt_text_length(const struct rt_text *text) { return (size_t)(text->at - text->start); }

/* True when `need` (at most the buffer's size) characters may be stored at text->at. */
static inline bool rt_text_fits(struct rt_text *text, size_t need)
{
	return (size_t)(text->end - text->at) >= need || rt_text_room(text, need);
}
static inline void rt_put_char(struct rt_text *text, char c)
{
	if (rt_text_fits(text, 1))
		*text->at++ = c;
}
void rt_put(struct rt_text *text, const char *bytes, size_t size);   /* of any size */
static inline void rt_put_string(struct rt_text *text, const char *string) { rt_put(text, string, strlen(string)); }
void rt_put_spaces(struct rt_text *text, size_t count);
void rt_put_num(struct rt_text *text, uint64_t value);               /* decimal */
void rt_put_num_padded(struct rt_text *text, uint64_t value, unsigned digits);   /* leading zeros */
void rt_put_hex(struct rt_text *text, uint64_t value, unsigned digits);          /* at least `digits`, no 0x */
void rt_put_hex_bytes(struct rt_text *text, const uint8_t *bytes, size_t size);  /* "0a1b" */
void rt_put_mac(struct rt_text *text, const uint8_t mac[6]);
void rt_put_ip4(struct rt_text *text, const uint8_t ip[4]);
void rt_put_ip6(struct rt_text *text, const uint8_t ip[16]);         /* RFC 5952 */
void rt_put_python(struct rt_text *text, const uint8_t *bytes, size_t size);     /* as Scapy shows bytes: 'a\n' */
bool rt_is_printable(uint32_t code);                                 /* Python's str.isprintable() */
void rt_put_python_bytes(struct rt_text *text, const uint8_t *bytes, size_t size);  /* repr(bytes) without b */
void rt_put_json_text(struct rt_text *text, const uint8_t *bytes, size_t size);  /* quoted, strict, valid UTF-8 */
void rt_put_escaped(struct rt_text *text, const uint8_t *bytes, size_t size);    /* for a terminal: \xNN */
/* %s %.*s %c %d %i %u %x %zu %ld %lu %llu %lld %% and a width with 0; no floating point. */
void rt_put_format(struct rt_text *text, const char *format, ...) RT_PRINTF(2, 3);
void rt_put_vformat(struct rt_text *text, const char *format, va_list args);

/* ---- arena: memory that is given back all at once --------------------------------------------- */

struct rt_arena {
	struct rt_chunk *chunks;  /* newest first                                                  */
	size_t used, limit;       /* bytes; limit 0 means none                                     */
	bool   is_full;           /* sticky: a get was refused (limit or no memory)                */
};

void *rt_arena_get(struct rt_arena *arena, size_t size);   /* zeroed, aligned; NULL when full   */
void  rt_arena_free(struct rt_arena *arena);               /* the arena may be used again       */

/* Bytes that new programs may take without swapping; 0: /proc does not say. */
uint64_t rt_memory_available(void);

/* ---- bytes as they stand on the wire ----------------------------------------------------------- */

static inline uint16_t rt_be16(const uint8_t *p) { return (uint16_t)(p[0] << 8 | p[1]); }
static inline uint32_t rt_be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
static inline uint64_t rt_be64(const uint8_t *p) { return (uint64_t)rt_be32(p) << 32 | rt_be32(p + 4); }

/* The one bounds check: reads past `end` give 0 and set `is_short`, which stays set. */
struct rt_cursor { const uint8_t *at, *end; bool is_short; };

const uint8_t *rt_cursor_take(struct rt_cursor *cursor, size_t size);   /* NULL when short */
uint8_t  rt_cursor_u8(struct rt_cursor *cursor);
uint16_t rt_cursor_be16(struct rt_cursor *cursor);
uint32_t rt_cursor_be32(struct rt_cursor *cursor);

#endif
