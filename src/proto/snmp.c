/* SPDX-License-Identifier: MIT */
/* snmp.c - SNMP v1 and v2c (RFC 1157 section 4, RFC 3416 section 3): version, community, and one PDU, whose fields are
 * rows of the same layer. Of v3 only the version is read. */
#include "ber.h"
#include "list.h"

enum { TRAP_V1 = 0xa4 };

static const struct rt_word versions[] = { { 0, "v1" }, { 1, "v2c" }, { 2, "v2" }, { 3, "v3" } };
static const struct rt_word pdus[] = {
	{ 0, "get" }, { 1, "get-next" }, { 2, "response" }, { 3, "set" }, { 4, "trap-v1" }, { 5, "get-bulk" },
	{ 6, "inform" }, { 7, "trap" }, { 8, "report" },
};
static const struct rt_word errors[] = {
	{ 0, "no_error" }, { 1, "too_big" }, { 2, "no_such_name" }, { 3, "bad_value" }, { 4, "read_only" },
	{ 5, "generic_error" }, { 6, "no_access" }, { 7, "wrong_type" }, { 8, "wrong_length" },
	{ 9, "wrong_encoding" }, { 10, "wrong_value" }, { 11, "no_creation" }, { 12, "inconsistent_value" },
	{ 13, "ressource_unavailable" }, { 14, "commit_failed" }, { 15, "undo_failed" },
	{ 16, "authorization_error" }, { 17, "not_writable" }, { 18, "inconsistent_name" },
};
static const struct rt_word traps[] = {
	{ 0, "cold_start" }, { 1, "warm_start" }, { 2, "link_down" }, { 3, "link_up" }, { 4, "auth_failure" },
	{ 5, "egp_neigh_loss" }, { 6, "enterprise_specific" },
};

/* ---- variable bindings: an object, and a value whose tag says which row it is --------------------------------- */

static const struct rt_row binding_rows[] = {
	{ "oid",   0, 0, RT_OID },
	{ "value", 0, 64, RT_NUM, .init = BER_INTEGER },
	{ "value", 0, 0, RT_TEXT, .init = BER_OCTETS },
	{ "value", 0, 0, RT_OID, .init = BER_OID },
	{ "value", 0, 32, RT_IP4, .init = 0x40 },
	{ "value", 0, 64, RT_NUM, .init = 0x41 },       /* Counter32                                     */
	{ "value", 0, 64, RT_NUM, .init = 0x42 },       /* Gauge32, Unsigned32                           */
	{ "value", 0, 64, RT_NUM, .init = 0x43 },       /* TimeTicks                                     */
	{ "value", 0, 0, RT_XBYTES, .init = 0x44 },     /* Opaque                                        */
	{ "value", 0, 64, RT_NUM, .init = 0x46 },       /* Counter64                                     */
};

static bool place_binding(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                          struct rt_place *place)
{
	struct ber binding, oid, value;
	uint32_t at = layer->at;
	if (!ber_next(frame, &at, layer->at + layer->header, &binding) || binding.tag != BER_SEQUENCE)
		return false;
	at = binding.from;
	if (!ber_expect(frame, &at, binding.end, BER_OID, &oid))
		return false;
	*place = ber_place(frame, layer, &oid, false);
	if (row == binding_rows)
		return true;
	if (!ber_next(frame, &at, binding.end, &value) || value.tag != row->init)
		return false;
	*place = ber_place(frame, layer, &value, row->kind == RT_NUM);
	return place->width <= 64 || row->kind != RT_NUM;
}

static const struct rt_proto binding = { .name = "SNMPvarbind", .spec = "RFC 3416 section 3", RT_ROWS(binding_rows),
                                         .header = 1, .place = place_binding };

static bool next_binding(struct rt_walk *walk, struct rt_layer *item)
{
	struct ber ber;
	if (!ber_next(walk->frame, &walk->at, walk->end, &ber))
		return false;
	*item = (struct rt_layer){ .proto = &binding, .at = ber.at, .header = ber.end - ber.at, .end = ber.end,
	                           .id = RT_NO_ID };
	return true;
}

static const struct rt_list bindings = { .other = &binding, .next = next_binding, .last_code = -1 };

