/* SPDX-License-Identifier: MIT */
/* test_nd_options.c - options of neighbour discovery. The bytes are laid out by RFC 4861 section 4.6, RFC 4191 section
 * 2.3, RFC 8106 section 5.2, RFC 3971 section 5.3.2 and RFC 3122 section 3.1 (checksums are made up); tshark 4.0.17
 * reads the same. */
#include "dissected.h"

#define V6 RT_LINK_IPV6
#define OUTER(len) "60000000" len "3aff" "fe800000000000000000000000000001" "ff020000000000000000000000000001"
#define RA "8600abcd" "40000708" "00000000" "00000000"
#define SAYS(text) "fe80::1 -> ff02::1 HLIM: 255, ICMPv6 " text

static const struct dissected_packet packets[] = {
	{ { "routes", V6, OUTER("0040") RA "1801000800000e10" "1802401800000e10" "20010db800010000"
	    "1803301000000e10" "20010db8000200000000000000000000" },
	  "IPv6 / ICMPv6ND_RA / ICMPv6NDOptRouteInfo / ICMPv6NDOptRouteInfo / ICMPv6NDOptRouteInfo",
	  SAYS("Router Advertisement lifetime 1800, Len: 48") },
	{ { "search", V6, OUTER("0030") RA "1f04000000000258" "0161076578616d706c6500" "01620263640000000000000000" },
	  "IPv6 / ICMPv6ND_RA / ICMPv6NDOptDNSSL", SAYS("Router Advertisement lifetime 1800, Len: 32") },
	{ { "redirect", V6, OUTER("0060") "8900abcd00000000" "fe800000000000000000000000000002"
	    "20010db8000000000000000000000001" "0407000000000000" "6000000000083b40"
	    "20010db8000000000000000000000005" "20010db8000000000000000000000001" "0102030405060708" },
	  "IPv6 / ICMPv6ND_Redirect / ICMPv6NDOptRedirectedHdr",
	  SAYS("Redirect Message 2001:db8::1 via fe80::2, Len: 56") },
	{ { "nonce", V6, OUTER("0020") "8700abcd00000000" "fe800000000000000000000000000002" "0e01010203040506" },
	  "IPv6 / ICMPv6ND_NS / ICMPv6NDOptNonce", SAYS("Neighbor Solicitation who has fe80::2, Len: 8") },
	{ { "inverse", V6, OUTER("0028") "8d00abcd00000000" "0101020000000001" "0903000000000000"
	    "20010db8000000000000000000000001" },
	  "IPv6 / ICMPv6ND_INDSol / ICMPv6NDOptSrcLLAddr / ICMPv6NDOptSrcAddrList",
	  SAYS("Inverse Neighbor Discovery Solicitation Message, Len: 32") },
	{ { "flags", V6, OUTER("0018") RA "1a01800000000001" }, "IPv6 / ICMPv6ND_RA / ICMPv6NDOptEFA",
	  SAYS("Router Advertisement lifetime 1800, Len: 8") },
};

static const struct dissected_field fields[] = {
	{ "0", "routes", "ICMPv6ND_RA", "prf" },
	{ "::", "routes", "ICMPv6NDOptRouteInfo", "prefix" },
	{ "1", "routes", "ICMPv6NDOptRouteInfo", "prf" },
	{ "3600", "routes", "ICMPv6NDOptRouteInfo", "rtlifetime" },
	{ "[\"a.example.\",\"b.cd.\"]", "search", "ICMPv6NDOptDNSSL", "searchlist" },
	{ "600", "search", "ICMPv6NDOptDNSSL", "lifetime" },
	{ "[{\"version\":6,\"tc\":0,\"fl\":0,\"plen\":8,\"nh\":59,\"hlim\":64,\"src\":\"2001:db8::5\","
	  "\"dst\":\"2001:db8::1\"},{\"load\":\"0102030405060708\"}]", "redirect", "ICMPv6NDOptRedirectedHdr", "pkt" },
	{ "010203040506", "nonce", "ICMPv6NDOptNonce", "nonce" },
	{ "[\"2001:db8::1\"]", "inverse", "ICMPv6NDOptSrcAddrList", "addrlist" },
	{ "140737488355329", "flags", "ICMPv6NDOptEFA", "res" },
};

DISSECTED_MAIN("nd_options", packets, fields)
