/* SPDX-License-Identifier: MIT */
/* link.c - the names of link types, as tcpdump -y and -L spell them. One table, read in both directions. */
#include <strings.h>
#include <ringtap/packet.h>

static const struct { unsigned link; const char *name, *description; } links[] = {
	{ RT_LINK_NULL,  "NULL",       "BSD loopback" },
	{ RT_LINK_ETHER, "EN10MB",     "Ethernet" },
	{ RT_LINK_RAW,   "RAW",        "Raw IP" },
	{ RT_LINK_SLL,   "LINUX_SLL",  "Linux cooked v1" },
	{ RT_LINK_IPV4,  "IPV4",       "Raw IPv4" },
	{ RT_LINK_IPV6,  "IPV6",       "Raw IPv6" },
	{ RT_LINK_SLL2,  "LINUX_SLL2", "Linux cooked v2" },
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

int rt_link_parse(const char *name)
{
	for (size_t i = 0; i < RT_COUNT(links); i++)
		if (strcasecmp(links[i].name, name) == 0)
			return (int)links[i].link;
	return -1;
}