/* ---- the message ------------------------------------------------------------------------------------------------ */

/* `init` of a row: which of the message's elements it is, from 0. Those of a PDU stand behind FIRST. */
enum { VERSION, COMMUNITY, PDU, FIRST, TRAP = 16 };

static const struct rt_row rows[] = {
	{ "version",       0, 8,  RT_ENUM, .names = RT_NAMES(RT_WORDS(versions)), .init = VERSION },
	{ "community",     0, 0,  RT_TEXT, .init = COMMUNITY },
	{ "pdu",           0, 5,  RT_ENUM, .names = RT_NAMES(RT_WORDS(pdus)), .init = PDU },
	{ "id",            0, 32, RT_NUM,  .init = FIRST },
	{ "error",         0, 32, RT_ENUM, .names = RT_NAMES(RT_WORDS(errors)), .init = FIRST + 1 },
	{ "error_index",   0, 32, RT_NUM,  .init = FIRST + 2 },
	{ "varbindlist",   0, 0,  RT_LIST, .list = &bindings, .init = FIRST + 3 },
	{ "enterprise",    0, 0,  RT_OID,  .init = TRAP },
	{ "agent_addr",    0, 32, RT_IP4,  .init = TRAP + 1 },
	{ "generic_trap",  0, 32, RT_ENUM, .names = RT_NAMES(RT_WORDS(traps)), .init = TRAP + 2 },
	{ "specific_trap", 0, 32, RT_NUM,  .init = TRAP + 3 },
	{ "time_stamp",    0, 32, RT_NUM,  .init = TRAP + 4 },
	{ "varbindlist",   0, 0,  RT_LIST, .list = &bindings, .init = TRAP + 5 },
};

/* The nth element inside `around`. */
static bool nth_element(const struct rt_frame *frame, const struct ber *around, unsigned nth, struct ber *found)
{
	uint32_t at = around->from;
	for (unsigned i = 0; i <= nth; i++)
		if (!ber_next(frame, &at, around->end, found))
			return false;
	return true;
}

static bool find_element(const struct rt_frame *frame, const struct rt_layer *layer, uint32_t which, struct ber *found)
{
	struct ber message;
	uint32_t at = layer->at;
	if (!ber_next(frame, &at, layer->at + layer->header, &message))
		return false;
	if (which <= PDU)
		return nth_element(frame, &message, which, found);
	if (!nth_element(frame, &message, PDU, found) || (found->tag == TRAP_V1) != (which >= TRAP))
		return false;
	message = *found;
	return nth_element(frame, &message, which - (which >= TRAP ? TRAP : FIRST), found);
}

static bool place_row(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	struct ber found;
	if (!find_element(frame, layer, row->init, &found) || (row->init == PDU && (found.tag & 0xe0) != 0xa0) ||
	    (row->init == COMMUNITY && found.tag != BER_OCTETS))
		return false;
	bool is_number = rt_row_is_number(row);
	*place = row->init == PDU ? (struct rt_place){ (found.at - layer->at) * 8 + 3, 5 } :
	         ber_place(frame, layer, &found, is_number);
	return place->width && (!is_number || place->width <= 32);
}

/* A sequence that begins with a version from 0 to 3. */
static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	struct ber message, version;
	uint32_t next = at;
	if (!ber_expect(frame, &next, end, BER_SEQUENCE, &message))
		return 0;
	at = message.from;
	if (!ber_expect(frame, &at, message.end, BER_INTEGER, &version) || version.size != 1 ||
	    version.end == version.from || frame->data[version.from] > 3)
		return 0;
	return next - message.at;
}

const struct rt_proto proto_snmp = {
	.name = "SNMP", .spec = "RFC 3416 section 3", RT_ROWS(rows), .header = 1, .measure = measure,
	.place = place_row,
	.lines = RT_LINES(
		{ "pdu", 4, "SNMP{version} trap {community}[ {enterprise}][ {generic_trap}]" },
		{ .text = "SNMP{version}[ {pdu}][ {community}][ {varbindlist.oid}][ = {varbindlist.value}]" }),
	RT_LINKS({ "UDP", "dport", 161 }, { "UDP", "sport", 161 }, { "UDP", "dport", 162 }, { "UDP", "sport", 162 }),
};
