/* SPDX-License-Identifier: MIT */
/* test_filter.c - a filter means the same wherever it runs and wherever the VLAN tag is: in the kernel on frames with
 * the tag in band and moved aside, received and sent, and in our machine on a file. What it means is said by the
 * oracle, which takes every frame apart by itself, and by rows that look at the bytes on the wire. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <ringtap/file.h>
#include "capfile.h"
#include "expressions.h"
#include "live.h"
#include "rows.h"
#include "shots.h"

/* ---- questions ------------------------------------------------------------------------------------------------- */

struct question;
typedef bool holds(const struct question *, const struct shot *);

struct question {
	char text[160];
	holds *holds;
	bool is_not;
	const void *what, *other;        /* what `holds` needs                                           */
};

struct questions { struct question at[160]; size_t count; };

static bool expected(const struct question *question, const struct shot *shot)
{
	return question->holds(question, shot) != question->is_not;
}

static struct question *ask(struct questions *questions, holds *holds, bool is_not, const void *what)
{
	assert_true(questions->count < RT_COUNT(questions->at));
	struct question *question = &questions->at[questions->count++];
	*question = (struct question){ .holds = holds, .is_not = is_not, .what = what };
	return question;
}

/* ---- questions that the oracle answers: every primitive, and its negation ------------------------------------------ */

static bool holds_primitive(const struct question *q, const struct shot *shot) { return oracle(q->what, &shot->parsed); }

static void ask_primitives(struct questions *questions)
{
	for (size_t i = 0; i < primitive_count; i++) {
		const struct primitive *primitive = primitive_get(i);
		for (int is_not = 0; is_not <= 1; is_not++)
			snprintf(ask(questions, holds_primitive, is_not, primitive)->text, sizeof questions->at[0].text, "%s%s",
			         is_not ? "not " : "", primitive_text(primitive));
	}
}

static bool holds_and(const struct question *q, const struct shot *shot)
{
	return oracle(q->what, &shot->parsed) && !oracle(q->other, &shot->parsed);
}

static bool holds_or(const struct question *q, const struct shot *shot)
{
	return oracle(q->what, &shot->parsed) || !oracle(q->other, &shot->parsed);
}

static void ask_pairs(struct questions *questions, struct dice *dice, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const struct primitive *a = primitive_get(dice_roll(dice, (uint32_t)primitive_count));
		const struct primitive *b = primitive_get(dice_roll(dice, (uint32_t)primitive_count));
		struct question *question = ask(questions, i % 2 ? holds_or : holds_and, false, a);
		question->other = b;
		snprintf(question->text, sizeof question->text, "(%s) %s not (%s)", primitive_text(a), i % 2 ? "or" : "and",
		         primitive_text(b));
	}
}

/* ---- questions about the frame itself: lengths, types, numbers of tags ---------------------------------------------- */

struct frame_row { const char *text; bool (*holds)(const uint8_t *wire, uint32_t size, const struct parsed *); };

#define HOLDS(name, condition) static bool name(const uint8_t *wire, uint32_t size, const struct parsed *parsed) \
	{ (void)wire; (void)size; (void)parsed; return condition; }
HOLDS(is_at_most_70, size <= 70)
HOLDS(is_at_least_70, size >= 70)
HOLDS(is_60, size == 60)
HOLDS(is_over_80, size > 80)
HOLDS(is_over_ip_length, parsed->type == 0x0800 && size > rt_be16(wire + 14 + 4 * parsed->tags + 2) + 20u)
HOLDS(is_tag, rt_be16(wire + 12) == 0x8100)
HOLDS(is_service_tag, rt_be16(wire + 12) == 0x88a8)
HOLDS(is_old_tag, rt_be16(wire + 12) == 0x9100)
HOLDS(carries_ip, parsed->type == 0x0800)
HOLDS(carries_arp, parsed->type == 0x0806)
HOLDS(carries_tag, is_tag(wire, size, parsed) || is_service_tag(wire, size, parsed))

