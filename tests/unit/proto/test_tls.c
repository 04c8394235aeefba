/* SPDX-License-Identifier: MIT */
/* test_tls.c - records and hellos, laid out by RFC 8446 sections 4 and 5.1; Scapy 2.5.0 and tshark 4.0 read the
 * same. */
#include "carrier.h"
#include "dissected.h"

#define V4     RT_LINK_IPV4
#define RANDOM "00000001" "89e44e37329e6cfdf0c1a47d14aa13a2b85df9541f205ef16893cb12"
#define SNI    "0000" "0014" "0012" "00" "000f" "'www.example.com'"
#define ALPN   "0010" "000e" "000c" "02'h2'" "08'http/1.1'"
#define VERSIONS "002b" "0005" "04" "0304" "0303"
#define GROUPS "000a" "0006" "0004" "001d" "0017"
#define CLIENT "16" "0301" "006e" "01" "00006a" "0303" RANDOM "00" "0004" "1301" "c02f" "01" "00" "003d" \
               SNI ALPN VERSIONS GROUPS

static const struct dissected_packet packets[] = {
	{ { "client", V4, TCP4("c92a", "01bb") CLIENT }, "IP / TCP / TLS",
	  TCP4_LINE("51498", "443", "TLS ClientHello www.example.com alpn h2, Len: 115"),
	  .summary = "IP / TCP / TLS 192.168.16.34:51498 > 192.168.16.100:443 / TLS / TLS Handshake - Client Hello" },
	{ { "server", V4, TCP4("01bb", "c92a") "16" "0303" "0039" "02" "000035" "0303" RANDOM "03'abc'" "1301" "00"
	  "000a"
	    "002b" "0002" "0304" "0017" "0000" "14" "0303" "0001" "01" "17" "0303" "0003" "aabbcc" },
	  "IP / TCP / TLS / TLS / TLS",
	  TCP4_LINE("443", "51498", "TLS ServerHello TLS 1.3 TLS_AES_128_GCM_SHA256, TLS change_cipher_spec, "
	            "TLS application_data, Len: 76") },
	{ { "certificate", V4, TCP4("01bb", "c92a") "16" "0303" "0017" "0b" "00000f" "00000c" "000004" "30820001"
	    "000002" "3000" "0e" "000000" }, "IP / TCP / TLS",
	  TCP4_LINE("443", "51498", "TLS certificate 12 bytes, Len: 28") },
	{ { "alert", V4, TCP4("01bb", "c92a") "15" "0303" "0002" "02" "28" }, "IP / TCP / TLS",
	  TCP4_LINE("443", "51498", "TLS alert fatal handshake_failure, Len: 7") },
	{ { "finished", V4, TCP4("01bb", "c92a") "16" "0303" "0008" "a1b2c3d4e5f60718" }, "IP / TCP / TLS",
	  TCP4_LINE("443", "51498", "TLS handshake, Len: 13") },
	{ { "goes on", V4, TCP4("01bb", "c92a") "16" "0303" "0400" "02" "000200" "0303" RANDOM "00" "c02f" "00" },
	  "IP / TCP / TLS", TCP4_LINE("443", "51498",
	  "TLS ServerHello TLS 1.2 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, Len: 47") },
	{ { "hello goes on", V4, TCP4("c92a", "01bb") "16" "0301" "006e" "01" "00006a" "0303" RANDOM "00" "0004" "1301"
	    "c02f" "01" "00" "003d" GROUPS SNI "0010" "000e" "000c" "02'h2'" "08'ht'" }, "IP / TCP / TLS",
	  TCP4_LINE("51498", "443", "TLS ClientHello www.example.com alpn h2, Len: 100") },
	{ { "name goes on", V4, TCP4("c92a", "01bb") "16" "0301" "006e" "01" "00006a" "0303" RANDOM "00" "0004" "1301"
	    "c02f" "01" "00" "003d" GROUPS "0000" "0014" "0012" "00" "000f" "'www.example.co'" }, "IP / TCP / TLS",
	  TCP4_LINE("51498", "443", "TLS ClientHello, Len: 87") },
	{ { "other port", V4, TCP4("c92a", "0bb8") "17" "0303" "0002" "aabb" }, "IP / TCP / TLS",
	  TCP4_LINE("51498", "3000", "TLS application_data, Len: 7") },
	{ { "no TLS", V4, TCP4("c92a", "01bb") "17" "0403" "0002" "aabb" }, "IP / TCP / Raw",
	  "192.168.16.34:51498 -> 192.168.16.100:443 TTL: 64, Flags: PA, Seq: 1, Ack: 2, Win: 512, Len: 7" },
};

static const struct dissected_field fields[] = {
	{ "www.example.com", "client", "TLS", "servername" },
	{ "h2", "client", "TLS", "alpn" },
	{ "771", "client", "TLS", "hello_version" },
	{ "772", "server", "TLS", "hello_version" },
	{ "110", "client", "TLS", "len" },
	{ "[{\"msgtype\":1,\"msglen\":106,\"version\":771,\"gmt_unix_time\":1,"
	  "\"random_bytes\":\"89e44e37329e6cfdf0c1a47d14aa13a2b85df9541f205ef16893cb12\",\"sidlen\":0,\"sid\":\"\","
	  "\"cipherslen\":4,\"ciphers\":[4865,49199],\"complen\":1,\"comp\":[0],\"extlen\":61,\"ext\":["
	  "{\"type\":0,\"len\":20,\"servernameslen\":18,\"servernames\":[{\"nametype\":0,\"namelen\":15,"
	  "\"servername\":\"www.example.com\"}]},"
	  "{\"type\":16,\"len\":14,\"protocolslen\":12,\"protocols\":[{\"len\":2,\"protocol\":\"h2\"},"
	  "{\"len\":8,\"protocol\":\"http/1.1\"}]},"
	  "{\"type\":43,\"len\":5,\"versionslen\":4,\"versions\":[772,771]},"
	  "{\"type\":10,\"len\":6,\"groupslen\":4,\"groups\":[29,23]}]}]", "client", "TLS", "msg" },
	{ "[{\"msgtype\":11,\"msglen\":15,\"certslen\":12,\"certs\":[{\"len\":4,\"data\":\"30820001\"},"
	  "{\"len\":2,\"data\":\"3000\"}]},{\"msgtype\":14,\"msglen\":0}]", "certificate", "TLS", "msg" },
	{ "[{\"load\":\"a1b2c3d4e5f60718\"}]", "finished", "TLS", "msg" },
	{ "[{\"level\":2,\"descr\":40}]", "alert", "TLS", "msg" },
};

DISSECTED_MAIN("tls", packets, fields)
