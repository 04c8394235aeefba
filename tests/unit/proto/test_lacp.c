/* SPDX-License-Identifier: MIT */
/* test_lacp.c - link aggregation. The bytes were made by Scapy 2.5.0, fields as it reads them; tshark 4.0 reads the
 * same. */
#include "dissected.h"

#define HEAD "0180c2000002020000000001" "8809"
#define ENDS "02:00:00:00:00:01 -> 01:80:c2:00:00:02"
#define ZERO10 "00000000000000000000"
#define ZERO50 ZERO10 ZERO10 ZERO10 ZERO10 ZERO10

static const struct dissected_packet packets[] = {
	{ .sample = { "two ends", 1,
	  HEAD "01" "01" "0114" "8000" "020000000001" "0011" "00ff" "0001" "3d" "000000"
	         "0214" "0000" "020000000002" "0012" "0000" "0002" "3f" "000000"
	         "0310" "0005" ZERO10 "0000" "0000" ZERO50 },
	  .layers = "Ether / SlowProtocol / LACP",
	  FIELDS("SlowProtocol.subtype", "1", "LACP.actor_system_priority", "32768", "LACP.actor_system",
	         "02:00:00:00:00:01", "LACP.actor_key", "17", "LACP.actor_port_priority", "255",
	         "LACP.actor_port_number", "1", "LACP.actor_state", "61", "LACP.partner_system",
	         "02:00:00:00:00:02", "LACP.partner_key", "18", "LACP.partner_port_number", "2",
	         "LACP.partner_state", "63", "LACP.collector_max_delay", "5"),
	  .line = ENDS " LACP, 02:00:00:00:00:01 port 1 key 17 state 61, partner 02:00:00:00:00:02 port 2 key 18 "
	               "state 63, Len: 109",
	  .summary = "02:00:00:00:00:01 > 01:80:c2:00:00:02 (0x8809) / SlowProtocol / LACP" },
	{ .sample = { "a marker", 1,
	  HEAD "02" "01" "01" "10" "0001" "020000000001" "00000007" "0000" "0000" ZERO50
	         ZERO10 ZERO10 ZERO10 ZERO10 },
	  .layers = "Ether / SlowProtocol / MarkerProtocol",
	  FIELDS("MarkerProtocol.marker_type", "1", "MarkerProtocol.requester_port", "1",
	         "MarkerProtocol.requester_system", "02:00:00:00:00:01",
	         "MarkerProtocol.requester_transaction_id", "7"),
	  .line = ENDS " Marker Request, 02:00:00:00:00:01 port 1, Len: 109" },
	{ .sample = { "another slow protocol", 1, HEAD "03" "0050" }, .layers = "Ether / SlowProtocol / Raw",
	  .line = ENDS " SlowProtocol OAM, Len: 2" },
};

DISSECTED_PACKETS("lacp", packets)
