/* SPDX-License-Identifier: MIT */
/* http.c - HTTP/1 (RFC 9112): the request or status line, and the header fields that Scapy names; all others are
 * records of Unknown_Headers. Scapy's layer HTTP is of no bytes and stands in front of both. A head that goes
 * on in another segment is shown as far as it goes. */
#include "list.h"
#include "text.h"

#define METHOD_MAX  16

static const struct rt_row unknown_rows[] = { { "field_name", 0, 0, RT_TEXT }, { "field_value", 0, 0, RT_TEXT } };

static bool place_unknown(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                          struct rt_place *place)
{
	struct text_span line = { layer->at, layer->at + layer->header }, name, value;
	uint32_t next;
	line = text_line(frame, line.at, line.end, &next);
	if (!text_field(frame, line, &name, &value))
		return false;
	*place = text_place(layer, row == unknown_rows ? name : value);
	return true;
}

static const struct rt_proto unknown = { .name = "Header", .spec = "RFC 9110 section 5", RT_ROWS(unknown_rows),
                                         .header = 1, .place = place_unknown };

static bool is_known(const struct rt_frame *frame, const struct rt_proto *proto, struct text_span name)
{
	for (unsigned i = TEXT_WORDS; i + 1u < proto->row_count; i++)
		if (text_is(frame, name, proto->rows[i].name))
			return true;
	return false;
}

/* memo[0]: lines read so far. */
static bool next_unknown(struct rt_walk *walk, struct rt_layer *item)
{
	struct text_span line, name, value;
	while (walk->at < walk->end && walk->memo[0]++ < TEXT_LINES_MAX) {
		line = text_line(walk->frame, walk->at, walk->end, &walk->at);
		if (line.at == line.end || !text_field(walk->frame, line, &name, &value) ||
		    is_known(walk->frame, walk->owner.proto, name))
			continue;
		*item = (struct rt_layer){ .proto = &unknown, .at = line.at, .header = line.end - line.at,
		                           .end = line.end, .id = RT_NO_ID };
		return true;
	}
	return false;
}

static const struct rt_list unknowns = { .other = &unknown, .next = next_unknown, .last_code = -1, .empty = "None" };

#define H(name) { name, 0, 0, RT_TEXT }

static const struct rt_row request_rows[] = {
	H("Method"), H("Path"), H("Http_Version"),
	H("A_IM"), H("Accept"), H("Accept_Charset"), H("Accept_Datetime"), H("Accept_Encoding"), H("Accept_Language"),
	H("Access_Control_Request_Headers"), H("Access_Control_Request_Method"), H("Authorization"),
	H("Cache_Control"), H("Connection"), H("Content_Length"), H("Content_MD5"), H("Content_Type"), H("Cookie"),
	H("DNT"), H("Date"), H("Expect"), H("Forwarded"), H("From"), H("Front_End_Https"), H("HTTP2_Settings"),
	H("Host"), H("If_Match"), H("If_Modified_Since"), H("If_None_Match"), H("If_Range"), H("If_Unmodified_Since"),
	H("Keep_Alive"), H("Max_Forwards"), H("Origin"), H("Permanent"), H("Pragma"), H("Proxy_Authorization"),
	H("Proxy_Connection"), H("Range"), H("Referer"), H("Save_Data"), H("TE"), H("Upgrade"),
	H("Upgrade_Insecure_Requests"), H("User_Agent"), H("Via"), H("Warning"), H("X_ATT_DeviceId"),
	H("X_Correlation_ID"), H("X_Csrf_Token"), H("X_Forwarded_For"), H("X_Forwarded_Host"), H("X_Forwarded_Proto"),
	H("X_Http_Method_Override"), H("X_Request_ID"), H("X_Requested_With"), H("X_UIDH"), H("X_Wap_Profile"),
	{ "Unknown_Headers", 0, 0, RT_LIST, .list = &unknowns },
};

