/* SPDX-License-Identifier: MIT */
/* dns_records.c - the questions and resource records of a DNS message (RFC 1035 section 4.1.2 and 4.1.3, RFC 2782,
 * RFC 3596, RFC 6891). A record begins with a name of any length, so its rows are placed one after the other. */
#include "dns.h"
#include "words.h"

static const struct rt_word classes[] = { { 1, "IN" }, { 2, "CS" }, { 3, "CH" }, { 4, "HS" }, { 255, "ANY" } };
static const struct rt_word z_bits[] = { { 32768, "D0" } };
static const struct rt_word option_codes[] = {
	{ 0, "Reserved" }, { 1, "LLQ" }, { 2, "UL" }, { 3, "NSID" }, { 4, "Reserved" }, { 5, "PING" },
	{ 8, "edns-client-subnet" },
};

/* ---- rows: `bit` counts from 0 in the order they stand; the places come from record_place ------------------- */

static bool record_place(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *wanted,
                         struct rt_place *place)
{
	uint32_t at = layer->at, end = layer->at + layer->header;
	for (const struct rt_row *row = layer->proto->rows; ; row++) {
		uint32_t after = row->kind == RT_NAME ? dns_skip_name(frame, at, end) :
		                 row->width ? at + row->width / 8 : end;
		if (row == wanted) {
			*place = (struct rt_place){ (at - layer->at) * 8, (after - at) * 8 };
			return after <= end;
		}
		at = after;
		if (at > end)
			return false;
	}
}

#define TYPE(name)  { name, 0, 16, RT_ENUM, .names = &dns_types }
#define CLASS(name) { name, 0, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(classes)) }
#define RECORD { "rrname", 0, 0, RT_NAME }, TYPE("type"), CLASS("rclass"), { "ttl", 0, 32, RT_NUM }, \
               { "rdlen", 0, 16, RT_NUM }

static const struct rt_row text_rows[] = { { "text", 8, 0, RT_BYTES } };
static const struct rt_proto text = { .name = "text", .spec = "RFC 1035 section 3.3", RT_ROWS(text_rows),
                                      .header = 1 };
static const struct rt_list texts = { .other = &text, .length_bytes = 1, .length_unit = 1, .length_add = 1,
                                      .is_values = true, .last_code = -1, .empty = "[]" };
static const struct rt_row option_rows[] = {
	{ "optcode", 0, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(option_codes)) },
	{ "optlen", 16, 16, RT_NUM },
	{ "optdata", 32, 0, RT_BYTES },
};
static const struct rt_proto option = { .name = "EDNS0TLV", .title = "DNS EDNS0 TLV", .spec = "RFC 6891 section 6.1.2",
                                        RT_ROWS(option_rows), .header = 4 };
static const struct rt_list options = { .other = &option, .code_bytes = 2, .length_bytes = 2, .length_unit = 1,
                                        .length_add = 4, .last_code = -1 };

static const struct rt_row question_rows[] = { { "qname", 0, 0, RT_NAME }, TYPE("qtype"), CLASS("qclass") };
static const struct rt_row a_rows[]     = { RECORD, { "rdata", 0, 32, RT_IP4 } };
static const struct rt_row aaaa_rows[]  = { RECORD, { "rdata", 0, 128, RT_IP6 } };
static const struct rt_row name_rows[]  = { RECORD, { "rdata", 0, 0, RT_NAME } };
static const struct rt_row txt_rows[]   = { RECORD, { "rdata", 0, 0, RT_LIST, .list = &texts } };
static const struct rt_row bytes_rows[] = { RECORD, { "rdata", 0, 0, RT_BYTES } };
static const struct rt_row mx_rows[]    = { RECORD, { "preference", 0, 16, RT_NUM }, { "exchange", 0, 0, RT_NAME } };
static const struct rt_row soa_rows[]   = {
	RECORD, { "mname", 0, 0, RT_NAME }, { "rname", 0, 0, RT_NAME }, { "serial", 0, 32, RT_NUM },
	{ "refresh", 0, 32, RT_NUM }, { "retry", 0, 32, RT_NUM }, { "expire", 0, 32, RT_NUM },
	{ "minimum", 0, 32, RT_NUM },
};
static const struct rt_row srv_rows[]   = {
	RECORD, { "priority", 0, 16, RT_NUM }, { "weight", 0, 16, RT_NUM }, { "port", 0, 16, RT_NUM },
	{ "target", 0, 0, RT_NAME },
};
static const struct rt_row opt_rows[]   = {
	{ "rrname", 0, 0, RT_NAME }, TYPE("type"), { "rclass", 0, 16, RT_NUM }, { "extrcode", 0, 8, RT_NUM },
	{ "version", 0, 8, RT_NUM }, { "z", 0, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(z_bits)) },
	{ "rdlen", 0, 16, RT_NUM }, { "rdata", 0, 0, RT_LIST, .list = &options },
};

