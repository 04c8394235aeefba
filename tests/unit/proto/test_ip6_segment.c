/* SPDX-License-Identifier: MIT */
/* test_ip6_segment.c - segment routing of IPv6. The bytes are laid out by RFC 8754 section 2; tshark 4.0.17 reads the
 * same segments. */
#include "dissected.h"

#define OUTER(len) "60000000" len "2b40" "20010db8000000000000000000000001" "20010db8000000000000000000000002"

static const struct dissected_packet packets[] = {
	{ { "segments", RT_LINK_IPV6, OUTER("0030") "3a04" "04" "01" "01" "08" "002a"
	    "20010db8000000000000000000000009" "20010db8000000000000000000000008" "8000000000010002" },
	  "IPv6 / IPv6ExtHdrSegmentRouting / ICMPv6EchoRequest",
	  "2001:db8::1 -> 2001:db8::2 HLIM: 64, segment routing 1 left, ICMPv6 Echo Request id 1 seq 2, Len: 0" },
	{ { "tlvs", RT_LINK_IPV6, OUTER("0048") "3b08" "04" "00" "00" "00" "0000" "20010db8000000000000000000000009"
	    "05260000" "00000007" "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" "00"
	    "04020000" "0601" "aa" }, "IPv6 / IPv6ExtHdrSegmentRouting",
	  "2001:db8::1 -> 2001:db8::2 HLIM: 64, segment routing 0 left, Len: 72" },
};

static const struct dissected_field fields[] = {
	{ "1", "segments", "IPv6ExtHdrSegmentRouting", "lastentry" },
	{ "1", "segments", "IPv6ExtHdrSegmentRouting", "hmac" },
	{ "42", "segments", "IPv6ExtHdrSegmentRouting", "tag" },
	{ "[\"2001:db8::9\",\"2001:db8::8\"]", "segments", "IPv6ExtHdrSegmentRouting", "addresses" },
	{ "[]", "segments", "IPv6ExtHdrSegmentRouting", "tlv_objects" },
	{ "[{\"type\":5,\"len\":38,\"D\":0,\"reserved\":0,\"hmackeyid\":7,"
	  "\"hmac\":\"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\"},{\"type\":0},"
	  "{\"type\":4,\"len\":2,\"padding\":\"0000\"},{\"type\":6,\"len\":1,\"value\":\"aa\"}]", "tlvs",
	  "IPv6ExtHdrSegmentRouting", "tlv_objects" },
};

DISSECTED_MAIN("ip6_segment", packets, fields)