static bool has_vid(const struct parsed *parsed, unsigned vid)
{
	for (unsigned i = 0; i < parsed->tags; i++)
		if (parsed->vid[i] == vid)
			return true;
	return false;
}
HOLDS(has_vid_0, has_vid(parsed, 0))
HOLDS(has_vid_6, has_vid(parsed, 6))
HOLDS(has_vid_7, has_vid(parsed, 7))
HOLDS(has_vid_4000, has_vid(parsed, 4000))
HOLDS(has_vid_4095, has_vid(parsed, 4095))
HOLDS(has_vid_of_set, has_vid(parsed, 6) || has_vid(parsed, 7) || has_vid(parsed, 4000))
HOLDS(has_both_vids, has_vid(parsed, 5) && has_vid(parsed, 100))
HOLDS(has_no_vid_5, parsed->tags > 0 && !has_vid(parsed, 5))
HOLDS(has_ip_tag, parsed->tags > 0 && parsed->version == 4)

static const struct frame_row frame_rows[] = {
	{ "less 70", is_at_most_70 }, { "greater 70", is_at_least_70 }, { "len = 60", is_60 }, { "len > 80", is_over_80 },
	{ "len - 20 > ip[2:2]", is_over_ip_length },
	{ "ether proto 0x8100", is_tag }, { "ether proto 0x88a8", is_service_tag }, { "ether proto 0x9100", is_old_tag },
	{ "ether proto 0x800", carries_ip }, { "ether proto \\arp", carries_arp },
	{ "ether proto 0x8100 or ether proto 0x88a8", carries_tag },
	{ "vlan 0", has_vid_0 }, { "vlan 6", has_vid_6 }, { "vlan 7", has_vid_7 }, { "vlan 4000", has_vid_4000 },
	{ "vlan 4095", has_vid_4095 }, { "vlan {6-7, 3999-4001}", has_vid_of_set },
	{ "vlan 5 and vlan 100", has_both_vids }, { "vlan and not vlan 5", has_no_vid_5 }, { "ip and vlan", has_ip_tag },
};

static bool holds_frame(const struct question *q, const struct shot *shot)
{
	return ((const struct frame_row *)q->what)->holds(shot->bytes, shot->size, &shot->parsed);
}

static void ask_frames(struct questions *questions)
{
	for (size_t i = 0; i < RT_COUNT(frame_rows); i++)
		for (int is_not = 0; is_not <= 1; is_not++)
			snprintf(ask(questions, holds_frame, is_not, &frame_rows[i])->text, sizeof questions->at[0].text,
			         is_not ? "not (%s)" : "%s", frame_rows[i].text);
}

/* ---- questions about bytes: ether[index:size] & mask <relation> value ------------------------------------------------ */

enum index_kind { AT, BEHIND_BYTE, FROM_END };       /* at; (byte at & 7) + base; len - at                     */

struct bytes_row { enum index_kind kind; uint32_t at, base, size, mask; const char *relation; uint32_t value; };

