/* SPDX-License-Identifier: MIT */
/* test_ospf3.c - OSPF version 3. The bytes are laid out by RFC 5340 sections A.3 and A.4 (checksums are made up);
 * tshark 4.0.17 reads the same. */
#include "dissected.h"

#define V6 RT_LINK_IPV6
#define OUTER(len) "60000000" len "5901" "fe800000000000000000000000000001" "ff020000000000000000000000000005"
#define HEADER(type, len) "03" type len "01010101" "00000000" "abcd" "0000"
#define SAYS(text) "fe80::1 -> ff02::5 HLIM: 1, OSPFv3 " text
#define LSA(type, id, len) "0001" type id "01010101" "80000001" "1234" len

static const struct dissected_packet packets[] = {
	{ { "hello", V6, OUTER("0028") HEADER("01", "0028") "00000003" "01" "000013" "000a" "0028" "01010101" "02020202"
	    "02020202" }, "IPv6 / OSPFv3_Hdr / OSPFv3_Hello",
	  SAYS("Hello router 1.1.1.1 area 0.0.0.0, DR 1.1.1.1 BDR 2.2.2.2, Len: 40") },
	{ { "description", V6, OUTER("0030") HEADER("02", "0030") "00" "000013" "05dc" "00" "02" "00000009"
	    LSA("2001", "00000000", "0028") }, "IPv6 / OSPFv3_Hdr / OSPFv3_DBDesc",
	  SAYS("DBDesc router 1.1.1.1 area 0.0.0.0, flags M seq 9, Len: 48") },
	{ { "request", V6, OUTER("001c") HEADER("03", "001c") "0000" "2009" "00000001" "02020202" },
	  "IPv6 / OSPFv3_Hdr / OSPFv3_LSReq",
	  SAYS("LSReq router 1.1.1.1 area 0.0.0.0, intraAreaPrefix 0.0.0.1, Len: 28") },
	{ { "update", V6, OUTER("00c4") HEADER("04", "00c4") "00000004"
	    LSA("2001", "00000000", "0028") "02" "000033" "02" "00" "000a" "00000003" "00000004" "02020202"
	    LSA("0008", "00000003", "0038") "01" "000013" "fe800000000000000000000000000001" "00000001"
	    "40" "00" "0000" "20010db800000001"
	    LSA("2009", "00000000", "002c") "0001" "2001" "00000000" "01010101" "30" "02" "0005" "20010db800020000"
	    LSA("4005", "00000007", "0024") "01" "000014" "20" "00" "0000" "20010db8" "0000002a" },
	  "IPv6 / OSPFv3_Hdr / OSPFv3_LSUpd",
	  SAYS("LSUpd router 1.1.1.1 area 0.0.0.0, 4 LSAs, router 0.0.0.0 by 1.1.1.1, Len: 196") },
	{ { "acknowledgement", V6, OUTER("0024") HEADER("05", "0024") LSA("4005", "00000007", "0024") },
	  "IPv6 / OSPFv3_Hdr / OSPFv3_LSAck",
	  SAYS("LSAck router 1.1.1.1 area 0.0.0.0, asExternal 0.0.0.7, Len: 36") },
};

#define LSA_JSON(type, id, len) "\"age\":1,\"type\":" type ",\"id\":\"" id "\",\"adrouter\":\"1.1.1.1\"," \
	"\"seq\":2147483649,\"chksum\":4660,\"len\":" len

static const struct dissected_field fields[] = {
	{ "V6+E+R", "hello", "OSPFv3_Hello", "options" },
	{ "[\"2.2.2.2\"]", "hello", "OSPFv3_Hello", "neighbors" },
	{ "1500", "description", "OSPFv3_DBDesc", "mtu" },
	{ "[{" LSA_JSON("8193", "0.0.0.0", "40") "}]", "description", "OSPFv3_DBDesc", "lsaheaders" },
	{ "[{\"reserved\":0,\"type\":8201,\"id\":\"0.0.0.1\",\"adrouter\":\"2.2.2.2\"}]", "request", "OSPFv3_LSReq",
	  "requests" },
	{ "[{" LSA_JSON("8193", "0.0.0.0", "40") ",\"flags\":\"E\",\"options\":\"V6+E+R+DC\",\"linklist\":["
	  "{\"type\":2,\"reserved\":0,\"metric\":10,\"intid\":3,\"neighintid\":4,\"neighbor\":\"2.2.2.2\"}]},"
	  "{" LSA_JSON("8", "0.0.0.3", "56") ",\"prio\":1,\"options\":\"V6+E+R\",\"lladdr\":\"fe80::1\",\"prefixes\":1,"
	  "\"prefixlist\":[{\"prefixlen\":64,\"prefixoptions\":\"\",\"metric\":0,\"prefix\":\"2001:db8:0:1::/64\"}]},"
	  "{" LSA_JSON("8201", "0.0.0.0", "44") ",\"prefixes\":1,\"reflstype\":8193,\"reflsid\":\"0.0.0.0\","
	  "\"refadrouter\":\"1.1.1.1\",\"prefixlist\":[{\"prefixlen\":48,\"prefixoptions\":\"LA\",\"metric\":5,"
	  "\"prefix\":\"2001:db8:2::/48\"}]},"
	  "{" LSA_JSON("16389", "0.0.0.7", "36") ",\"flags\":\"T\",\"metric\":20,\"prefixlen\":32,"
	  "\"prefixoptions\":\"\",\"reflstype\":0,\"prefix\":\"2001:db8::/32\",\"tag\":42}]", "update", "OSPFv3_LSUpd",
	  "lsalist" },
};

DISSECTED_MAIN("ospf3", packets, fields)
