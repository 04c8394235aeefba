/* SPDX-License-Identifier: MIT */
/* link.c - the names of link types, as tcpdump -y and -L spell them. One table, read in both directions. */
#include <strings.h>
#include <ringtap/packet.h>

static const struct { unsigned link; const char *name, *description; } links[] = {
	{ RT_LINK_NULL,       "NULL",                 "BSD loopback" },
	{ RT_LINK_ETHER,      "EN10MB",               "Ethernet" },
	{ RT_LINK_PPP,        "PPP",                  "PPP" },
	{ RT_LINK_PPP_SERIAL, "PPP_SERIAL",           "PPP over serial" },
	{ RT_LINK_PPP_ETHER,  "PPP_ETHER",            "PPPoE" },
	{ RT_LINK_RAW,        "RAW",                  "Raw IP" },
	{ RT_LINK_WLAN,       "IEEE802_11",           "802.11" },
	{ RT_LINK_LOOP,       "LOOP",                 "OpenBSD loopback" },
	{ RT_LINK_SLL,        "LINUX_SLL",            "Linux cooked v1" },
	{ RT_LINK_PRISM,      "PRISM_HEADER",         "802.11 plus Prism header" },
	{ RT_LINK_RADIOTAP,   "IEEE802_11_RADIO",     "802.11 plus radiotap header" },
	{ RT_LINK_AVS,        "IEEE802_11_RADIO_AVS", "802.11 plus AVS radio information header" },
	{ RT_LINK_IPV4,       "IPV4",                 "Raw IPv4" },
	{ RT_LINK_IPV6,       "IPV6",                 "Raw IPv6" },
	{ RT_LINK_SLL2,       "LINUX_SLL2",           "Linux cooked v2" },
	{ RT_LINK_DSA_BRCM,   "DSA_TAG_BRCM",         "Broadcom tag" },
	{ RT_LINK_DSA_BRCM_PREPEND, "DSA_TAG_BRCM_PREPEND", "Broadcom tag (prepended)" },
	{ RT_LINK_DSA,        "DSA_TAG_DSA",          "Marvell DSA" },
	{ RT_LINK_EDSA,       "DSA_TAG_EDSA",         "Marvell EDSA" },
	{ RT_LINK_DSA_MTK,    "DSA_TAG_MTK",          "MediaTek tag" },
	{ RT_LINK_DSA_QCA,    "DSA_TAG_QCA",          "Qualcomm tag" },
};

const char *rt_link_name(unsigned link)
{
	for (size_t i = 0; i < RT_COUNT(links); i++)
		if (links[i].link == link)
			return links[i].name;
	return NULL;
}

const char *rt_link_description(unsigned link)
{
	for (size_t i = 0; i < RT_COUNT(links); i++)
		if (links[i].link == link)
			return links[i].description;
	return NULL;
}

unsigned rt_link_in_file(unsigned link)
{
	return link == RT_LINK_DSA_MTK || link == RT_LINK_DSA_QCA ? RT_LINK_ETHER : link;
}

int rt_link_parse(const char *name)
{
	for (size_t i = 0; i < RT_COUNT(links); i++)
		if (strcasecmp(links[i].name, name) == 0)
			return (int)links[i].link;
	return -1;
}
