/* SPDX-License-Identifier: MIT */
/* test_netbios.c - NetBIOS names and sessions, and SMB's headers, laid out by RFC 1002 section 4 and MS-SMB2 section
 * 2.2.1; Scapy 2.5.0 and tshark 4.0.17 read the same. */
#include "carrier.h"
#include "dissected.h"

#define V4  RT_LINK_IPV4
#define BOX "20'ECEPFICACACACACACACACACACACACA'"        /* "BOX", 12 blanks */
#define WG  "20'FHEHCACACACACACACACACACACACACA'"        /* "WG" */

static const struct dissected_packet packets[] = {
	{ { "query", V4, UDP4("0089", "0089") "1234" "0110" "0001" "0000" "0000" "0000" BOX "'CA'00" "0020" "0001" },
	  "IP / UDP / NBNSHeader / NBNSQueryRequest", UDP4_LINE("137", "137", "NBNS query NB BOX, Len: 50") },
	{ { "answer", V4, UDP4("0089", "0089") "1234" "8500" "0000" "0001" "0000" "0000" BOX "'AA'00" "0020" "0001"
	  "000493e0"
	    "0006" "6000" "0a000007" }, "IP / UDP / NBNSHeader / NBNSQueryResponse",
	  UDP4_LINE("137", "137", "NBNS response BOX 10.0.0.7, Len: 62") },
	{ { "register", V4, UDP4("0089", "0089") "1235" "2910" "0001" "0000" "0000" "0001" BOX "'AA'00" "0020" "0001"
	  "c00c"
	    "0020" "0001" "000493e0" "0006" "8000" "0a000007" }, "IP / UDP / NBNSHeader / NBNSRegistrationRequest",
	  UDP4_LINE("137", "137", "NBNS registration BOX 10.0.0.7, Len: 68") },
	{ { "status", V4, UDP4("0089", "0089") "1236" "0000" "0001" "0000" "0000" "0000" BOX "'CA'00" "0021" "0001" },
	  "IP / UDP / NBNSHeader / NBNSNodeStatusRequest", UDP4_LINE("137", "137", "NBNS query NBSTAT BOX, Len: 50"),
	  .show = "           QUESTION_NAME= 'BOX            '\n",
	  .summary = "IP / UDP / NBNSHeader / NBNSNodeStatusRequest who has '\\\\BOX'" },
	{ { "node", V4, UDP4("0089", "0089") "1236" "8400" "0000" "0001" "0000" "0000" BOX "'CA'00" "0021" "0001"
	    "00000000" "001b" "01" "'BOX            '" "20" "04" "00" "020000000007" "0102" },
	  "IP / UDP / NBNSHeader / NBNSNodeStatusResponse",
	  UDP4_LINE("137", "137", "NBNS status BOX BOX            , Len: 83") },
	{ { "wait", V4, UDP4("0089", "0089") "1237" "bc00" "0000" "0001" "0000" "0000" BOX "'CA'00" "0020" "0001"
	    "00000002" "0002" "2910" },
	  "IP / UDP / NBNSHeader / NBNSWackResponse", UDP4_LINE("137", "137", "NBNS wait BOX, Len: 58") },
	{ { "refresh", V4, UDP4("0089", "0089") "1235" "4010" "0000" "0000" "0000" "0000" }, "IP / UDP / NBNSHeader",
	  UDP4_LINE("137", "137", "NBNS opcode 8, Len: 12") },
	{ { "datagram", V4, UDP4("008a", "008a") "11" "0a" "8001" "0a000007" "008a" "0044"
	  "0000" BOX "'AA'00" WG "'BO'00" },
	  "IP / UDP / NBTDatagram", UDP4_LINE("138", "138", "NetBIOS datagram BOX to WG, Len: 82") },
	{ { "session", V4, TCP4("c000", "008b") "81" "000044" BOX "'CA'00" WG "'AA'00" }, "IP / TCP / NBTSession / Raw",
	  TCP4_LINE("49152", "139", "NetBIOS Session Request, Len: 72"), true },
	{ { "smb1", V4, TCP4("c000", "01bd") "00" "000020" "ff'SMB'" "72" "00000000" "18" "53c8" "0000"
	  "0000000000000000" "0000"
	    "0100" "feff" "0200" "4000" }, "IP / TCP / NBTSession / SMB_Header",
	  TCP4_LINE("49152", "445", "SMB SMB_COM_NEGOTIATE, Len: 36") },
	{ { "async", V4, TCP4("01bd", "c000") "00" "000040" "fe'SMB'" "4000" "0100" "03010000" "0500" "0100" "03000000"
	    "00000000" "0200000000000000" "0800000000000000" "1122334455667788" "00000000000000000000000000000000" },
	  "IP / TCP / NBTSession / SMB2_Header",
	  TCP4_LINE("445", "49152", "SMB2 SMB2_CREATE STATUS_PENDING, Len: 68") },
	{ { "smb2", V4, TCP4("01bd", "c000") "00" "000040" "fe'SMB'" "4000" "0100" "160000c0" "0100" "0100" "01000000"
	    "00000000" "0200000000000000" "fffe0000" "05000000" "1122334455667788" "00000000000000000000000000000000" },
	  "IP / TCP / NBTSession / SMB2_Header",
	  TCP4_LINE("445", "49152", "SMB2 SMB2_SESSION_SETUP STATUS_MORE_PROCESSING_REQUIRED, Len: 68") },
};

