/* SPDX-License-Identifier: MIT */
/* test_eigrp.c - EIGRP. The bytes are laid out by RFC 7868 section 6 (checksums are made up); tshark 4.0.17 reads the
 * same. */
#include "dissected.h"

#define OUTER(len) "4500" len "00010000" "0258" "0000" "0a000001" "e000000a"
#define HEADER(opcode, flags) "02" opcode "abcd" flags "00000007" "00000006" "00000064"
#define SAYS(text) "10.0.0.1 -> 224.0.0.10 TTL: 2, EIGRP " text
#define METRIC "00000a00" "00000100" "0005dc" "01" "ff" "02" "0000"

static const struct dissected_packet packets[] = {
	{ { "hello", RT_LINK_IPV4, OUTER("0048") HEADER("05", "00000000") "0001000c" "010001000000000f"
	    "00040008" "0c000102" "00060006" "000d" "00f50006" "abcd" }, "IP / EIGRP", SAYS("Hello AS 100, Len: 52") },
	{ { "update", RT_LINK_IPV4, OUTER("0074") HEADER("01", "00000009")
	    "0102001c" "0a000002" METRIC "18" "0a0908"
	    "01030030" "0a000002" "0a000009" "0000fde8" "00000007" "00000014" "0000" "0b" "02" METRIC "11" "0a0807" },
	  "IP / EIGRP", SAYS("Update AS 100, 10.9.8.0/24 via 10.0.0.2, Len: 96") },
};

static const struct dissected_field fields[] = {
	{ "2", "hello", "EIGRP", "ver" },
	{ "5", "hello", "EIGRP", "opcode" },
	{ "6", "hello", "EIGRP", "ack" },
	{ "100", "hello", "EIGRP", "asn" },
	{ "[{\"type\":1,\"len\":12,\"k1\":1,\"k2\":0,\"k3\":1,\"k4\":0,\"k5\":0,\"reserved\":0,\"holdtime\":15},"
	  "{\"type\":4,\"len\":8,\"ios\":3072,\"eigrp\":258},"
	  "{\"type\":6,\"len\":6,\"flags\":\"connected+summary+receive-only\"},"
	  "{\"type\":245,\"len\":6,\"value\":\"abcd\"}]", "hello", "EIGRP", "tlvlist" },
	{ "init+update", "update", "EIGRP", "flags" },
	{ "[{\"type\":258,\"len\":28,\"nexthop\":\"10.0.0.2\",\"delay\":2560,\"bandwidth\":256,\"mtu\":1500,"
	  "\"hopcount\":1,\"reliability\":255,\"load\":2,\"reserved\":0,\"prefixlen\":24,\"dst\":\"10.9.8.0\"},"
	  "{\"type\":259,\"len\":48,\"nexthop\":\"10.0.0.2\",\"originrouter\":\"10.0.0.9\",\"originasn\":65000,"
	  "\"tag\":7,\"externalmetric\":20,\"reserved\":0,\"extprotocolid\":11,\"flags\":\"candidate-default\","
	  "\"delay\":2560,\"bandwidth\":256,\"mtu\":1500,\"hopcount\":1,\"reliability\":255,\"load\":2,\"reserved2\":0,"
	  "\"prefixlen\":17,\"dst\":\"10.8.7.0\"}]", "update", "EIGRP", "tlvlist" },
};

DISSECTED_MAIN("eigrp", packets, fields)
