/* SPDX-License-Identifier: MIT */
/* test_dhcp6.c - DHCPv6, laid out by RFC 8415 sections 8, 9 and 21; Scapy 2.5.0 and tshark 4.0.17 read the same. */
#include "carrier.h"
#include "dissected.h"

#define V4  RT_LINK_IPV4
#define IP6 "20010db8000000000000000000000009"

static const struct dissected_packet packets[] = {
	{ { "solicit", V4, UDP4("0222", "0223") "01" "abcdef" "0001" "000a" "00030001020000000001" "0006" "0004" "0017"
	  "0018"
	    "0008" "0002" "0064" "000e" "0000" "0003" "000c" "00000001" "00000e10" "00001518" "fffe" "0001" "aa" },
	  "IP / UDP / DHCP6_Solicit / DHCP6OptClientId / DHCP6OptOptReq / DHCP6OptElapsedTime / DHCP6OptRapidCommit / "
	  "DHCP6OptIA_NA / DHCP6OptUnknown", UDP4_LINE("546", "547", "DHCPv6 SOLICIT, Len: 57") },
	{ { "reply", V4, UDP4("0223", "0222") "07" "abcdef" "0003" "0030" "00000001" "00000000" "00000000"
	    "0005" "0018" IP6 "00000e10" "ffffffff" "000d" "0004" "0000" "'ok'" "0017" "0010" IP6
	    "0018" "0010" "07'example'03'com'00" "01'a'00" },
	  "IP / UDP / DHCP6_Reply / DHCP6OptIA_NA / DHCP6OptDNSServers / DHCP6OptDNSDomains",
	  UDP4_LINE("547", "546", "DHCPv6 REPLY 2001:db8::9, Len: 96") },
	{ { "delegate", V4, UDP4("0223", "0222") "02" "000001" "0019" "0029" "00000001" "00000000" "00000000"
	    "001a" "0019" "00000e10" "00001c20" "38" IP6 "0027" "0005" "01" "03'box'" },
	  "IP / UDP / DHCP6_Advertise / DHCP6OptIA_PD / DHCP6OptClientFQDN",
	  UDP4_LINE("547", "546", "DHCPv6 ADVERTISE 2001:db8::9/56, Len: 58") },
	{ { "relay", V4, UDP4("0223", "0223") "0c" "01" IP6 IP6 "0009" "0004" "01abcdef" "0012" "0004" "'eth0'" },
	  "IP / UDP / DHCP6_RelayForward / DHCP6OptRelayMsg / DHCP6OptIfaceId",
	  UDP4_LINE("547", "547", "DHCPv6 RELAY-FORW 2001:db8::9, Len: 50") },
};

static const struct dissected_field fields[] = {
	{ "11259375", "solicit", "DHCP6_Solicit", "trid" },
	{ "00030001020000000001", "solicit", "DHCP6OptClientId", "duid" },
	{ "[23,24]", "solicit", "DHCP6OptOptReq", "reqopts" },
	{ "100", "solicit", "DHCP6OptElapsedTime", "elapsedtime" },
	{ "3600", "solicit", "DHCP6OptIA_NA", "T1" },
	{ "[]", "solicit", "DHCP6OptIA_NA", "ianaopts" },
	{ "[{\"optcode\":5,\"optlen\":24,\"addr\":\"2001:db8::9\",\"preflft\":3600,"
	  "\"validlft\":4294967295,\"iaaddropts\":[]},"
	  "{\"optcode\":13,\"optlen\":4,\"statuscode\":0,\"statusmsg\":\"ok\"}]", "reply", "DHCP6OptIA_NA",
	      "ianaopts" },
	{ "[\"2001:db8::9\"]", "reply", "DHCP6OptDNSServers", "dnsservers" },
	{ "[\"example.com.\",\"a.\"]", "reply", "DHCP6OptDNSDomains", "dnsdomains" },
	{ "01abcdef", "relay", "DHCP6OptRelayMsg", "message" },
	{ "65746830", "relay", "DHCP6OptIfaceId", "ifaceid" },
};

DISSECTED_MAIN("dhcp6", packets, fields)