static const struct bytes_row bytes_rows[] = {
	{ AT, 12, 0, 2, 0xffff, "=", 0x8100 },     { AT, 12, 0, 2, 0xffff, "=", 0x0800 },
	{ AT, 12, 0, 2, 0xffff, ">", 0x86dc },     { AT, 14, 0, 2, 0x0fff, "=", 5 },
	{ AT, 15, 0, 1, 0xff, "=", 5 },            { AT, 14, 0, 1, 0xe0, "!=", 0 },
	{ AT, 14, 0, 1, 0xf0, "=", 0x40 },         { AT, 16, 0, 2, 0xffff, "=", 0x0800 },
	{ AT, 16, 0, 2, 0xffff, "!=", 0x0800 },    { AT, 18, 0, 1, 0xff, "=", 0x45 },
	{ AT, 12, 0, 4, ~0u, "=", 0x81000005 },    { AT, 10, 0, 4, ~0u, "=", 0x00018100 },
	{ AT, 9, 0, 4, ~0u, "=", 0x00000188 },     { AT, 11, 0, 4, ~0u, ">", 0x01800000 },
	{ AT, 11, 0, 2, 0xffff, "=", 0x0181 },     { AT, 13, 0, 1, 0xff, "=", 0 },
	{ AT, 13, 0, 2, 0xffff, "=", 0 },          { AT, 13, 0, 4, ~0u, "=", 0x00000508 },
	{ AT, 14, 0, 4, ~0u, "=", 0x00050800 },    { AT, 15, 0, 2, 0xffff, "=", 0x0508 },
	{ AT, 15, 0, 4, ~0u, "=", 0x05080045 },    { AT, 23, 0, 1, 0xff, "=", 6 },
	{ AT, 60, 0, 1, 0xff, ">=", 0 },           { AT, 60, 0, 4, ~0u, ">=", 0 },
	{ AT, 0, 0, 1, 1, "=", 1 },                { AT, 400, 0, 1, 0xff, "!=", 0 },
	{ AT, 0xffffffff, 0, 1, 0xff, ">=", 0 },   { FROM_END, 2, 0, 2, 0xffff, "<=", 99 },
	{ FROM_END, 2, 0, 4, ~0u, "<=", 99 },      { FROM_END, 60, 0, 4, ~0u, ">", 0x80000000 },
	{ BEHIND_BYTE, 11, 11, 2, 0xffff, "=", 0x8100 }, { BEHIND_BYTE, 13, 14, 1, 0xff, "=", 5 },
};

static uint32_t load(const uint8_t *wire, uint32_t at, uint32_t size)
{
	return size == 1 ? wire[at] : size == 2 ? rt_be16(wire + at) : rt_be32(wire + at);
}

static bool relates(uint32_t left, const char *relation, uint32_t right)
{
	switch (relation[0] << 8 | relation[1]) {
	case '=' << 8:       return left == right;
	case '!' << 8 | '=': return left != right;
	case '>' << 8:       return left > right;
	case '<' << 8:       return left < right;
	case '>' << 8 | '=': return left >= right;
	case '<' << 8 | '=': return left <= right;
	}
	fail_msg("no such relation: %s", relation);
	return false;
}

static uint32_t index_of(const struct bytes_row *row, const struct shot *shot)
{
	switch (row->kind) {
	case AT:          return row->at;
	case FROM_END:    return shot->size - row->at;
	case BEHIND_BYTE: break;
	}
	return (shot->bytes[row->at] & 7) + row->base;
}

/* Bytes that are not there make it false, whatever the relation. */
static bool holds_bytes(const struct question *q, const struct shot *shot)
{
	const struct bytes_row *row = q->what;
	const uint32_t at = index_of(row, shot);
	return (uint64_t)at + row->size <= shot->size &&
	       relates(load(shot->bytes, at, row->size) & row->mask, row->relation, row->value);
}

static void ask_bytes(struct questions *questions, const struct bytes_row *row, bool is_not)
{
	char index[64], *text = ask(questions, holds_bytes, is_not, row)->text;
	if (row->kind == AT)
		snprintf(index, sizeof index, "%u", row->at);
	else if (row->kind == FROM_END)
		snprintf(index, sizeof index, "len - %u", row->at);
	else
		snprintf(index, sizeof index, "(ether[%u] & 7) + %u", row->at, row->base);
	snprintf(text, sizeof questions->at[0].text, "%sether[%s:%u] & 0x%x %s %u", is_not ? "not " : "", index, row->size,
	         row->mask, row->relation, row->value);
}

static struct bytes_row bytes_random(struct dice *dice, const struct shots *shots)
{
	static const char *const relations[] = { "=", "!=", ">", "<", ">=", "<=" };
	static const uint32_t sizes[] = { 1, 2, 4 }, masks[] = { 0xff, 0xffff, ~0u };
	const uint32_t size = dice_roll(dice, 3), kind = dice_roll(dice, 6);
	struct bytes_row row = { .kind = kind < 4 ? AT : kind == 4 ? BEHIND_BYTE : FROM_END, .size = sizes[size],
	                         .mask = dice_roll(dice, 3) ? masks[size] : dice_roll(dice, 256),
	                         .relation = relations[dice_roll(dice, RT_COUNT(relations))] };
	row.at = row.kind == AT ? 8 + dice_roll(dice, 14) : row.kind == FROM_END ? 1 + dice_roll(dice, 70) : dice_roll(dice, 14);
	row.base = 8 + dice_roll(dice, 8);
	const struct shot *shot = &shots->at[dice_roll(dice, (uint32_t)shots->count)];
	const uint32_t at = index_of(&row, shot);
	row.value = (uint64_t)at + row.size <= shot->size ? load(shot->bytes, at, row.size) & row.mask : 0;
	return row;
}

