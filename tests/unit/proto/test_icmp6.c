/* SPDX-License-Identifier: MIT */
/* test_icmp6.c - messages of ICMPv6: listener discovery, node information, mobile nodes. The bytes are laid out by
 * RFC 2710 section 3, RFC 3810 section 5, RFC 4286, RFC 4620 and RFC 6275 section 6 (checksums are made up); tshark
 * 4.0.17 reads the same. */
#include "dissected.h"

#define V6 RT_LINK_IPV6
#define OUTER(len) "60000000" len "3a01" "fe800000000000000000000000000001" "ff020000000000000000000000000001"
#define SAYS(text) "fe80::1 -> ff02::1 HLIM: 1, ICMPv6 " text
#define GROUP "ff05000000000000000000000000abcd"
#define SOURCE "20010db8000000000000000000000009"
#define NODE(start) start "0000" "3132333435363738"

static const struct dissected_packet packets[] = {
	{ { "report", V6, OUTER("0018") "8300abcd00000000" GROUP }, "IPv6 / ICMPv6MLReport",
	  SAYS("MLD Report ff05::abcd, Len: 0") },
	{ { "done", V6, OUTER("0018") "8400abcd00000000" GROUP }, "IPv6 / ICMPv6MLDone",
	  SAYS("MLD Done ff05::abcd, Len: 0") },
	{ { "query", V6, OUTER("0018") "8200abcd" "2710" "0000" GROUP }, "IPv6 / ICMPv6MLQuery",
	  SAYS("MLD Query ff05::abcd, Len: 0"), .is_doubtful = true },
	{ { "query 2", V6, OUTER("002c") "8200abcd" "2710" "0000" GROUP "0a7d" "0001" SOURCE }, "IPv6 / ICMPv6MLQuery2",
	  SAYS("MLD Query ff05::abcd, Len: 0"), .is_doubtful = true },
	{ { "report 2", V6, OUTER("0048") "8f00abcd" "0000" "0002"
	    "04" "00" "0000" GROUP
	    "05" "01" "0001" GROUP SOURCE "01020304"   /* one word of auxiliary data */ }, "IPv6 / ICMPv6MLReport2",
	  SAYS("MLD Report Version 2 2 groups, ff05::abcd, Len: 0") },
	{ { "router", V6, OUTER("0008") "9714abcd" "007d" "0002" }, "IPv6 / ICMPv6MRD_Advertisement",
	  SAYS("Multicast Router Advertisement interval 125, Len: 0") },
	{ { "ask name", V6, OUTER("0020") NODE("8b00abcd0002") SOURCE }, "IPv6 / ICMPv6NIQueryName",
	  SAYS("ICMP Node Information Query Node Name, Len: 0"), .is_doubtful = true },
	{ { "ask by name", V6, OUTER("001b") NODE("8b01abcd0003") "0161076578616d706c6500" },
	  "IPv6 / ICMPv6NIQueryIPv6", SAYS("ICMP Node Information Query IPv6 Address, Len: 0"), .is_doubtful = true },
	{ { "name", V6, OUTER("001f") NODE("8c00abcd0002") "0000003c" "0161076578616d706c6500" },
	  "IPv6 / ICMPv6NIReplyName", SAYS("ICMP Node Information Response Node Name, Len: 0"), .is_doubtful = true },
	{ { "address", V6, OUTER("0018") NODE("8c00abcd0004") "0000003c" "0a000001" }, "IPv6 / ICMPv6NIReplyIPv4",
	  SAYS("ICMP Node Information Response IPv4 Address, Len: 0"), .is_doubtful = true },
	{ { "agents", V6, OUTER("0018") "9100abcd" "0007" "8000" SOURCE }, "IPv6 / ICMPv6HAADReply",
	  SAYS("Home Agent Address Discovery Reply Message id 7, Len: 0") },
	{ { "prefixes", V6, OUTER("0010") "9300abcd" "0007" "8000" "05010000000005dc" },
	  "IPv6 / ICMPv6MPAdv / ICMPv6NDOptMTU", SAYS("Mobile Prefix Advertisement id 7, Len: 8") },
	{ { "rpl", V6, OUTER("0006") "9b00abcd" "0000" }, "IPv6 / ICMPv6RPL / Raw",
	  SAYS("RPL Control Message DIS, Len: 2") },
};

static const struct dissected_field fields[] = {
	{ "ff05::abcd", "report", "ICMPv6MLReport", "mladdr" },
	{ "10000", "query", "ICMPv6MLQuery", "mrd" },
	{ "1", "query 2", "ICMPv6MLQuery2", "S" },
	{ "2", "query 2", "ICMPv6MLQuery2", "QRV" },
	{ "125", "query 2", "ICMPv6MLQuery2", "QQIC" },
	{ "[\"2001:db8::9\"]", "query 2", "ICMPv6MLQuery2", "sources" },
	{ "[{\"rtype\":4,\"auxdata_len\":0,\"sources_number\":0,\"dst\":\"ff05::abcd\",\"sources\":[],"
	  "\"auxdata\":\"\"},{\"rtype\":5,\"auxdata_len\":1,\"sources_number\":1,\"dst\":\"ff05::abcd\","
	  "\"sources\":[\"2001:db8::9\"],\"auxdata\":\"01020304\"}]", "report 2", "ICMPv6MLReport2", "records" },
	{ "20", "router", "ICMPv6MRD_Advertisement", "advinter" },
	{ "2001:db8::9", "ask name", "ICMPv6NIQueryName", "data" },
	{ "3132333435363738", "ask name", "ICMPv6NIQueryName", "nonce" },
	{ "[\"a.example.\"]", "ask by name", "ICMPv6NIQueryIPv6", "data" },
	{ "60", "name", "ICMPv6NIReplyName", "ttl" },
	{ "[\"a.example.\"]", "name", "ICMPv6NIReplyName", "data" },
	{ "[{\"ttl\":60,\"address\":\"10.0.0.1\"}]", "address", "ICMPv6NIReplyIPv4", "data" },
	{ "[\"2001:db8::9\"]", "agents", "ICMPv6HAADReply", "addresses" },
	{ "1", "agents", "ICMPv6HAADReply", "R" },
	{ "2", "prefixes", "ICMPv6MPAdv", "flags" },
};

DISSECTED_MAIN("icmp6", packets, fields)
