/* SPDX-License-Identifier: MIT */
/* packet_list_methods.c - what can be called of a list of packets: one line each, dumps, the part that a function or an
 * expression of pcap-filter(7) chooses, who talked with whom. */
#include "packets.h"

/* Frame `at` taken apart, valid until the next one. */
static const struct rt_packet *packet_at(struct rt_script *s, const struct packet_list *list, size_t at)
{
	struct rt_host *host = host_of(s);
	rt_decode(host->options.dissector, packets_frame(list, at), &host->scratch);
	return &host->scratch;
}

/* 1, 0; -1: raised. No function: 1. */
static int is_chosen(struct rt_script *s, struct rt_any function, const struct packet_list *list, size_t at)
{
	if (is_nothing(function) || is_none(function))
		return 1;
	struct rt_any packet = rt_packet_value(s, packets_frame(list, at));
	const struct rt_any verdict = is_nothing(packet) ? packet : rt_call(s, function, &packet, 1);
	return is_nothing(verdict) ? -1 : any_truth(s, verdict);
}

/* ---- printing -------------------------------------------------------------------------------------- */

enum print_form { LINES_PLAIN, LINES_NUMBERED, LINES_DUMPED };

static void print_one(struct rt_script *s, const struct packet_list *list, size_t at, enum print_form form)
{
	struct rt_text *out = s->options.out;
	const struct rt_packet *packet = packet_at(s, list, at);
	if (form != LINES_PLAIN) {
		rt_put_num_padded(out, at, 4);
		rt_put_char(out, ' ');
	}
	put_summary(out, &host_of(s)->summaries, packet, 0);
	rt_put_char(out, '\n');
	if (form == LINES_DUMPED)
		rt_put_hexdump(out, packet->frame->data, packet->frame->caplen, RT_DUMP_CAPITALS);
}

/* prn: what it returns is printed instead. */
static bool print_returned(struct rt_script *s, const struct packet_list *list, size_t at, struct rt_any prn)
{
	struct rt_any packet = rt_packet_value(s, packets_frame(list, at));
	const struct rt_any value = is_nothing(packet) ? packet : rt_call(s, prn, &packet, 1);
	if (is_nothing(value) || !any_print(s, value, RT_FORM_STR))
		return false;
	rt_put_char(s->options.out, '\n');
	return true;
}

static struct rt_any print_all(struct rt_script *s, struct rt_any *args, enum print_form form)
{
	const struct packet_list *list = as_packets(args[0]);
	const struct rt_any prn = form == LINES_DUMPED ? rt_nothing() : args[1];
	const struct rt_any lfilter = form == LINES_DUMPED ? args[1] : args[2];
	for (size_t i = 0; i < packets_count(list); i++) {
		const int verdict = step_allowed(s) ? is_chosen(s, lfilter, list, i) : -1;
		if (verdict < 0)
			return rt_nothing();
		if (verdict && !is_nothing(prn) && !is_none(prn)) {
			if (!print_returned(s, list, i, prn))
				return rt_nothing();
		} else if (verdict) {
			print_one(s, list, i, form);
		}
	}
	return rt_none();
}

NATIVE(list_summary) { return print_all(s, args, LINES_PLAIN); }
NATIVE(list_nsummary) { return print_all(s, args, LINES_NUMBERED); }
NATIVE(list_hexdump) { return print_all(s, args, LINES_DUMPED); }

/* ---- filter ---------------------------------------------------------------------------------------- */

/* One program a link type, compiled when the first frame of that type is met. */
struct programs { struct rt_filter *filter[4]; unsigned link[4], count; };

static void programs_free(struct programs *programs)
{
	for (unsigned i = 0; i < programs->count; i++)
		rt_filter_free(programs->filter[i]);
}

static const struct rt_filter *program_for(struct rt_script *s, struct programs *programs, unsigned link,
                                           const char *text)
{
	struct rt_error error = { 0 };
	for (unsigned i = 0; i < programs->count; i++)
		if (programs->link[i] == link)
			return programs->filter[i];
	if (programs->count == RT_COUNT(programs->filter))
		rt_filter_free(programs->filter[--programs->count]);
	const struct rt_filter_options options = { .link = link, .is_pcap = host_of(s)->options.is_pcap_filter,
	                                           .names = host_of(s)->options.names };
	struct rt_filter **filter = &programs->filter[programs->count];
	if (rt_filter_compile(filter, text, &options, &error) < 0) {
		raise_error(s, &error);
		return NULL;
	}
	programs->link[programs->count++] = link;
	return *filter;
}

