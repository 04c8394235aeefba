/* SPDX-License-Identifier: MIT */
/* dhcp6_options.c - the options of DHCPv6 (RFC 8415 section 21, RFC 3646, RFC 4075, RFC 4704, RFC 5970), each a layer;
 * those inside an identity association are items of its list. */
#include "dns.h"
#include "list.h"
#include "words.h"

static const struct rt_word codes[] = {
	{ 1, "CLIENTID" }, { 2, "SERVERID" }, { 3, "IA_NA" }, { 4, "IA_TA" }, { 5, "IAADDR" }, { 6, "ORO" },
	{ 7, "PREFERENCE" }, { 8, "ELAPSED_TIME" }, { 9, "RELAY_MSG" }, { 11, "AUTH" }, { 12, "UNICAST" },
	{ 13, "STATUS_CODE" }, { 14, "RAPID_COMMIT" }, { 15, "USER_CLASS" }, { 16, "VENDOR_CLASS" },
	{ 17, "VENDOR_OPTS" }, { 18, "INTERFACE_ID" }, { 19, "RECONF_MSG" }, { 20, "RECONF_ACCEPT" },
	{ 21, "SIP Servers Domain Name List" }, { 22, "SIP Servers IPv6 Address List" },
	{ 23, "DNS Recursive Name Server Option" }, { 24, "Domain Search List option" }, { 25, "OPTION_IA_PD" },
	{ 26, "OPTION_IAPREFIX" }, { 31, "OPTION_SNTP_SERVERS" }, { 32, "OPTION_INFORMATION_REFRESH_TIME" },
	{ 37, "OPTION_REMOTE_ID" }, { 38, "OPTION_SUBSCRIBER_ID" }, { 39, "OPTION_CLIENT_FQDN" },
	{ 59, "OPT_BOOTFILE_URL" }, { 60, "OPT_BOOTFILE_PARAM" }, { 61, "OPTION_CLIENT_ARCH_TYPE" },
	{ 62, "OPTION_NII" }, { 79, "OPTION_CLIENT_LINKLAYER_ADDR" }, { 82, "OPTION_SOL_MAX_RT" },
	{ 112, "OPTION_MUD_URL" },
};
static const struct rt_names code_names = { RT_WORDS(codes) };
static const struct rt_word statuses[] = {
	{ 0, "Success" }, { 1, "UnspecFail" }, { 2, "NoAddrsAvail" }, { 3, "NoBinding" }, { 4, "NotOnLink" },
	{ 5, "UseMulticast" }, { 6, "NoPrefixAvail" },
};
static const struct rt_word lifetimes[] = { { UINT32_MAX, "infinity" } };
static const struct rt_names lifetime_names = { RT_WORDS(lifetimes) };
static const struct rt_word fqdn_flags[] = { { 1, "S" }, { 2, "O" }, { 4, "N" } };

#define START { "optcode", 0, 16, RT_ENUM, .names = &code_names }, { "optlen", 16, 16, RT_NUM, RT_FILL_HEADER }
#define LIFETIME(name, bit) { name, bit, 32, RT_ENUM, .names = &lifetime_names }

/* ---- lists ---------------------------------------------------------------------------------------------------- */

static const struct rt_row address_item_rows[] = { { "address", 0, 128, RT_IP6 } };
static const struct rt_proto address_item = { .name = "address", .spec = "RFC 3646 section 3",
                                              RT_ROWS(address_item_rows), .header = 16 };
static const struct rt_list addresses = { .other = &address_item, .item_bytes = 16, .is_values = true,
                                          .is_spaced = true, .last_code = -1 };
static const struct rt_row code_item_rows[] = { { "code", 0, 16, RT_ENUM, .names = &code_names } };
static const struct rt_proto code_item = { .name = "code", .spec = "RFC 8415 section 21.7", RT_ROWS(code_item_rows),
                                           .header = 2 };
static const struct rt_list wanted = { .other = &code_item, .item_bytes = 2, .is_values = true, .last_code = -1 };
static const struct rt_row domain_rows[] = { { "domain", 0, 0, RT_NAME } };
static const struct rt_proto domain = { .name = "domain", .spec = "RFC 8415 section 10", RT_ROWS(domain_rows),
	.header = 1 };

static bool next_domain(struct rt_walk *walk, struct rt_layer *item)
{
	if (walk->at >= walk->end)
		return false;
	uint32_t after = dns_skip_name(walk->frame, walk->at, walk->end);
	*item = (struct rt_layer){ .proto = &domain, .at = walk->at, .header = after - walk->at, .end = after,
	                           .id = RT_NO_ID };
	walk->at = after;
	return true;
}