/* ---- in the kernel ---------------------------------------------------------------------------------------------------- */

struct answers { struct live live; struct live_seen seen; bool in_kernel; };

static void complain(const struct question *question, const char *where, const char *what, const struct shot *shot)
{
	printf("%s | %s | %s | %s ", what, question->text, where, shot->name);
	for (uint32_t i = 0; i < shot->size; i++)
		printf("%02x", shot->bytes[i]);
	printf("\n");
}

/* Each frame that was asked for, in order, once, as it was on the wire; and no other. */
static unsigned compare(const struct question *question, const char *where, const struct shots *shots,
                        const struct live_seen *seen)
{
	unsigned wrong = 0;
	size_t at = 0;
	for (uint32_t i = 0; i < shots->count && wrong < 3; i++) {
		const struct shot *shot = &shots->at[i];
		const struct live_copy *copy = at < seen->count ? &seen->frames[at] : NULL;
		const bool came = copy && copy->caplen >= 2 && shot_number(copy->data, copy->caplen) == i;
		if (came != expected(question, shot)) {
			complain(question, where, came ? "came, but should not" : "did not come", shot);
			wrong++;
		} else if (came && (copy->caplen != shot->size || copy->len != shot->size ||
		                    memcmp(copy->data, shot->bytes, shot->size) != 0)) {
			complain(question, where, "came otherwise than it was sent", shot);
			wrong++;
		}
		at += came;
	}
	return wrong + (wrong == 0 && at != seen->count);
}

static size_t count_expected(const struct question *question, const struct shots *shots)
{
	size_t count = 0;
	for (size_t i = 0; i < shots->count; i++)
		count += expected(question, &shots->at[i]);
	return count;
}

/* Some through rings, large enough for all; most through recvmsg, where a socket costs less. */
static void open_all(struct answers *answers, const struct questions *questions, const char *iface)
{
	for (size_t i = 0; i < questions->count; i++) {
		struct answers *a = &answers[i];
		*a = (struct answers){ 0 };
		live_open(&a->live, (struct rt_capture_options){ .iface = iface, .ring_kib = 2048, .latency_ms = 50 },
		          questions->at[i].text, i % 8 == 0 ? LIVE_RING : LIVE_RECV);
		a->in_kernel = rt_capture_filters_in_kernel(a->live.capture);
	}
}

/* The kernel has counted what it let through, so that nobody waits for what does not come. */
static unsigned check_one(struct answers *a, const struct question *question, const char *where, const struct shots *shots)
{
	struct rt_stats stats = { 0 };
	const size_t count = count_expected(question, shots);
	a->live.source->stats(a->live.source, &stats);
	const uint64_t there = a->in_kernel ? stats.received - stats.dropped : count;
	if (there)
		live_read(&a->live, &a->seen, there, 1000);
	live_read(&a->live, &a->seen, 0, 0);
	unsigned wrong = compare(question, where, shots, &a->seen);
	if (stats.dropped || (a->in_kernel && stats.received != count)) {
		printf("%llu received, %llu dropped, %zu expected | %s | %s\n", (unsigned long long)stats.received,
		       (unsigned long long)stats.dropped, count, question->text, where);
		wrong++;
	}
	live_forget(&a->seen);
	live_close(&a->live);
	return wrong;
}

static unsigned check_live(const struct questions *questions, const struct shots *shots, const struct shot_end *end)
{
	static struct answers answers[RT_COUNT(questions->at)];
	unsigned wrong = 0;
	int witness = shots_witness(end);
	open_all(answers, questions, end->iface);
	shots_fire(shots, end, witness);
	for (size_t i = 0; i < questions->count; i++)
		wrong += check_one(&answers[i], &questions->at[i], end->name, shots);
	return wrong;
}

