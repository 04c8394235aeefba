/* SPDX-License-Identifier: MIT */
/* test_vrrp.c - VRRP and HSRP. The bytes are laid out by RFC 3768 section 5.1, RFC 5798 section 5.1 and RFC 2281
 * section 5 (checksums are made up); tshark 4.0.17 reads the same. */
#include "dissected.h"

#define V4 RT_LINK_IPV4
#define OUTER(len, ttl, proto, dst) "4500" len "00010000" ttl proto "0000" "0a000001" dst
#define VRRP(len) OUTER(len, "ff", "70", "e0000012")
#define HSRP(len, udp) OUTER(len, "01", "11", "e0000002") "07c107c1" udp "0000"
#define HELLO "00" "00" "10" "03" "0a" "78" "05" "00" "636973636f000000" "0a0000fe"

static const struct dissected_packet packets[] = {
	{ { "vrrp", V4, VRRP("0028") "21" "05" "64" "01" "0001" "ba52" "0a0000fe" "00000000" "00000000" }, "IP / VRRP",
	  "10.0.0.1 -> 224.0.0.18 TTL: 255, VRRP vrid 5 priority 100 10.0.0.254, Len: 20" },
	{ { "vrrp 3", V4, VRRP("0024") "31" "05" "64" "02" "0064" "ba52" "0a0000fe" "0a0000fd" }, "IP / VRRPv3",
	  "10.0.0.1 -> 224.0.0.18 TTL: 255, VRRPv3 vrid 5 priority 100 10.0.0.254, Len: 16" },
	{ { "vrrp 3 in IPv6", RT_LINK_IPV6, "60000000001870ff" "fe800000000000000000000000000001"
	    "ff020000000000000000000000000012" "31" "05" "00" "01" "0064" "ba52" "fe8000000000000000000000000000fe" },
	  "IPv6 / VRRPv3", "fe80::1 -> ff02::12 HLIM: 255, VRRPv3 vrid 5 priority 0 fe80::fe, Len: 24" },
	{ { "hsrp", V4, HSRP("0030", "001c") HELLO }, "IP / UDP / HSRP",
	  "10.0.0.1:1985 -> 224.0.0.2:1985 TTL: 1, HSRP Hello Active group 5 10.0.0.254, Len: 20" },
	{ { "hsrp md5", V4, HSRP("004e", "003a") HELLO "041c" "01" "00" "0000" "0a000001" "00000007"
	    "000102030405060708090a0b0c0d0e0f" }, "IP / UDP / HSRP / HSRPmd5",
	  "10.0.0.1:1985 -> 224.0.0.2:1985 TTL: 1, HSRP Hello Active group 5 10.0.0.254, Len: 50" },
	{ { "hsrp 2", V4, HSRP("0030", "001c") "01280200" "06040005" "00000000" "0a0000fe" "00000000" },
	  "IP / UDP / Raw", "10.0.0.1:1985 -> 224.0.0.2:1985 TTL: 1, UDP, Len: 20", .is_doubtful = true },
};

static const struct dissected_field fields[] = {
	{ "2", "vrrp", "VRRP", "version" },
	{ "5", "vrrp", "VRRP", "vrid" },
	{ "1", "vrrp", "VRRP", "adv" },
	{ "[\"10.0.0.254\"]", "vrrp", "VRRP", "addrlist" },
	{ "0", "vrrp", "VRRP", "auth2" },
	{ "[\"10.0.0.254\",\"10.0.0.253\"]", "vrrp 3", "VRRPv3", "addrlist" },
	{ "100", "vrrp 3", "VRRPv3", "adv" },
	{ "[\"fe80::fe\"]", "vrrp 3 in IPv6", "VRRPv3", "addrlist" },
	{ "16", "hsrp", "HSRP", "state" },
	{ "3", "hsrp", "HSRP", "hellotime" },
	{ "636973636f000000", "hsrp", "HSRP", "auth" },
	{ "10.0.0.254", "hsrp", "HSRP", "virtualIP" },
	{ "7", "hsrp md5", "HSRPmd5", "keyid" },
	{ "000102030405060708090a0b0c0d0e0f", "hsrp md5", "HSRPmd5", "authdigest" },
};

DISSECTED_MAIN("vrrp", packets, fields)