static struct rt_any filter_by_text(struct rt_script *s, struct packet_list *part, const struct packet_list *list,
                                    const char *text)
{
	struct programs programs = { .count = 0 };
	bool is_right = true;
	for (size_t i = 0; i < packets_count(list) && is_right; i++) {
		const struct rt_frame *frame = packets_frame(list, i);
		const struct rt_filter *filter = program_for(s, &programs, frame->link, text);
		is_right = filter && step_allowed(s) &&
		           (!rt_filter_match(filter, frame) || packets_add(s, part, packets_place(list, i)));
	}
	programs_free(&programs);
	return is_right ? rt_any_of(&part->head) : rt_nothing();
}

NATIVE(list_filter)
{
	const struct packet_list *list = as_packets(args[0]);
	struct packet_list *part = packets_part(s, args[0], "filtered %s", as_text(list->name)->bytes);
	if (!part || !rt_hold(s, rt_any_of(&part->head)))
		return rt_nothing();
	if (is_str(args[1]))
		return filter_by_text(s, part, list, as_text(args[1])->bytes);
	for (size_t i = 0; i < packets_count(list); i++) {
		const int verdict = step_allowed(s) ? is_chosen(s, args[1], list, i) : -1;
		if (verdict < 0 || (verdict && !packets_add(s, part, packets_place(list, i))))
			return rt_nothing();
	}
	return rt_any_of(&part->head);
}

/* ---- who with whom --------------------------------------------------------------------------------- */

static struct rt_any session_key(struct rt_script *s, const struct rt_packet *packet)
{
	char text[256];
	struct rt_text out;
	struct ends_text ends;
	rt_text_init(&out, text, sizeof text, -1);
	if (packet_ends(packet, true, &ends))
		rt_put_format(&out, "%s %s > %s", ends.name, ends.from, ends.to);
	else
		rt_put_string(&out, "Other");
	return rt_str(s, text, rt_text_length(&out));
}

/* {"TCP 10.0.0.1:80 > 10.0.0.2:1234": <Sniffed: ...>} */
NATIVE(list_sessions)
{
	const struct packet_list *list = as_packets(args[0]);
	struct rt_any *dict = rt_hold(s, rt_dict(s));
	for (size_t i = 0; dict && !is_nothing(*dict) && i < packets_count(list); i++) {
		struct entry *entry;
		const struct rt_any key = step_allowed(s) ? session_key(s, packet_at(s, list, i)) : rt_nothing();
		const int verdict = is_nothing(key) ? -1 : dict_find(s, as_dict(*dict), key, &entry);
		struct packet_list *part = verdict == 1 ? as_packets(entry->value) : verdict == 0 ?
		                           packets_part(s, args[0], "%s", as_text(list->name)->bytes) : NULL;
		if (!part || !packets_add(s, part, packets_place(list, i)) ||
		    (verdict == 0 && !rt_dict_put(s, *dict, key, rt_any_of(&part->head))))
			return rt_nothing();
	}
	return dict ? *dict : rt_nothing();
}

static struct rt_any pair_key(struct rt_script *s, const struct ends_text *ends)
{
	struct rt_any both[2] = { rt_str(s, ends->from, strlen(ends->from)), rt_str(s, ends->to, strlen(ends->to)) };
	return is_nothing(both[0]) || is_nothing(both[1]) ? rt_nothing() : rt_tuple(s, both, 2);
}

/* {("10.0.0.1", "10.0.0.2"): packets} */
NATIVE(list_conversations)
{
	const struct packet_list *list = as_packets(args[0]);
	struct rt_any *dict = rt_hold(s, rt_dict(s));
	for (size_t i = 0; dict && !is_nothing(*dict) && i < packets_count(list); i++) {
		struct ends_text ends;
		struct entry *entry;
		if (!step_allowed(s))
			return rt_nothing();
		if (!packet_ends(packet_at(s, list, i), false, &ends))
			continue;
		const struct rt_any key = pair_key(s, &ends);
		const int verdict = is_nothing(key) ? -1 : dict_find(s, as_dict(*dict), key, &entry);
		if (verdict < 0 || !rt_dict_put(s, *dict, key, rt_int(verdict ? entry->value.num + 1 : 1)))
			return rt_nothing();
	}
	return dict ? *dict : rt_nothing();
}

const struct rt_method packet_list_methods[] = {
	{ "summary", list_summary, 0, 2, 0, "prn lfilter" },
	{ "nsummary", list_nsummary, 0, 2, 0, "prn lfilter" },
	{ "show", list_nsummary, 0, 2, 0, "prn lfilter" },
	{ "hexdump", list_hexdump, 0, 1, 0, "lfilter" },
	{ "filter", list_filter, 1, 1 },
	{ "sessions", list_sessions, 0, 0 },
	{ "conversations", list_conversations, 0, 0 },
	{ NULL },
};
