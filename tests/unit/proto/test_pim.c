/* SPDX-License-Identifier: MIT */
/* test_pim.c - PIM. The bytes are laid out by RFC 7761 section 4.9 (checksums are made up); tshark 4.0.17 reads the
 * same. */
#include "dissected.h"

#define OUTER(len) "4500" len "00010000" "0167" "0000" "0a000001" "e000000d"
#define SAYS(text) "10.0.0.1 -> 224.0.0.13 TTL: 1, PIMv2 " text

static const struct dissected_packet packets[] = {
	{ { "hello", RT_LINK_IPV4, OUTER("0040") "2000" "abcd" "00010002" "0069" "00020004" "01f4" "09c4"
	    "00130004" "00000001" "00140004" "12345678" "00410006" "010203040506" }, "IP / PIMv2Hdr / PIMv2Hello",
	  SAYS("Hello, Len: 44") },
	{ { "join", RT_LINK_IPV4, OUTER("004a") "2300" "abcd" "0100" "0a000002" "00" "02" "00d2"
	    "01000020" "ef010203" "0001" "0001" "01000720" "0a000009" "01000020" "0a000008"
	    "01000020" "ef010204" "0000" "0000" }, "IP / PIMv2Hdr / PIMv2JoinPrune",
	  SAYS("Join/Prune, upstream 10.0.0.2, group 239.1.2.3, Len: 54") },
	{ { "join in IPv6", RT_LINK_IPV6, "6000000000466701" "fe800000000000000000000000000001"
	    "ff02000000000000000000000000000d" "2300" "abcd" "0200" "fe800000000000000000000000000002" "00" "01" "00d2"
	    "02000080" "ff05000000000000000000000000abcd" "0001" "0000" "02000480" "20010db8000000000000000000000009" },
	  "IPv6 / PIMv2Hdr / PIMv2JoinPrune",
	  "fe80::1 -> ff02::d HLIM: 1, PIMv2 Join/Prune, upstream fe80::2, group ff05::abcd, Len: 70" },
	{ { "register", RT_LINK_IPV4, OUTER("001c") "2100" "abcd" "40000000" }, "IP / PIMv2Hdr / Raw",
	  SAYS("Register, Len: 8") },
};

#define SOURCE(flags, address) "{\"addr_family\":1,\"encoding_type\":0,\"rsrvd\":0," flags ",\"mask_len\":32," \
	"\"src_ip\":\"" address "\"}"
#define GROUP(address, joins, prunes) \
	"{\"addr_family\":1,\"encoding_type\":0,\"bidirection\":0,\"reserved\":0," \
	"\"admin_scope_zone\":0,\"mask_len\":32,\"gaddr\":\"" address "\",\"num_joins\":" joins "," \
	"\"num_prunes\":" prunes

static const struct dissected_field fields[] = {
	{ "2", "hello", "PIMv2Hdr", "version" },
	{ "0", "hello", "PIMv2Hdr", "type" },
	{ "[{\"type\":1,\"length\":2,\"holdtime\":105},"
	  "{\"type\":2,\"length\":4,\"value\":[{\"t\":\"\",\"propagation_delay\":500,\"override_interval\":2500}]},"
	  "{\"type\":19,\"length\":4,\"dr_priority\":1},{\"type\":20,\"length\":4,\"generation_id\":305419896},"
	  "{\"type\":65,\"length\":6,\"value\":\"010203040506\"}]", "hello", "PIMv2Hello", "option" },
	{ "10.0.0.2", "join", "PIMv2JoinPrune", "up_neighbor_ip" },
	{ "2", "join", "PIMv2JoinPrune", "num_group" },
	{ "210", "join", "PIMv2JoinPrune", "holdtime" },
	{ "[" GROUP("239.1.2.3", "1", "1") ",\"join_ips\":[" SOURCE("\"sparse\":1,\"wildcard\":1,\"rpt\":1", "10.0.0.9")
	  "],\"prune_ips\":[" SOURCE("\"sparse\":0,\"wildcard\":0,\"rpt\":0", "10.0.0.8") "]},"
	  GROUP("239.1.2.4", "0", "0") ",\"join_ips\":[],\"prune_ips\":[]}]", "join", "PIMv2JoinPrune", "jp_ips" },
	{ "fe80::2", "join in IPv6", "PIMv2JoinPrune", "up_neighbor_ip" },
};

DISSECTED_MAIN("pim", packets, fields)
