/* SPDX-License-Identifier: MIT */
/* veth.c - interfaces made, changed and removed over rtnetlink (rtnetlink(7), linux/veth.h), so that the
 * demonstration and the live tests need neither iproute2 nor a network. */
#include <errno.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sys/socket.h>
#include "netlink.h"
#include "veth.h"

#ifndef IFA_F_NODAD
#define IFA_F_NODAD 0x02
#endif
#define GEN_MODE_NONE 1         /* IN6_ADDR_GEN_MODE_NONE, Linux 3.17 */

static void put_end(struct netlink_request *request, const struct veth_end *end)
{
	netlink_put_string(request, IFLA_IFNAME, end->name);
	if (end->mac)
		netlink_put(request, IFLA_ADDRESS, end->mac, 6);
	if (end->netns >= 0)
		netlink_put_u32(request, IFLA_NET_NS_FD, (uint32_t)end->netns);
}

int veth_make(int netlink, const struct veth_end *one, const struct veth_end *other)
{
	struct netlink_request request;
	const struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	netlink_begin(&request, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &info, sizeof info);
	put_end(&request, one);
	size_t kind = netlink_nest(&request, IFLA_LINKINFO);
	netlink_put_string(&request, IFLA_INFO_KIND, "veth");
	size_t data = netlink_nest(&request, IFLA_INFO_DATA);
	/* the peer is described by a whole message: its fixed part, then attributes */
	size_t peer = netlink_nest(&request, VETH_INFO_PEER);
	netlink_put_fixed(&request, &info, sizeof info);
	put_end(&request, other);
	netlink_unnest(&request, peer);
	netlink_unnest(&request, data);
	netlink_unnest(&request, kind);
	return netlink_ask(netlink, &request);
}

int veth_remove(int netlink, const char *name)
{
	struct netlink_request request;
	const struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	netlink_begin(&request, RTM_DELLINK, 0, &info, sizeof info);
	netlink_put_string(&request, IFLA_IFNAME, name);
	return netlink_ask(netlink, &request);
}

int veth_up(int netlink, const char *name, bool is_up)
{
	struct netlink_request request;
	const struct ifinfomsg info = { .ifi_family = AF_UNSPEC, .ifi_flags = is_up ? IFF_UP : 0,
	                                .ifi_change = IFF_UP };
	netlink_begin(&request, RTM_NEWLINK, 0, &info, sizeof info);
	netlink_put_string(&request, IFLA_IFNAME, name);
	return netlink_ask(netlink, &request);
}

int veth_quiet(int netlink, const char *name)
{
	struct netlink_request request;
	const struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	const uint8_t mode = GEN_MODE_NONE;
	netlink_begin(&request, RTM_NEWLINK, 0, &info, sizeof info);
	netlink_put_string(&request, IFLA_IFNAME, name);
	size_t families = netlink_nest(&request, IFLA_AF_SPEC);
	size_t inet6 = netlink_nest(&request, AF_INET6);
	netlink_put(&request, IFLA_INET6_ADDR_GEN_MODE, &mode, sizeof mode);
	netlink_unnest(&request, inet6);
	netlink_unnest(&request, families);
	return netlink_ask(netlink, &request);
}

int veth_address(int netlink, const char *name, const struct rt_address *address)
{
	struct netlink_request request;
	bool is_ip6 = address->family == AF_INET6;
	const struct ifaddrmsg info = { .ifa_family = address->family, .ifa_prefixlen = address->prefix,
	                                .ifa_flags = is_ip6 ? IFA_F_NODAD : 0, .ifa_index = if_nametoindex(name) };
	if (!info.ifa_index)
		return -errno;
	netlink_begin(&request, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &info, sizeof info);
	netlink_put(&request, IFA_LOCAL, address->bytes, is_ip6 ? 16 : 4);
	netlink_put(&request, IFA_ADDRESS, address->bytes, is_ip6 ? 16 : 4);
	return netlink_ask(netlink, &request);
}
