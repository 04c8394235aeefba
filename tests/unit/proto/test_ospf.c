/* SPDX-License-Identifier: MIT */
/* test_ospf.c - OSPF version 2. The bytes are laid out by RFC 2328 sections A.3 and A.4 (checksums are made up); tshark
 * 4.0.17 reads the same. */
#include "dissected.h"

#define V4 RT_LINK_IPV4
#define OUTER(len) "45c0" len "00010000" "0159" "0000" "0a000001" "e0000005"
#define HEADER(type, len) "02" type len "01010101" "00000000" "abcd" "0000" "0000000000000000"
#define SAYS(text) "10.0.0.1 -> 224.0.0.5 TTL: 1, OSPFv2 " text
#define LSA(type, id, len) "0001" "02" type id "01010101" "80000001" "1234" len

static const struct dissected_packet packets[] = {
	{ { "hello", V4, OUTER("0048") HEADER("01", "0034") "ffffff00" "000a" "02" "01" "00000028" "0a000001" "0a000002"
	    "02020202" "03030303" }, "IP / OSPF_Hdr / OSPF_Hello",
	  SAYS("Hello router 1.1.1.1 area 0.0.0.0, DR 10.0.0.1 BDR 10.0.0.2, Len: 52") },
	{ { "signalling", V4, OUTER("0050") HEADER("01", "0030") "ffffff00" "000a" "12" "01" "00000028"
	    "0a000001" "00000000" "02020202" "fff6" "0003" "00010004" "00000001" },
	  "IP / OSPF_Hdr / OSPF_Hello / OSPF_LLS_Hdr",
	  SAYS("Hello router 1.1.1.1 area 0.0.0.0, DR 10.0.0.1 BDR 0.0.0.0, Len: 60") },
	{ { "crypto", V4, OUTER("0054") "02010030" "01010101" "00000005" "0000" "0002" "0000" "07" "10" "0000002a"
	    "ffffff00" "000a" "02" "01" "00000028" "0a000001" "00000000" "02020202"
	    "000102030405060708090a0b0c0d0e0f"   /* digest */ }, "IP / OSPF_Hdr / OSPF_Hello / Raw",
	  SAYS("Hello router 1.1.1.1 area 0.0.0.5, DR 10.0.0.1 BDR 0.0.0.0, Len: 64") },
	{ { "description", V4, OUTER("0048") HEADER("02", "0034") "05dc" "42" "07" "00000009"
	    LSA("01", "01010101", "0024") }, "IP / OSPF_Hdr / OSPF_DBDesc",
	  SAYS("DBDesc router 1.1.1.1 area 0.0.0.0, flags MS+M+I seq 9, Len: 52") },
	{ { "request", V4, OUTER("0044") HEADER("03", "0030") "00000001" "01010101" "01010101"
	    "00000005" "0a090000" "02020202" }, "IP / OSPF_Hdr / OSPF_LSReq",
	  SAYS("LSReq router 1.1.1.1 area 0.0.0.0, router 1.1.1.1, Len: 48") },
	{ { "update", V4, OUTER("00a8") HEADER("04", "0094") "00000003"
	    LSA("01", "01010101", "0034") "02" "00" "0002"   /* border; two links, one with a TOS metric */
	    "0a000001" "0a000001" "02" "01" "000a" "04" "00" "0014"
	    "0a090000" "ffff0000" "03" "00" "0001"
	    LSA("02", "0a000001", "0020") "ffffff00" "01010101" "02020202"
	    LSA("05", "0a080000", "0024") "ffff0000" "80" "000014" "0a000009" "00000007" },
	  "IP / OSPF_Hdr / OSPF_LSUpd",
	  SAYS("LSUpd router 1.1.1.1 area 0.0.0.0, 3 LSAs, 1.1.1.1 by 1.1.1.1, Len: 148") },
	{ { "opaque", V4, OUTER("004c") HEADER("04", "0038") "00000001" LSA("0a", "01000001", "001c")
	    "0001000401010101" }, "IP / OSPF_Hdr / OSPF_LSUpd",
	  SAYS("LSUpd router 1.1.1.1 area 0.0.0.0, 1 LSAs, 1.0.0.1 by 1.1.1.1, Len: 56") },
	{ { "acknowledgement", V4, OUTER("0054") HEADER("05", "0040") LSA("01", "01010101", "0024")
	    LSA("05", "0a080000", "0024") }, "IP / OSPF_Hdr / OSPF_LSAck",
	  SAYS("LSAck router 1.1.1.1 area 0.0.0.0, router 1.1.1.1, Len: 64") },
};