#define ITEM(c_name, class, words, rfc, table) \
	static const struct rt_proto c_name = { .name = class, .title = "DNS " words, .spec = rfc, RT_ROWS(table), \
	                                        .place = record_place }
ITEM(question, "DNSQR",    "Question Record",     "RFC 1035 section 4.1.2", question_rows);
ITEM(a,        "DNSRR",    "Resource Record",     "RFC 1035 section 3.4.1", a_rows);
ITEM(aaaa,     "DNSRR",    "Resource Record",     "RFC 3596 section 2.2",   aaaa_rows);
ITEM(name,     "DNSRR",    "Resource Record",     "RFC 1035 section 3.3",   name_rows);
ITEM(txt,      "DNSRR",    "Resource Record",     "RFC 1035 section 3.3.14", txt_rows);
ITEM(other,    "DNSRR",    "Resource Record",     "RFC 1035 section 4.1.3", bytes_rows);
ITEM(mx,       "DNSRRMX",  "MX Resource Record",  "RFC 1035 section 3.3.9", mx_rows);
ITEM(soa,      "DNSRRSOA", "SOA Resource Record", "RFC 1035 section 3.3.13", soa_rows);
ITEM(srv,      "DNSRRSRV", "SRV Resource Record", "RFC 2782",               srv_rows);
ITEM(opt,      "DNSRROPT", "OPT Resource Record", "RFC 6891 section 6.1",   opt_rows);

static const struct rt_item kinds[] = {
	{ 1, &a }, { 2, &name }, { 3, &name }, { 4, &name }, { 5, &name }, { 6, &soa }, { 12, &name }, { 15, &mx },
	{ 16, &txt }, { 28, &aaaa }, { 33, &srv }, { 41, &opt },
};

static const struct rt_proto *record_proto(uint16_t type, uint16_t rdlen)
{
	for (size_t i = 0; i < RT_COUNT(kinds); i++) {
		if (kinds[i].code != type)
			continue;
		bool is_wrong = (type == 1 && rdlen != 4) || (type == 28 && rdlen != 16);
		return is_wrong ? &other : kinds[i].proto;
	}
	return &other;
}

/* ---- walking --------------------------------------------------------------------------------------------------- */

/* The record at `at`; false when its fixed part is cut. */
static bool record_at(const struct rt_frame *frame, uint32_t at, uint32_t end, bool is_question, struct rt_layer *item)
{
	uint32_t after = dns_skip_name(frame, at, end), fixed = is_question ? 4 : 10;
	if (at >= end || end - after < fixed)
		return false;
	uint16_t rdlen = is_question ? 0 : rt_be16(frame->data + after + 8);
	uint32_t size = after - at + fixed + rdlen;
	if (size > end - at)
		size = end - at;
	*item = (struct rt_layer){ .at = at, .header = size, .end = at + size, .id = RT_NO_ID,
	                           .proto = is_question ? &question : record_proto(rt_be16(frame->data + after), rdlen) };
	return true;
}

uint32_t dns_section(const struct rt_frame *frame, uint32_t message, uint32_t end, unsigned section)
{
	uint32_t at = message + 12;
	struct rt_layer item;
	unsigned walked = 0;
	for (unsigned s = 0; s < section; s++) {
		unsigned count = rt_be16(frame->data + message + 4 + 2 * s);
		for (; count && walked < RT_ITEMS_MAX && record_at(frame, at, end, s == 0, &item); count--, walked++)
			at = item.end;
	}
	return at < end ? at : end;
}

/* memo: [0] is the walk under way, [1] records left of the section. */
static bool next_record(struct rt_walk *walk, struct rt_layer *item, unsigned section)
{
	uint32_t message = walk->owner.at + walk->owner.proto->names_at;
	if (!walk->memo[0]) {
		walk->memo[0] = 1;
		walk->memo[1] = rt_be16(walk->frame->data + message + 4 + 2 * section);
		walk->at = dns_section(walk->frame, message, walk->end, section);
	}
	if (walk->memo[1] == 0 || !record_at(walk->frame, walk->at, walk->end, section == 0, item))
		return false;
	walk->memo[1]--;
	walk->at = item->end;
	return true;
}

static bool next_qd(struct rt_walk *walk, struct rt_layer *item) { return next_record(walk, item, 0); }
static bool next_an(struct rt_walk *walk, struct rt_layer *item) { return next_record(walk, item, 1); }
static bool next_ns(struct rt_walk *walk, struct rt_layer *item) { return next_record(walk, item, 2); }
static bool next_ar(struct rt_walk *walk, struct rt_layer *item) { return next_record(walk, item, 3); }

#define SECTION(function) { RT_ITEMS(kinds), .other = &other, .next = function, .last_code = -1, .empty = "None" }

static const struct rt_item questions[] = { { 0, &question } };

const struct rt_list dns_sections[DNS_SECTIONS] = {
	{ RT_ITEMS(questions), .other = &question, .next = next_qd, .last_code = -1, .empty = "None" },
	SECTION(next_an), SECTION(next_ns), SECTION(next_ar),
};