static const struct dissected_field fields[] = {
	{ "BOX", "query", "NBNSQueryRequest", "QUESTION_NAME" },
	{ "17217", "query", "NBNSQueryRequest", "SUFFIX" },
	{ "B+RD", "query", "NBNSHeader", "NM_FLAGS" },
	{ "[{\"G\":0,\"OWNER_NODE_TYPE\":3,\"UNUSED\":0,\"NB_ADDRESS\":\"10.0.0.7\"}]", "answer", "NBNSQueryResponse",
	  "ADDR_ENTRY" },
	{ "300000", "answer", "NBNSQueryResponse", "TTL" },
	{ "1", "register", "NBNSRegistrationRequest", "G" },
	{ "10.0.0.7", "datagram", "NBTDatagram", "SourceIP" },
	{ "68", "session", "NBTSession", "LENGTH" },
	{ "64", "smb1", "SMB_Header", "MID" },
	{ "ff534d42", "smb1", "SMB_Header", "Start" },
	{ "CASE_INSENSITIVE+CANONICALIZED_PATHS", "smb1", "SMB_Header", "Flags" },
	{ "LONG_NAMES+EAS+SMB_SECURITY_SIGNATURE_REQUIRED+IS_LONG_NAME+EXTENDED_SECURITY+NT_STATUS+UNICODE", "smb1",
	  "SMB_Header", "Flags2" },
	{ "33", "status", "NBNSNodeStatusRequest", "QUESTION_TYPE" },
	{ "[{\"NETBIOS_NAME\":\"BOX            \",\"SUFFIX\":32,\"NAME_FLAGS\":4,\"UNUSED\":0}]", "node",
	  "NBNSNodeStatusResponse", "NODE_NAME" },
	{ "02:00:00:00:00:07", "node", "NBNSNodeStatusResponse", "MAC_ADDRESS" },
	{ "0102", "node", "NBNSNodeStatusResponse", "STATISTICS" },
	{ "10512", "wait", "NBNSWackResponse", "RDATA" },
	{ "8", "async", "SMB2_Header", "AsyncId" },
	{ "", "async", "SMB2_Header", "TID" },
	{ "2", "smb2", "SMB2_Header", "MID" },
	{ "65279", "smb2", "SMB2_Header", "PID" },
	{ "9833440827789222417", "smb2", "SMB2_Header", "SessionId" },
};

DISSECTED_MAIN("netbios", packets, fields)