/* ---- in our machine, on a file -------------------------------------------------------------------------------------------- */

static const char *save(const struct shots *shots)
{
	struct capfile file = { 0 };
	const char *path = scratch("shots.pcap");
	capfile_pcap(&file, PCAP_MICRO, RT_SNAPLEN_MAX, RT_LINK_ETHER);
	for (size_t i = 0; i < shots->count; i++)
		capfile_record(&file, 1700000000, (uint32_t)i, shots->at[i].size, shots->at[i].size, shots->at[i].bytes,
		               shots->at[i].size);
	capfile_save(&file, path);
	capfile_free(&file);
	return path;
}

static void copy_frame(struct live_seen *seen, const struct rt_frame *frame)
{
	struct live_copy *copy = &seen->frames[seen->count++];
	copy->caplen = frame->caplen;
	copy->len = frame->len;
	memcpy(copy->data, frame->data, frame->caplen);
}

static unsigned check_file(const struct question *question, const struct shots *shots, const char *path)
{
	struct rt_error error = { 0 };
	struct rt_source *file = NULL, *source = NULL;
	struct rt_batch batch;
	struct live_seen seen = { .frames = calloc(shots->count, sizeof(struct live_copy)) };
	assert_non_null(seen.frames);
	assert_int_equal(0, rt_file_open(&file, path, NULL, &error));
	if (rt_filtered_open(&source, file, question->text, &(struct rt_filter_options){ 0 }, &error) < 0)
		fail_msg("%s: %s", question->text, error.what);
	while (source->next(source, &batch, &error) == 1) {
		for (size_t i = 0; i < batch.count; i++)
			copy_frame(&seen, &batch.frames[i]);
		source->release(source);
	}
	rt_source_close(source);
	const unsigned wrong = compare(question, "file", shots, &seen);
	live_forget(&seen);
	return wrong;
}

/* ---- the tests -------------------------------------------------------------------------------------------------------------- */

static size_t end_count;

/* On every end, and on a file. */
static void check_everywhere(const struct questions *questions, const struct shots *shots)
{
	unsigned wrong = 0;
	const char *path = save(shots);
	for (size_t i = 0; i < questions->count; i++)
		wrong += check_file(&questions->at[i], shots, path);
	for (size_t end = 0; end < end_count; end++)
		wrong += check_live(questions, shots, &shot_ends[end]);
	assert_int_equal(0, wrong);
}

static void test_matrix(void **state)
{
	struct dice dice = dice_new(20261125);
	struct questions *questions = calloc(1, sizeof *questions);
	struct shots shots = shots_make(&dice);
	(void)state;
	assert_non_null(questions);
	ask_primitives(questions);
	ask_pairs(questions, &dice, 16);
	check_everywhere(questions, &shots);
	shots_free(&shots);
	free(questions);
}

static void test_frames(void **state)
{
	struct bytes_row random[40];
	struct dice dice = dice_new(8021);
	struct questions *questions = calloc(1, sizeof *questions);
	struct shots shots = shots_make(&dice);
	(void)state;
	assert_non_null(questions);
	ask_frames(questions);
	for (size_t i = 0; i < RT_COUNT(bytes_rows); i++)
		ask_bytes(questions, &bytes_rows[i], i % 2);
	for (size_t i = 0; i < RT_COUNT(random); i++) {
		random[i] = bytes_random(&dice, &shots);
		ask_bytes(questions, &random[i], i % 4 == 0);
	}
	check_everywhere(questions, &shots);
	shots_free(&shots);
	free(questions);
}

int main(void)
{
	if (!live_begin())
		return 77;
	end_count = shots_network();
	rows_add("primitives and pairs of them", NULL, test_matrix, NULL);
	rows_add("lengths, types, tags, bytes", NULL, test_frames, NULL);
	const int rc = rows_run("filter");
	scratch_end();
	return rc;
}
