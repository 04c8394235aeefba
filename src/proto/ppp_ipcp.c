/* SPDX-License-Identifier: MIT */
/* ppp_ipcp.c - PPP's control protocol for IPv4 (RFC 1332, name servers RFC 1877). Messages that configure have options,
 * others data (RFC 1661 section 5). */
#include "list.h"
#include "ppp.h"

static const struct rt_word types[] = {
	{ 1, "IP-Addresses (Deprecated)" }, { 2, "IP-Compression-Protocol" }, { 3, "IP-Address" }, { 4, "Mobile-IPv4" },
	{ 129, "Primary-DNS-Address" }, { 130, "Primary-NBNS-Address" }, { 131, "Secondary-DNS-Address" },
	{ 132, "Secondary-NBNS-Address" },
};

#define START { "type", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(types)) }, { "len", 8, 8, RT_NUM }

static const struct rt_row data_rows[] = { START, { "data", 16, 0, RT_BYTES } };
static const struct rt_row address_rows[] = { START, { "data", 16, 32, RT_IP4 }, { "garbage", 48, 0, RT_BYTES } };

#define OPTION(c_name, class, words, table, bytes) \
	static const struct rt_proto c_name = { .name = class, .title = "PPP IPCP Option" words, .spec = "RFC 1332", \
	                                        RT_ROWS(table), .header = bytes }
OPTION(other,   "PPP_IPCP_Option",           "",                data_rows,    2);
OPTION(address, "PPP_IPCP_Option_IPAddress", ": IP Address",    address_rows, 6);
OPTION(dns1,    "PPP_IPCP_Option_DNS1",      ": DNS1 Address",  address_rows, 6);
OPTION(dns2,    "PPP_IPCP_Option_DNS2",      ": DNS2 Address",  address_rows, 6);
OPTION(nbns1,   "PPP_IPCP_Option_NBNS1",     ": NBNS1 Address", address_rows, 6);
OPTION(nbns2,   "PPP_IPCP_Option_NBNS2",     ": NBNS2 Address", address_rows, 6);

static const struct rt_item items[] = {
	{ 3, &address }, { 129, &dns1 }, { 130, &nbns1 }, { 131, &dns2 }, { 132, &nbns2 },
};
static const struct rt_list options = {
	RT_ITEMS(items), .other = &other, .code_bytes = 1, .length_bytes = 1, .length_unit = 1, .last_code = -1,
};

static const struct rt_row rows[] = {
	PPP_CODE(RT_WORDS(ppp_codes)), PPP_ID, PPP_LEN,
	{ "options", 32, 0, RT_LIST, .list = &options, RT_WHEN(0, 8, 1, 2, 3, 4) },
	{ "data",    32, 0, RT_BYTES, RT_UNLESS(0, 8, 1, 2, 3, 4) },
};

const struct rt_proto proto_ipcp = {
	.name = "PPP_IPCP", .spec = "RFC 1332", RT_ROWS(rows), .header = 4, .size = { "len", 1 }, .is_last = true,
	.lines = RT_LINES({ .text = "IPCP {code}| id {id}[ {options.data}]" }),
	RT_LINKS({ "PPP", "proto", 0x8021 }),
};
