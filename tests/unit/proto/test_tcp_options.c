/* SPDX-License-Identifier: MIT */
/* test_tcp_options.c - options of TCP by the names of IANA's list of kinds, those that Scapy has no name for; tshark
 * 4.0.17 reads the same kinds. Those that Scapy names are compared with it (agree.py). */
#include "dissected.h"

#define OUTER(len) "4500" len "00010000" "4006" "0000" "0a000001" "0a000002"
#define TCP(offset) "00140050" "00000001" "00000000" offset "02" "2000" "0000" "0000"
#define SAYS "10.0.0.1:20 -> 10.0.0.2:80 TTL: 64, Flags: S, Seq: 1, Ack: 0, Win: 8192, Len: 0"

static const struct dissected_packet packets[] = {
	{ { "multipath", RT_LINK_IPV4, OUTER("0034") TCP("80") "1e0c0081" "0102030405060708" }, "IP / TCP", SAYS },
	{ { "cookies", RT_LINK_IPV4, OUTER("0034") TCP("80") "2202" "220a0102030405060708" }, "IP / TCP", SAYS },
	{ { "rare", RT_LINK_IPV4, OUTER("0048") TCP("d0") "06060000002a" "07060000002a" "0902" "0b0600000007"
	    "1b0801020304050600"   /* quick start; an EOL ends the list */ "000000" }, "IP / TCP", SAYS },
	{ { "experiments", RT_LINK_IPV4, OUTER("003c") TCP("a0") "450321" "ac05000001" "fd040ed0" "fe06f9890001"
	    "01" "01" }, "IP / TCP", SAYS },
	{ { "unassigned", RT_LINK_IPV4, OUTER("002c") TCP("60") "280401ff" }, "IP / TCP", SAYS },
};

static const struct dissected_field fields[] = {
	{ "[[\"MPTCP\",\"00810102030405060708\"]]", "multipath", "TCP", "options" },
	{ "[[\"TFO\",\"\"],[\"TFO\",[16909060,84281096]]]", "cookies", "TCP", "options" },
	{ "[[\"Echo\",\"0000002a\"],[\"EchoReply\",\"0000002a\"],[\"POCPermitted\",\"\"],[\"CC\",\"00000007\"],"
	  "[\"QuickStart\",\"010203040506\"],[\"EOL\",null]]", "rare", "TCP", "options" },
	{ "[[\"ENO\",\"21\"],[\"AccECN0\",\"000001\"],[\"Experiment\",\"0ed0\"],[\"Experiment\",\"f9890001\"],"
	  "[\"NOP\",null],[\"NOP\",null]]", "experiments", "TCP", "options" },
	{ "[[40,\"01ff\"]]", "unassigned", "TCP", "options" },
};

DISSECTED_MAIN("tcp_options", packets, fields)
