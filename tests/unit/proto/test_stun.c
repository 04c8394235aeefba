/* SPDX-License-Identifier: MIT */
/* test_stun.c - STUN, laid out by RFC 8489 sections 5 and 14; tshark 4.0.17 reads the same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4
#define ID "b7e7a701bc34d686fa87dfae"

static const struct dissected_packet packets[] = {
	{ { "request", V4, UDP4("c000", "c001") "0001" "0018" "2112a442" ID "0006" "0005" "'a:b-c'" "202020" "0024"
	  "0004" "6e0001ff"
	    "0025" "0000" }, "IP / UDP / STUN", UDP4_LINE("49152", "49153", "STUN Binding request a:b-c, Len: 44"),
	    .is_doubtful = true },
	{ { "answer", V4, UDP4("0d96", "c000") "0101" "000c" "2112a442" ID "0020" "0008" "00" "01" "a147" "e112a643" },
	  "IP / UDP / STUN", UDP4_LINE("3478", "49152", "STUN Binding success response, Len: 32"),
	  .is_doubtful = true },
	{ { "checked", V4, UDP4("c000", "0d96") "0001" "002c" "2112a442" ID "802a" "0008" "0102030405060708"
	    "0008" "0014" "000102030405060708090a0b0c0d0e0f10111213" "c057" "0004" "0001" "000a" },
	  "IP / UDP / STUN", UDP4_LINE("49152", "3478", "STUN Binding request, Len: 64"), .is_doubtful = true },
	{ { "error", V4, UDP4("0d96", "c000") "0113" "0010" "2112a442" ID "0009" "000c" "00000401" "'Unauth'" "2e2e" },
	  "IP / UDP / STUN", UDP4_LINE("3478", "49152", "STUN Allocate error response, Len: 36"), .is_doubtful = true },
};

static const struct dissected_field fields[] = {
	{ ID, "request", "STUN", "transaction_id" },
	{ "[{\"type\":6,\"length\":5,\"username\":\"a:b-c\"},{\"type\":36,\"length\":4,\"priority\":1845494271},"
	  "{\"type\":37,\"length\":0,\"value\":\"\"}]", "request", "STUN", "attributes" },
	{ "[{\"type\":32,\"length\":8,\"RESERVED\":0,\"address_family\":1,\"xport\":41287,\"xip\":\"e112a643\"}]",
	  "answer", "STUN", "attributes" },
	{ "[{\"type\":32810,\"length\":8,\"tie_breaker\":72623859790382856},{\"type\":8,\"length\":20,"
	  "\"hmac_sha1\":\"000102030405060708090a0b0c0d0e0f10111213\"},"
	  "{\"type\":49239,\"length\":4,\"network_id\":1,\"network_cost\":10}]", "checked", "STUN", "attributes" },
	{ "[{\"type\":9,\"length\":12,\"RESERVED\":0,\"class\":4,\"number\":1,\"reason\":\"Unauth..\"}]", "error",
	  "STUN",
	  "attributes" },
};

DISSECTED_MAIN("stun", packets, fields)
