/* SPDX-License-Identifier: MIT */
/* test_dhcp.c - BOOTP and DHCP. Bytes are laid out by RFC 2131 section 2 and RFC 2132; Scapy 2.5.0 reads the same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4
#define ZEROS16 "00000000000000000000000000000000"
#define ZEROS64 ZEROS16 ZEROS16 ZEROS16 ZEROS16
#define MAC16   "020000000001" "00000000000000000000"
#define NAMES   ZEROS64 ZEROS64 ZEROS64
#define REQUEST "01010600" "00012345" "00008000" "00000000" "00000000" "00000000" "00000000" MAC16 NAMES
#define REPLY   "02010600" "00012345" "00000000" "0a000001" "0a000009" "0a000001" "0a0000fe" MAC16 NAMES
#define COOKIE  "63825363"

static const struct dissected_packet packets[] = {
	{ { "discover", V4, UDP4("0044", "0043") REQUEST COOKIE "350101" "3d03010203" "32040a000009" "370401030f06"
	    "0c03'box'" "c8026162" "00" "ff" }, "IP / UDP / BOOTP / DHCP",
	  UDP4_LINE("68", "67", "DHCP discover 10.0.0.9 from 02:00:00:00:00:01 host box, Len: 271") },
	{ { "offer", V4, UDP4("0043", "0044") REPLY COOKIE "350102" "36040a000001" "330400000258"
	    "03080101010102020202" "ff" }, "IP / UDP / BOOTP / DHCP",
	  UDP4_LINE("67", "68", "DHCP offer 10.0.0.9 to 02:00:00:00:00:01 from 10.0.0.1, lease 600, Len: 266") },
	{ { "request", V4, UDP4("0044", "0043") REQUEST COOKIE "350103" "32040a000009" "ff" },
	  "IP / UDP / BOOTP / DHCP", UDP4_LINE("68", "67", "DHCP request 10.0.0.9 from 02:00:00:00:00:01, Len: 250") },
	{ { "ack", V4, UDP4("0043", "0044") REPLY COOKIE "350105" "ff" }, "IP / UDP / BOOTP / DHCP",
	  UDP4_LINE("67", "68", "DHCP ack 10.0.0.9 to 02:00:00:00:00:01, Len: 244") },
	{ { "bootp", V4, UDP4("0044", "0043") REQUEST "00000000" }, "IP / UDP / BOOTP",
	  UDP4_LINE("68", "67", "BOOTP request from 02:00:00:00:00:01, Len: 240") },
	{ { "wrong", V4, UDP4("0044", "0043") REQUEST COOKIE "35020105" "32020a00" "01051122334455" "0cff61" },
	  "IP / UDP / BOOTP / DHCP", UDP4_LINE("68", "67", "DHCP from 02:00:00:00:00:01 host a, Len: 258") },
};

static const struct dissected_field fields[] = {
	{ "74565", "discover", "BOOTP", "xid" },
	{ "B", "discover", "BOOTP", "flags" },
	{ "02:00:00:00:00:01", "discover", "BOOTP", "chaddr" },
	{ "10.0.0.254", "offer", "BOOTP", "giaddr" },
	{ "63825363", "offer", "BOOTP", "options" },
	{ "00000000", "bootp", "BOOTP", "options" },
	{ "[[\"message-type\",1],[\"client_id\",\"010203\"],[\"requested_addr\",\"10.0.0.9\"],"
	  "[\"param_req_list\",[1,3,15,6]],[\"hostname\",\"box\"],[200,\"6162\"],[\"pad\",null],[\"end\",null]]",
	  "discover", "DHCP", "options" },
	{ "[[\"message-type\",2],[\"server_id\",\"10.0.0.1\"],[\"lease_time\",600],"
	  "[\"router\",[\"1.1.1.1\",\"2.2.2.2\"]],[\"end\",null]]", "offer", "DHCP", "options" },
	{ "[[\"message-type\",\"0105\"],[\"requested_addr\",\"0a00\"],[\"subnet_mask\",\"1122334455\"],"
	  "[\"hostname\",\"a\"]]", "wrong", "DHCP", "options" },
	{ "1", "discover", "DHCP", "message_type" },
	{ "10.0.0.9", "discover", "DHCP", "requested" },
	{ "600", "offer", "DHCP", "lease" },
	{ "", "wrong", "DHCP", "message_type" },
};

DISSECTED_MAIN("dhcp", packets, fields)