#define LSA_JSON(type, id, len) "\"age\":1,\"options\":\"E\",\"type\":" type ",\"id\":\"" id "\"," \
	"\"adrouter\":\"1.1.1.1\",\"seq\":2147483649,\"chksum\":4660,\"len\":" len

static const struct dissected_field fields[] = {
	{ "1", "hello", "OSPF_Hdr", "type" },
	{ "52", "hello", "OSPF_Hdr", "len" },
	{ "1.1.1.1", "hello", "OSPF_Hdr", "src" },
	{ "0", "hello", "OSPF_Hdr", "authdata" },
	{ "", "hello", "OSPF_Hdr", "seq" },
	{ "E", "hello", "OSPF_Hello", "options" },
	{ "E+L", "signalling", "OSPF_Hello", "options" },
	{ "3", "signalling", "OSPF_LLS_Hdr", "len" },
	{ "[{\"type\":1,\"len\":4,\"options\":\"00000001\"}]", "signalling", "OSPF_LLS_Hdr", "llstlv" },
	{ "40", "hello", "OSPF_Hello", "deadinterval" },
	{ "[\"2.2.2.2\",\"3.3.3.3\"]", "hello", "OSPF_Hello", "neighbors" },
	{ "7", "crypto", "OSPF_Hdr", "keyid" },
	{ "42", "crypto", "OSPF_Hdr", "seq" },
	{ "", "crypto", "OSPF_Hdr", "authdata" },
	{ "[\"2.2.2.2\"]", "crypto", "OSPF_Hello", "neighbors" },
	{ "[{" LSA_JSON("1", "1.1.1.1", "36") "}]", "description", "OSPF_DBDesc", "lsaheaders" },
	{ "[{\"type\":1,\"id\":\"1.1.1.1\",\"adrouter\":\"1.1.1.1\"},"
	  "{\"type\":5,\"id\":\"10.9.0.0\",\"adrouter\":\"2.2.2.2\"}]", "request", "OSPF_LSReq", "requests" },
	{ "3", "update", "OSPF_LSUpd", "lsacount" },
	{ "[{" LSA_JSON("1", "1.1.1.1", "52") ",\"flags\":\"E\",\"reserved\":0,\"linkcount\":2,\"linklist\":["
	  "{\"id\":\"10.0.0.1\",\"data\":\"10.0.0.1\",\"type\":2,\"toscount\":1,\"metric\":10,"
	  "\"toslist\":[{\"tos\":4,\"reserved\":0,\"tosmetric\":20}]},"
	  "{\"id\":\"10.9.0.0\",\"data\":\"255.255.0.0\",\"type\":3,\"toscount\":0,\"metric\":1}]},"
	  "{" LSA_JSON("2", "10.0.0.1", "32") ",\"mask\":\"255.255.255.0\",\"routerlist\":[\"1.1.1.1\",\"2.2.2.2\"]},"
	  "{" LSA_JSON("5", "10.8.0.0", "36") ",\"mask\":\"255.255.0.0\",\"ebit\":\"E\",\"reserved\":0,\"metric\":20,"
	  "\"fwdaddr\":\"10.0.0.9\",\"tag\":7}]", "update", "OSPF_LSUpd", "lsalist" },
	{ "[{" LSA_JSON("10", "1.0.0.1", "28") ",\"data\":\"0001000401010101\"}]", "opaque", "OSPF_LSUpd", "lsalist" },
	{ "[{" LSA_JSON("1", "1.1.1.1", "36") "},{" LSA_JSON("5", "10.8.0.0", "36") "}]", "acknowledgement",
	  "OSPF_LSAck", "lsaheaders" },
};

DISSECTED_MAIN("ospf", packets, fields)
