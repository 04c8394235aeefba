/* SPDX-License-Identifier: MIT */
/* test_tftp.c - TFTP, laid out by RFC 1350 section 5 and RFC 2347; Scapy 2.5.0 and tshark 4.0.17 read the same. */
#include "carrier.h"
#include "dissected.h"

#define V4 RT_LINK_IPV4

static const struct dissected_packet packets[] = {
	{ { "read", V4, UDP4("c000", "0045") "0001" "'boot.img'00" "'octet'00" "'blksize'00" "'1468'00" "'tsize'00"
	  "'0'00" },
	  "IP / UDP / TFTP / TFTP_RRQ / TFTP_Options", UDP4_LINE("49152", "69", "TFTP RRQ boot.img, Len: 38") },
	{ { "write", V4, UDP4("c000", "0045") "0002" "'a'00" "'netascii'00" }, "IP / UDP / TFTP / TFTP_WRQ",
	  UDP4_LINE("49152", "69", "TFTP WRQ a, Len: 13") },
	{ { "data", V4, UDP4("c000", "0045") "0003" "0102" "'abc'" }, "IP / UDP / TFTP / TFTP_DATA / Raw",
	  UDP4_LINE("49152", "69", "TFTP DATA 258, Len: 7") },
	{ { "error", V4, UDP4("c000", "0045") "0005" "0001" "'gone'00" }, "IP / UDP / TFTP / TFTP_ERROR",
	  UDP4_LINE("49152", "69", "TFTP ERROR File not found: gone, Len: 9") },
	{ { "agreed", V4, UDP4("c000", "0045") "0006" "'tsize'00" "'9'00" },
	  "IP / UDP / TFTP / TFTP_OACK / TFTP_Options",
	  UDP4_LINE("49152", "69", "TFTP OACK, Len: 10") },
	{ { "not ended", V4, UDP4("c000", "0045") "0001" "'boot'" }, "IP / UDP / TFTP / TFTP_RRQ",
	  UDP4_LINE("49152", "69", "TFTP RRQ boot, Len: 6") },
};

static const struct dissected_field fields[] = {
	{ "boot.img", "read", "TFTP_RRQ", "filename" },
	{ "octet", "read", "TFTP_RRQ", "mode" },
	{ "[{\"oname\":\"blksize\",\"value\":\"1468\"},{\"oname\":\"tsize\",\"value\":\"0\"}]",
	  "read", "TFTP_Options", "options" },
	{ "gone", "error", "TFTP_ERROR", "errormsg" },
	{ "", "not ended", "TFTP_RRQ", "mode" },
};

DISSECTED_MAIN("tftp", packets, fields)
