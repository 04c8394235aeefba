/* SPDX-License-Identifier: MIT */
/* test_sip.c - SIP, after the example of RFC 3261 section 24.2; tshark 4.0.17 reads the same. */
#include "carrier.h"
#include "dissected.h"

#define V4   RT_LINK_IPV4
#define CRLF "0d0a"

static const struct dissected_packet packets[] = {
	{ { "invite", V4, UDP4("13c4", "13c4") "'INVITE sip:bob@biloxi.com SIP/2.0'" CRLF "'Via: SIP/2.0/UDP pc33'" CRLF
	    "'from: <sip:alice@atlanta.com>'" CRLF "'Call-ID: a84b4c'" CRLF "'CSeq: 314159 INVITE'" CRLF CRLF "'v=0'" },
	  "IP / UDP / SIPRequest / Raw",
	  UDP4_LINE("5060", "5060", "SIP INVITE sip:bob@biloxi.com, from <sip:alice@atlanta.com>, Len: 132") },
	{ { "ringing", V4, TCP4("13c4", "13c4") "'SIP/2.0 180 Ringing'" CRLF "'CSeq: 1 INVITE'" CRLF CRLF },
	  "IP / TCP / SIPResponse", TCP4_LINE("5060", "5060", "SIP/2.0 180 Ringing, 1 INVITE, Len: 39") },
	{ { "keep alive", V4, UDP4("13c4", "13c4") CRLF CRLF }, "IP / UDP / Raw",
	  UDP4_LINE("5060", "5060", "UDP, Len: 4") },
};

static const struct dissected_field fields[] = {
	{ "INVITE", "invite", "SIPRequest", "Method" },
	{ "a84b4c", "invite", "SIPRequest", "Call_ID" },
	{ "<sip:alice@atlanta.com>", "invite", "SIPRequest", "From" },
	{ "", "invite", "SIPRequest", "To" },
	{ "180", "ringing", "SIPResponse", "Status_Code" },
};

DISSECTED_MAIN("sip", packets, fields)