static const struct rt_row response_rows[] = {
	H("Http_Version"), H("Status_Code"), H("Reason_Phrase"),
	H("Accept_Patch"), H("Accept_Ranges"), H("Access_Control_Allow_Credentials"),
	H("Access_Control_Allow_Headers"), H("Access_Control_Allow_Methods"), H("Access_Control_Allow_Origin"),
	H("Access_Control_Expose_Headers"), H("Access_Control_Max_Age"), H("Age"), H("Allow"), H("Alt_Svc"),
	H("Cache_Control"), H("Connection"), H("Content_Disposition"), H("Content_Encoding"), H("Content_Language"),
	H("Content_Length"), H("Content_Location"), H("Content_MD5"), H("Content_Range"),
	H("Content_Security_Policy"), H("Content_Type"), H("Date"), H("Delta_Base"), H("ETag"), H("Expires"), H("IM"),
	H("Keep_Alive"), H("Last_Modified"), H("Link"), H("Location"), H("P3P"), H("Permanent"), H("Pragma"),
	H("Proxy_Authenticate"), H("Public_Key_Pins"), H("Refresh"), H("Retry_After"), H("Server"), H("Set_Cookie"),
	H("Status"), H("Strict_Transport_Security"), H("Timing_Allow_Origin"), H("Tk"), H("Trailer"),
	H("Transfer_Encoding"), H("Upgrade"), H("Vary"), H("Via"), H("WWW_Authenticate"), H("Warning"),
	H("X_Content_Duration"), H("X_Content_Security_Policy"), H("X_Content_Type_Options"), H("X_Correlation_ID"),
	H("X_Frame_Options"), H("X_Powered_By"), H("X_Request_ID"), H("X_UA_Compatible"), H("X_WebKit_CSP"),
	H("X_XSS_Protection"),
	{ "Unknown_Headers", 0, 0, RT_LIST, .list = &unknowns },
};

static bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

/* "HTTP/1.1" */
static bool is_version(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	return end - at >= 8 && text_starts(frame, at, end, "HTTP/") && is_digit(frame->data[at + 5]) &&
	       frame->data[at + 6] == '.' && is_digit(frame->data[at + 7]);
}

/* RFC 9112 section 3: a method in capitals, something, and the version. */
static uint32_t measure_request(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t next, size = 0;
	struct text_span line = text_line(frame, at, end, &next);
	const uint8_t *p = frame->data + at;
	while (size < METHOD_MAX && at + size < line.end && ((p[size] >= 'A' && p[size] <= 'Z') || p[size] == '-'))
		size++;
	if (size < 3 || line.end - at < size + 11 || p[size] != ' ' || next == line.end ||
	    frame->data[line.end - 9] != ' ' || !is_version(frame, line.end - 8, line.end))
		return 0;
	return text_head(frame, at, end) - at;
}

/* RFC 9112 section 4: the version, three digits, and perhaps a reason. */
static uint32_t measure_response(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	uint32_t next;
	struct text_span line = text_line(frame, at, end, &next);
	const uint8_t *p = frame->data + at;
	if (line.end - at < 12 || next == line.end || !is_version(frame, at, line.end) || p[8] != ' ' ||
	    !is_digit(p[9]) || !is_digit(p[10]) || !is_digit(p[11]))
		return 0;
	return text_head(frame, at, end) - at;
}

static bool claims_http(const struct rt_packet *above, struct rt_layer *layer)
{
	return measure_request(above->frame, layer->at, layer->end) ||
	       measure_response(above->frame, layer->at, layer->end);
}

const struct rt_proto proto_http = {
	.name = "HTTP", .title = "HTTP 1", .spec = "RFC 9112", .claims = claims_http, .is_flat = true,
	RT_LINKS({ "TCP", "dport", 80 }, { "TCP", "sport", 80 }, { "TCP", "dport", 8080 }, { "TCP", "sport", 8080 },
	         { "TCP", "dport", 8000 }, { "TCP", "sport", 8000 }, { "TCP", "dport", 8008 },
	         { "TCP", "sport", 8008 }, { "TCP", "dport", 8888 }, { "TCP", "sport", 8888 },
	         { "TCP", "dport", 3128 }, { "TCP", "sport", 3128 }, { "UDP", "dport", 1900 },
	         { "UDP", "sport", 1900 }),
};

const struct rt_proto proto_http_request = {
	.name = "HTTPRequest", .title = "HTTP Request", .spec = "RFC 9112 section 3", RT_ROWS(request_rows),
	.header = 1,
	.measure = measure_request, .place = text_place_head,
	.lines = RT_LINES({ .text = "HTTP {Method} {Path} {Http_Version}[ Host: {Host}]" }),
	.summaries = RT_LINES({ .text = "{Method} {Path} {Http_Version}" }),
	RT_LINKS({ "HTTP", NULL }),
};

const struct rt_proto proto_http_response = {
	.name = "HTTPResponse", .title = "HTTP Response", .spec = "RFC 9112 section 4", RT_ROWS(response_rows),
	.header = 1,
	.measure = measure_response, .place = text_place_head,
	.lines = RT_LINES({ .text = "{Http_Version} {Status_Code}[ {Reason_Phrase}][, {Content_Type}]"
	                            "[, {Content_Length} bytes][, to {Location}]" }),
	.summaries = RT_LINES({ .text = "{Http_Version} {Status_Code} {Reason_Phrase}" }),
	RT_LINKS({ "HTTP", NULL }),
};
