/* SPDX-License-Identifier: MIT */
/* test_sctp.c - SCTP. The bytes are laid out by RFC 9260 section 3, RFC 4895 and RFC 5061 (checksums are made up);
 * tshark 4.0.17 reads the same. */
#include "dissected.h"

#define V4 RT_LINK_IPV4
#define OUTER(len) "4500" len "00010000" "4084" "0000" "0a000001" "0a000002"
#define SCTP "04001628" "0000002a" "12345678"
#define SAYS(text) "10.0.0.1:1024 -> 10.0.0.2:5672 TTL: 64, SCTP" text

static const struct dissected_packet packets[] = {
	{ { "init", V4, OUTER("0048") SCTP "01000028" "00000007" "00010000" "000a" "ffff" "00000001"
	    "00050008" "0a000003" "c0000004" "000c0006" "0005" "0000" }, "IP / SCTP / SCTPChunkInit",
	  SAYS(", init tag 0x7 tsn 1, Len: 40") },
	{ { "data", V4, OUTER("004c") SCTP "03000014" "00000009" "00010000" "0001" "0000" "00020003"
	    "00030015" "00000001" "0002" "0003" "0000002e" "68656c6c6f" "000000" },
	  "IP / SCTP / SCTPChunkSACK / SCTPChunkData",
	  SAYS(", sack tsn 9 win 65536, data tsn 1 stream 2 seq 3 Diameter/SCTP, Len: 44") },
	{ { "shutdown", V4, OUTER("0028") SCTP "07000008" "00000009" }, "IP / SCTP / SCTPChunkShutdown",
	  SAYS(", shutdown tsn 9, Len: 8") },
	{ { "done", V4, OUTER("0024") SCTP "0e010004" }, "IP / SCTP / SCTPChunkShutdownComplete",
	  SAYS(", shutdown-complete, Len: 4") },
	{ { "abort", V4, OUTER("002c") SCTP "06010009" "000c0005" "61" "000000" }, "IP / SCTP / SCTPChunkAbort",
	  SAYS(", abort, Len: 12") },
	{ { "address", V4, OUTER("003c") SCTP "c100001c" "00000005" "c0010010" "00000001" "00050008" "0a000003"
	    "80000004" }, "IP / SCTP / SCTPChunkAddressConf", SAYS(", address-configuration seq 5, Len: 28") },
	{ { "unknown", V4, OUTER("0024") SCTP "3f000004" }, "IP / SCTP / Raw", SAYS(", Len: 4") },
	{ { "unreachable", V4, "4500003800010000" "4001" "0000" "0a000002" "0a000001" "0302000000000000"
	    OUTER("0100") "04001628" "0000002a" }, "IP / ICMP / IPerror / SCTPerror",
	  "10.0.0.2 -> 10.0.0.1 TTL: 64, ICMP dest-unreach protocol-unreachable, 10.0.0.1 -> 10.0.0.2, Len: 28" },
};

static const struct dissected_field fields[] = {
	{ "1024", "init", "SCTP", "sport" },
	{ "42", "init", "SCTP", "tag" },
	{ "305419896", "init", "SCTP", "chksum" },
	{ "10", "init", "SCTPChunkInit", "n_out_streams" },
	{ "[{\"type\":5,\"len\":8,\"addr\":\"10.0.0.3\"},{\"type\":49152,\"len\":4},"
	  "{\"type\":12,\"len\":6,\"addr_type_list\":[5]}]", "init", "SCTPChunkInit", "params" },
	{ "[\"2:3\"]", "data", "SCTPChunkSACK", "gap_ack_list" },
	{ "[]", "data", "SCTPChunkSACK", "dup_tsn_list" },
	{ "1", "data", "SCTPChunkData", "ending" },
	{ "46", "data", "SCTPChunkData", "proto_id" },
	{ "68656c6c6f", "data", "SCTPChunkData", "data" },
	{ "1", "done", "SCTPChunkShutdownComplete", "TCB" },
	{ "000c000561", "abort", "SCTPChunkAbort", "error_causes" },
	{ "[{\"type\":49153,\"len\":16,\"correlation_id\":1,\"addr_type\":5,\"addr_len\":8,\"addr\":\"10.0.0.3\"},"
	  "{\"type\":32768,\"len\":4}]", "address", "SCTPChunkAddressConf", "params" },
	{ "42", "unreachable", "SCTPerror", "tag" },
};

DISSECTED_MAIN("sctp", packets, fields)
