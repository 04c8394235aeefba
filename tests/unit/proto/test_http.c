/* SPDX-License-Identifier: MIT */
/* test_http.c - HTTP/1 heads, laid out by RFC 9112; Scapy 2.5.0 reads the same (agree_app.py). */
#include "carrier.h"
#include "dissected.h"

#define V4   RT_LINK_IPV4
#define CRLF "0d0a"

static const struct dissected_packet packets[] = {
	{ { "get", V4,
	  TCP4("9c40", "0050") "'GET /a?b=1 HTTP/1.1'" CRLF "'Host: example.com'" CRLF "'user-AGENT:  curl/8 '"
	    CRLF "'X-Foo: bar'" CRLF "'no colon'" CRLF CRLF "'body'" }, "IP / TCP / HTTP / HTTPRequest / Raw",
	  TCP4_LINE("40000", "80", "HTTP GET /a?b=1 HTTP/1.1 Host: example.com, Len: 90") },
	{ { "ok", V4, TCP4("0050", "9c40") "'HTTP/1.1 200 OK'" CRLF "'Content-Type: text/html'" CRLF
	    "'Content-Length: 3'" CRLF CRLF "'abc'" }, "IP / TCP / HTTP / HTTPResponse / Raw",
	  TCP4_LINE("80", "40000", "HTTP/1.1 200 OK, text/html, 3 bytes, Len: 66") },
	{ { "moved", V4, TCP4("1f90", "9c40") "'HTTP/1.0 301 Moved Permanently'" CRLF "'Location: /b'" },
	  "IP / TCP / HTTP / HTTPResponse",
	  TCP4_LINE("8080", "40000", "HTTP/1.0 301 Moved Permanently, to /b, Len: 44") },
	{ { "escape", V4, TCP4("9c40", "1f40") "'GET /'" "1b5b33316d" "' HTTP/1.1'" CRLF CRLF },
	  "IP / TCP / HTTP / HTTPRequest",
	  TCP4_LINE("40000", "8000", "HTTP GET /\\x1b[31m HTTP/1.1, Len: 23") },
	{ { "search", V4, UDP4("c000", "076c") "'M-SEARCH * HTTP/1.1'" CRLF "'HOST: 239.255.255.250:1900'" CRLF CRLF },
	  "IP / UDP / HTTP / HTTPRequest",
	  UDP4_LINE("49152", "1900", "HTTP M-SEARCH * HTTP/1.1 Host: 239.255.255.250:1900, Len: 51") },
	{ { "data", V4, TCP4("0050", "9c40") "'<html>'" CRLF }, "IP / TCP / Raw",
	  "192.168.16.34:80 -> 192.168.16.100:40000 TTL: 64, Flags: PA, Seq: 1, Ack: 2, Win: 512, Len: 8" },
	{ { "no version", V4, TCP4("9c40", "0050") "'GET /a'" CRLF CRLF }, "IP / TCP / Raw",
	  "192.168.16.34:40000 -> 192.168.16.100:80 TTL: 64, Flags: PA, Seq: 1, Ack: 2, Win: 512, Len: 10" },
};

static const struct dissected_field fields[] = {
	{ "GET", "get", "HTTPRequest", "Method" },
	{ "/a?b=1", "get", "HTTPRequest", "Path" },
	{ "HTTP/1.1", "get", "HTTPRequest", "Http_Version" },
	{ "curl/8", "get", "HTTPRequest", "User_Agent" },
	{ "[{\"field_name\":\"X-Foo\",\"field_value\":\"bar\"}]", "get", "HTTPRequest", "Unknown_Headers" },
	{ "", "get", "HTTPRequest", "Accept" },
	{ "626f6479", "get", "Raw", "load" },
	{ "301", "moved", "HTTPResponse", "Status_Code" },
	{ "Moved Permanently", "moved", "HTTPResponse", "Reason_Phrase" },
	{ "3", "ok", "HTTPResponse", "Content_Length" },
	{ "[]", "ok", "HTTPResponse", "Unknown_Headers" },
};

DISSECTED_MAIN("http", packets, fields)
