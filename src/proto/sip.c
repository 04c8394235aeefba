/* SPDX-License-Identifier: MIT */
/* sip.c - SIP (RFC 3261 section 7): the request or status line, and the header fields that tell calls apart. */
#include "list.h"
#include "text.h"

#define H(name) { name, 0, 0, RT_TEXT }
#define FIELDS H("Via"), H("From"), H("To"), H("Call_ID"), H("CSeq"), H("Contact"), H("User_Agent"), H("Server"), \
               H("Content_Type"), H("Content_Length")

static const struct rt_row request_rows[]  = { H("Method"), H("Request_URI"), H("SIP_Version"), FIELDS };
static const struct rt_row response_rows[] = { H("SIP_Version"), H("Status_Code"), H("Reason_Phrase"), FIELDS };

static uint32_t measure_request(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t next;
	struct text_span line = text_line(frame, at, end, &next);
	if (next == line.end || line.end - at < 12 || !text_starts(frame, line.end - 8, line.end, " SIP/2.0"))
		return 0;
	return text_head(frame, at, end) - at;
}

static uint32_t measure_response(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	return text_starts(frame, at, end, "SIP/2.0 ") ? text_head(frame, at, end) - at : 0;
}

#define LAYER(class, title_, function, table, sentence) { \
	.name = class, .title = title_, .spec = "RFC 3261 section 7", RT_ROWS(table), .header = 1, \
	.measure = function, \
	.place = text_place_head, .lines = RT_LINES({ .text = sentence }), \
	RT_LINKS({ "UDP", "dport", 5060 }, { "UDP", "sport", 5060 }, { "TCP", "dport", 5060 }, \
	         { "TCP", "sport", 5060 }) }

const struct rt_proto proto_sip_response = LAYER("SIPResponse", "SIP Response", measure_response, response_rows,
                                                 "{SIP_Version} {Status_Code}[ {Reason_Phrase}][, {CSeq}][, to {To}]");
const struct rt_proto proto_sip_request = LAYER("SIPRequest", "SIP Request", measure_request, request_rows,
                                                "SIP {Method} {Request_URI}[, from {From}]");
