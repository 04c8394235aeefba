/* SPDX-License-Identifier: MIT */
/* ldap.c - the start of LDAP messages (RFC 4511 section 4.1.1): number, operation, and the name that it is about. */
#include "ber.h"
#include "list.h"

static const struct rt_word operations[] = {
	{ 0, "bindRequest" }, { 1, "bindResponse" }, { 2, "unbindRequest" }, { 3, "searchRequest" },
	{ 4, "searchResEntry" }, { 5, "searchResDone" }, { 6, "modifyRequest" }, { 7, "modifyResponse" },
	{ 8, "addRequest" }, { 9, "addResponse" }, { 10, "delRequest" }, { 11, "delResponse" },
	{ 12, "modDNRequest" }, { 13, "modDNResponse" }, { 14, "compareRequest" }, { 15, "compareResponse" },
	{ 16, "abandonRequest" }, { 19, "searchResRef" }, { 23, "extendedReq" }, { 24, "extendedResp" },
	{ 25, "intermediateResponse" },
};
static const struct rt_word results[] = {
	{ 0, "success" }, { 1, "operationsError" }, { 2, "protocolError" }, { 3, "timeLimitExceeded" },
	{ 4, "sizeLimitExceeded" }, { 10, "referral" }, { 14, "saslBindInProgress" }, { 32, "noSuchObject" },
	{ 49, "invalidCredentials" }, { 50, "insufficientAccessRights" }, { 53, "unwillingToPerform" },
	{ 68, "entryAlreadyExists" }, { 80, "other" },
};

enum { BIND_REQUEST, SEARCH_REQUEST = 3, SEARCH_ENTRY = 4 };
enum { MESSAGE_ID, OPERATION, NAME, RESULT };   /* `init` of the rows                                    */

static const struct rt_row rows[] = {
	{ "messageID",  0, 32, RT_NUM, .init = MESSAGE_ID },
	{ "protocolOp", 0, 5,  RT_ENUM, .names = RT_NAMES(RT_WORDS(operations)), .init = OPERATION },
	{ "name",       0, 0,  RT_TEXT, .init = NAME },
	{ "resultCode", 0, 32, RT_ENUM, .names = RT_NAMES(RT_WORDS(results)), .init = RESULT },
};

struct message { struct ber whole, id, operation; };

static bool read_message(const struct rt_frame *frame, uint32_t at, uint32_t end, struct message *message)
{
	if (!ber_expect(frame, &at, end, BER_SEQUENCE, &message->whole))
		return false;
	at = message->whole.from;
	return ber_expect(frame, &at, message->whole.end, BER_INTEGER, &message->id) && message->id.size <= 4 &&
	       message->id.end > message->id.from && ber_next(frame, &at, message->whole.end, &message->operation) &&
	       (message->operation.tag & 0xc0) == 0x40;
}

/* The name of a bind stands behind its version; of most others it is the first string, or the operation itself. */
static bool find_name(const struct rt_frame *frame, const struct ber *operation, uint8_t kind, struct ber *found)
{
	uint32_t at = operation->from;
	if (!(operation->tag & 0x20)) {
		*found = *operation;
		return kind == 10;
	}
	if (!ber_next(frame, &at, operation->end, found) ||
	    (kind == BIND_REQUEST && !ber_next(frame, &at, operation->end, found)))
		return false;
	return found->tag == BER_OCTETS;
}

static bool place_row(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                      struct rt_place *place)
{
	struct message message;
	struct ber found;
	if (!read_message(frame, layer->at, layer->at + layer->header, &message))
		return false;
	uint8_t kind = message.operation.tag & 0x1f;
	uint32_t at = message.operation.from;
	found = message.id;
	if (row->init == OPERATION) {
		*place = (struct rt_place){ (message.operation.at - layer->at) * 8 + 3, 5 };
		return true;
	}
	if (row->init == NAME && !find_name(frame, &message.operation, kind, &found))
		return false;
	if (row->init == RESULT && !ber_expect(frame, &at, message.operation.end, 0x0a, &found))
		return false;
	*place = ber_place(frame, layer, &found, row->init != NAME);
	return row->init == NAME || (place->width && place->width <= 32);
}

static uint32_t measure(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	struct message message;
	return read_message(frame, at, end, &message) ? message.whole.end - at : 0;
}

const struct rt_proto proto_ldap = {
	.name = "LDAP", .spec = "RFC 4511 section 4.1.1", RT_ROWS(rows), .header = 1, .measure = measure,
	.place = place_row,
	.lines = RT_LINES({ .text = "LDAP {protocolOp}[ {name}][ {resultCode}]" }),
	RT_LINKS({ "TCP", "dport", 389 }, { "TCP", "sport", 389 }, { "TCP", "dport", 3268 }, { "TCP", "sport", 3268 },
	         { "UDP", "dport", 389 }, { "UDP", "sport", 389 }, { "LDAP", NULL }),
};
