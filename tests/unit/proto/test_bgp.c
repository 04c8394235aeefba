/* SPDX-License-Identifier: MIT */
/* test_bgp.c - BGP, laid out by RFC 4271 section 4; Scapy 2.5.0 and tshark 4.0.17 read the same. */
#include "carrier.h"
#include "dissected.h"

#define V4     RT_LINK_IPV4
#define MARKER "ffffffffffffffffffffffffffffffff"
#define ATTRS  "40010100" "4002060201" "0000fde8" "400304" "0a0000fe" "800404" "00000064" "c0080400010002"

static const struct dissected_packet packets[] = {
	{ { "open", V4, TCP4("c000", "00b3") MARKER "0025" "01" "04" "fde8" "00b4" "0a000001" "08" "0206" "010400010001"
	    MARKER "0013" "04" }, "IP / TCP / BGPHeader / BGPOpen / BGPKeepAlive",
	  TCP4_LINE("49152", "179", "BGP OPEN AS 65000 id 10.0.0.1 hold 180, BGP KEEPALIVE, Len: 56") },
	{ { "update", V4, TCP4("00b3", "c000") MARKER "0041" "02" "0003" "10ac10" "0022" ATTRS "180a0102" "00" },
	  "IP / TCP / BGPHeader / BGPUpdate", TCP4_LINE("179", "49152",
	      "BGP UPDATE 10.1.2.0/24 withdraws 172.16.0.0/16, Len: 65") },
	{ { "two-byte path", V4, TCP4("00b3", "c000") MARKER "0023" "02" "0000" "000c" "5002000802030001000200ff"
	    }, "IP / TCP / BGPHeader / BGPUpdate", NULL, true,
	  FIELDS("BGPUpdate.path_attr", "[{\"type_flags\":\"Extended-Length+Transitive\",\"type_code\":2,"
	         "\"attr_ext_len\":8,\"attribute\":[{\"segments\":[{\"segment_type\":2,\"segment_length\":3,"
	         "\"segment_value\":[1,2,255]}]}]}]") },
	{ { "notification", V4, TCP4("00b3", "c000") MARKER "0016" "03" "0602" "78" },
	  "IP / TCP / BGPHeader / BGPNotification",
	  TCP4_LINE("179", "49152", "BGP NOTIFICATION Cease subcode 2, Len: 22") },
	{ { "refresh", V4, TCP4("00b3", "c000") MARKER "0017" "05" "00010001" },
	  "IP / TCP / BGPHeader / BGPRouteRefresh",
	  TCP4_LINE("179", "49152", "BGP ROUTE-REFRESH afi 1 safi 1, Len: 23") },
	{ { "inside", V4, TCP4("00b3", "c000") "00ffffffffffffffffffffffffffffff" "001304" }, "IP / TCP / Raw",
	  "192.168.16.34:179 -> 192.168.16.100:49152 TTL: 64, Flags: PA, Seq: 1, Ack: 2, Win: 512, Len: 19", true },
};

static const struct dissected_field fields[] = {
	{ "37", "open", "BGPHeader", "len" },
	{ "[{\"param_type\":2,\"param_length\":6,\"param_value\":\"010400010001\"}]", "open", "BGPOpen", "opt_params" },
	{ "[{\"prefix\":\"10.1.2.0/24\"},{\"prefix\":\"0.0.0.0/0\"}]", "update", "BGPUpdate", "nlri" },
	{ "[{\"type_flags\":\"Transitive\",\"type_code\":1,\"attr_len\":1,\"attribute\":[{\"origin\":0}]},"
	  "{\"type_flags\":\"Transitive\",\"type_code\":2,\"attr_len\":6,\"attribute\":[{\"segments\":"
	  "[{\"segment_type\":2,\"segment_length\":1,\"segment_value\":[65000]}]}]},"
	  "{\"type_flags\":\"Transitive\",\"type_code\":3,\"attr_len\":4,"
	  "\"attribute\":[{\"next_hop\":\"10.0.0.254\"}]},"
	  "{\"type_flags\":\"Optional\",\"type_code\":4,\"attr_len\":4,\"attribute\":[{\"med\":100}]},"
	  "{\"type_flags\":\"Transitive+Optional\",\"type_code\":8,\"attr_len\":4,"
	  "\"attribute\":[{\"community\":65538}]}]",
	  "update", "BGPUpdate", "path_attr" },
	{ "78", "notification", "BGPNotification", "data" },
};

DISSECTED_MAIN("bgp", packets, fields)