static const struct rt_list domains = { .other = &domain, .next = next_domain, .is_values = true, .last_code = -1 };

/* ---- rows ------------------------------------------------------------------------------------------------------- */

static const struct rt_list in_address, in_association;

static const struct rt_row bare_rows[]    = { START };
static const struct rt_row unknown_rows[] = { START, { "data", 32, 0, RT_BYTES } };
static const struct rt_row duid_rows[]    = { START, { "duid", 32, 0, RT_XBYTES } };
static const struct rt_row ia_ta_rows[]   = { START, { "iaid", 32, 32, RT_HEX },
                                              { "iataopts", 64, 0, RT_LIST, .list = &in_association } };
#define ASSOCIATION(options) START, { "iaid", 32, 32, RT_HEX }, { "T1", 64, 32, RT_NUM }, { "T2", 96, 32, RT_NUM }, \
	{ options, 128, 0, RT_LIST, .list = &in_association }
static const struct rt_row ia_na_rows[]   = { ASSOCIATION("ianaopts") };
static const struct rt_row ia_pd_rows[]   = { ASSOCIATION("iapdopt") };
static const struct rt_row address_rows[] = {
	START, { "addr", 32, 128, RT_IP6 }, LIFETIME("preflft", 160), LIFETIME("validlft", 192),
	{ "iaaddropts", 224, 0, RT_LIST, .list = &in_address },
};
static const struct rt_row prefix_rows[] = {
	START, LIFETIME("preflft", 32), LIFETIME("validlft", 64), { "plen", 96, 8, RT_NUM },
	{ "prefix", 104, 128, RT_IP6 }, { "iaprefopts", 232, 0, RT_LIST, .list = &in_address },
};
static const struct rt_row request_rows[]  = { START, { "reqopts", 32, 0, RT_LIST, .list = &wanted } };
static const struct rt_row pref_rows[]     = { START, { "prefval", 32, 8, RT_NUM } };
static const struct rt_row elapsed_rows[]  = { START, { "elapsedtime", 32, 16, RT_NUM } };
static const struct rt_row relay_rows[]    = { START, { "message", 32, 0, RT_XBYTES } };
static const struct rt_row unicast_rows[]  = { START, { "srvaddr", 32, 128, RT_IP6 } };
static const struct rt_row status_rows[]   = {
	START, { "statuscode", 32, 16, RT_ENUM, .names = RT_NAMES(RT_WORDS(statuses)) },
	{ "statusmsg", 48, 0, RT_TEXT },
};
static const struct rt_row vendor_rows[]   = { START, { "enterprisenum", 32, 32, RT_NUM },
	{ "vcdata", 64, 0, RT_XBYTES } };
static const struct rt_row iface_rows[]    = { START, { "ifaceid", 32, 0, RT_BYTES } };
static const struct rt_word asked_for[] = { { 5, "Renew Message" }, { 11, "Information Request" } };
static const struct rt_row reconf_rows[]   = {
	START, { "msgtype", 32, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(asked_for)) },
};
static const struct rt_row dns_rows[]      = { START, { "dnsservers", 32, 0, RT_LIST, .list = &addresses } };
static const struct rt_row search_rows[]   = { START, { "dnsdomains", 32, 0, RT_LIST, .list = &domains } };
static const struct rt_row sntp_rows[]     = { START, { "sntpservers", 32, 0, RT_LIST, .list = &addresses } };
static const struct rt_row refresh_rows[]  = { START, { "reftime", 32, 32, RT_NUM } };
static const struct rt_row fqdn_rows[]     = {
	START, { "res", 32, 5, RT_NUM }, { "flags", 37, 3, RT_FLAGS, .names = RT_NAMES(RT_WORDS(fqdn_flags)) },
	{ "fqdn", 40, 0, RT_NAME },
};
static const struct rt_row url_rows[]      = { START, { "optdata", 32, 0, RT_TEXT } };

#define TABLE(class, words, rows, bytes) .name = "DHCP6Opt" class, .title = words, .spec = "RFC 8415 section 21", \
	RT_ROWS(rows), .header = bytes, .size = { "optlen", 1, 4 }, .next_as = "DHCP6_Solicit"
#define OPTION(class, words, number, rows, bytes) { TABLE(class, words, rows, bytes), \
	RT_LINKS({ "DHCP6_Solicit", NULL, 0, "optcode", number }) }

