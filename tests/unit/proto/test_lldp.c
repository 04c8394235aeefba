/* SPDX-License-Identifier: MIT */
/* test_lldp.c - LLDP. The bytes were made by Scapy 2.5.0, fields as it reads them; tshark 4.0 reads the same. */
#include "dissected.h"

#define HEAD "0180c200000e020000000001" "88cc"
#define ENDS "02:00:00:00:00:01 -> 01:80:c2:00:00:0e"
#define MAC  "0207" "04" "020000000001"
#define PORT "0405" "05" "65746830"

static const struct dissected_packet packets[] = {
	{ .sample = { "a switch", 1,
	  HEAD MAC PORT "06020078" "0806" "75706c696e6b" "0a03" "737731" "0c05" "4c696e7578" "0e04" "0014" "0010"
	         "100c" "0501" "0a000001" "02" "00000003" "00" "fe06" "0080c2" "01" "0001" "0000" "0000" },
	  .layers = "Ether / LLDPDU / LLDPDUChassisID / LLDPDUPortID / LLDPDUTimeToLive / LLDPDUPortDescription / "
	            "LLDPDUSystemName / LLDPDUSystemDescription / LLDPDUSystemCapabilities / LLDPDUManagementAddress / "
	            "LLDPDUGenericOrganisationSpecific / LLDPDUEndOfLLDPDU / Padding",
	  FIELDS("LLDPDUChassisID._type", "1", "LLDPDUChassisID._length", "7", "LLDPDUChassisID.subtype", "4",
	         "LLDPDUChassisID.id", "02:00:00:00:00:01", "LLDPDUPortID.id", "65746830",
	         "LLDPDUTimeToLive.ttl", "120", "LLDPDUPortDescription.description", "75706c696e6b",
	         "LLDPDUSystemName.system_name", "737731", "LLDPDUSystemCapabilities.router_available", "1",
	         "LLDPDUSystemCapabilities.mac_bridge_available", "1",
	         "LLDPDUSystemCapabilities.repeater_available", "0",
	         "LLDPDUSystemCapabilities.router_enabled", "1",
	         "LLDPDUManagementAddress._management_address_string_length", "5",
	         "LLDPDUManagementAddress.management_address_subtype", "1",
	         "LLDPDUManagementAddress.management_address", "0a000001",
	         "LLDPDUManagementAddress.interface_number", "3", "LLDPDUManagementAddress.object_id", "",
	         "LLDPDUGenericOrganisationSpecific.org_code", "32962",
	         "LLDPDUGenericOrganisationSpecific.data", "0001"),
	  .line = ENDS " LLDP, chassis 02:00:00:00:00:01, port eth0, ttl 120, system sw1, Len: 72",
	  .show = "###[ LLDPDU ]### \n###[ LLDPDUChassisID ]### \n        _type     = chassis id\n" },
	{ .sample = { "network addresses", 1,
	  HEAD "0206" "05" "01" "0a000001" "0412" "04" "02" "20010db8000000000000000000000001" "06020078" "0000" },
	  .layers = "Ether / LLDPDU / LLDPDUChassisID / LLDPDUPortID / LLDPDUTimeToLive / LLDPDUEndOfLLDPDU",
	  FIELDS("LLDPDUChassisID.family", "1", "LLDPDUChassisID.id", "10.0.0.1", "LLDPDUPortID.family", "2",
	         "LLDPDUPortID.id", "2001:db8::1"),
	  .line = ENDS " LLDP, chassis 10.0.0.1, port 2001:db8::1, ttl 120, Len: 34" },
	{ .sample = { "an address of another size is bytes", 1,
	  HEAD "0205" "05" "01" "0a0000" "0403" "03" "0200" },
	  .layers = "Ether / LLDPDU / LLDPDUChassisID / LLDPDUPortID",
	  FIELDS("LLDPDUChassisID.id", "0a0000", "LLDPDUPortID.id", "0200") },
	{ .sample = { "a reserved type", 1, HEAD MAC "1401" "00" "0000" },
	  .layers = "Ether / LLDPDU / LLDPDUChassisID / Raw" },
	{ .sample = { "behind a tag", 1, "0180c200000e020000000001" "81000005" "88cc" MAC },
	  .layers = "Ether / Dot1Q / LLDPDU / LLDPDUChassisID",
	  .line = "vlan 5 " ENDS " LLDP, chassis 02:00:00:00:00:01, Len: 9" },
};

DISSECTED_PACKETS("lldp", packets)