const struct rt_proto proto_dhcp6_client_id = OPTION("ClientId", "DHCP6 Client Identifier Option", 1, duid_rows, 4);
const struct rt_proto proto_dhcp6_server_id = OPTION("ServerId", "DHCP6 Server Identifier Option", 2, duid_rows, 4);
const struct rt_proto proto_dhcp6_ia_na =
	OPTION("IA_NA", "DHCP6 Identity Association for Non-temporary Addresses Option", 3, ia_na_rows, 16);
const struct rt_proto proto_dhcp6_ia_ta =
	OPTION("IA_TA", "DHCP6 Identity Association for Temporary Addresses Option", 4, ia_ta_rows, 8);
const struct rt_proto proto_dhcp6_address =
	OPTION("IAAddress", "DHCP6 IA Address Option (IA_TA or IA_NA suboption)", 5, address_rows, 28);
const struct rt_proto proto_dhcp6_option_request =
	OPTION("OptReq", "DHCP6 Option Request Option", 6, request_rows, 4);
const struct rt_proto proto_dhcp6_preference = OPTION("Pref", "DHCP6 Preference Option", 7, pref_rows, 5);
const struct rt_proto proto_dhcp6_elapsed = OPTION("ElapsedTime", "DHCP6 Elapsed Time Option", 8, elapsed_rows, 6);
const struct rt_proto proto_dhcp6_relay_msg = OPTION("RelayMsg", "DHCP6 Relay Message Option", 9, relay_rows, 4);
const struct rt_proto proto_dhcp6_unicast = OPTION("ServerUnicast", "DHCP6 Server Unicast Option", 12, unicast_rows,
	20);
const struct rt_proto proto_dhcp6_status = OPTION("StatusCode", "DHCP6 Status Code Option", 13, status_rows, 6);
const struct rt_proto proto_dhcp6_rapid = OPTION("RapidCommit", "DHCP6 Rapid Commit Option", 14, bare_rows, 4);
const struct rt_proto proto_dhcp6_vendor = OPTION("VendorClass", "DHCP6 Vendor Class Option", 16, vendor_rows, 8);
const struct rt_proto proto_dhcp6_iface = OPTION("IfaceId", "DHCP6 Interface-Id Option", 18, iface_rows, 4);
const struct rt_proto proto_dhcp6_reconf_msg =
	OPTION("ReconfMsg", "DHCP6 Reconfigure Message Option", 19, reconf_rows, 5);
const struct rt_proto proto_dhcp6_reconf_accept =
	OPTION("ReconfAccept", "DHCP6 Reconfigure Accept Option", 20, bare_rows, 4);
const struct rt_proto proto_dhcp6_dns =
	OPTION("DNSServers", "DHCP6 Option - DNS Recursive Name Server", 23, dns_rows, 4);
const struct rt_proto proto_dhcp6_search =
	OPTION("DNSDomains", "DHCP6 Option - Domain Search List option", 24, search_rows, 4);
const struct rt_proto proto_dhcp6_ia_pd =
	OPTION("IA_PD", "DHCP6 Option - Identity Association for Prefix Delegation", 25, ia_pd_rows, 16);
const struct rt_proto proto_dhcp6_prefix = OPTION("IAPrefix", "DHCP6 Option - IA Prefix option", 26, prefix_rows, 29);
const struct rt_proto proto_dhcp6_sntp = OPTION("SNTPServers", "DHCP6 option - SNTP Servers", 31, sntp_rows, 4);
const struct rt_proto proto_dhcp6_refresh =
	OPTION("InfoRefreshTime", "DHCP6 Option - Information Refresh Time", 32, refresh_rows, 8);
const struct rt_proto proto_dhcp6_fqdn = OPTION("ClientFQDN", "DHCP6 Option - Client FQDN", 39, fqdn_rows, 5);
const struct rt_proto proto_dhcp6_url = OPTION("BootFileUrl", "DHCP6 Boot File URL Option", 59, url_rows, 4);
const struct rt_proto proto_dhcp6_unknown = {
	TABLE("Unknown", "Unknown DHCPv6 Option", unknown_rows, 4), RT_LINKS({ "DHCP6_Solicit", NULL }),
};

static const struct rt_item inner[] = {
	{ 5, &proto_dhcp6_address }, { 13, &proto_dhcp6_status }, { 26, &proto_dhcp6_prefix },
};
#define OPTIONS .code_bytes = 2, .length_bytes = 2, .length_unit = 1, .length_add = 4, .last_code = -1
static const struct rt_list in_association = { RT_ITEMS(inner), .other = &proto_dhcp6_unknown, OPTIONS };
static const struct rt_item inmost[] = { { 13, &proto_dhcp6_status } };
static const struct rt_list in_address = { RT_ITEMS(inmost), .other = &proto_dhcp6_unknown, OPTIONS };
