/* SPDX-License-Identifier: MIT */
/* interfaces.c - what interfaces this network namespace has: three rtnetlink dumps (links, addresses, routes) become
 * one list. Any user may ask. How it is shown is in interfaces_print.c. */
#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <ringtap/capture.h>
#include "netlink.h"

#define TRIES 4                 /* of a dump that changes under our hands */

struct list {
	struct rt_interface *all;
	size_t count, room;
	uint64_t best;          /* rank of the default route found so far                                 */
	uint32_t best_index;    /* the interface it leaves by; 0: none                                    */
};

/* ---- links ---------------------------------------------------------------------------------------------- */

static struct rt_interface *add(struct list *list)
{
	if (list->count == list->room) {
		size_t room = list->room ? 2 * list->room : 8;
		struct rt_interface *all = realloc(list->all, room * sizeof *all);
		if (!all)
			return NULL;
		list->all = all;
		list->room = room;
	}
	struct rt_interface *made = &list->all[list->count++];
	*made = (struct rt_interface){ 0 };
	return made;
}

static void copy(void *to, size_t room, const struct netlink_attribute *from)
{
	memcpy(to, from->data, from->size < room ? from->size : room);
}

static int each_link(void *user, struct rt_cursor *body)
{
	struct list *list = user;
	struct ifinfomsg info;
	struct netlink_attribute a;
	const uint8_t *fixed = rt_cursor_take(body, sizeof info);
	struct rt_interface *made = fixed ? add(list) : NULL;
	if (!made)
		return fixed ? -ENOMEM : -EBADMSG;
	memcpy(&info, fixed, sizeof info);
	made->index = info.ifi_index;
	made->type = info.ifi_type;
	made->flags = info.ifi_flags;
	while (netlink_next(body, &a)) {
		switch (a.type) {
		case IFLA_IFNAME:    copy(made->name, sizeof made->name - 1, &a); break;
		case IFLA_MTU:       made->mtu = netlink_u32(&a); break;
		case IFLA_OPERSTATE: copy(&made->operstate, 1, &a); break;
		case IFLA_ADDRESS:
			copy(made->mac, sizeof made->mac, &a);
			made->mac_size = (uint8_t)(a.size < sizeof made->mac ? a.size : sizeof made->mac);
			break;
		}
	}
	return 0;
}

/* ---- addresses ------------------------------------------------------------------------------------------ */

static struct rt_interface *find_index(const struct list *list, uint32_t index)
{
	for (size_t i = 0; i < list->count; i++)
		if ((uint32_t)list->all[i].index == index)
			return &list->all[i];
	return NULL;
}

/* On a point-to-point link IFA_ADDRESS is the other end and IFA_LOCAL this one; IPv6 mostly has only the former. */
static int each_address(void *user, struct rt_cursor *body)
{
	struct ifaddrmsg info;
	struct netlink_attribute a, own = { 0 };
	const uint8_t *fixed = rt_cursor_take(body, sizeof info);
	if (!fixed)
		return -EBADMSG;
	memcpy(&info, fixed, sizeof info);
	while (netlink_next(body, &a))
		if (a.type == IFA_LOCAL || (a.type == IFA_ADDRESS && own.type != IFA_LOCAL))
			own = a;
	struct rt_interface *on = find_index(user, info.ifa_index);
	if (!on || !own.data || on->address_count == RT_COUNT(on->addresses))
		return 0;
	struct rt_address *made = &on->addresses[on->address_count++];
	made->family = info.ifa_family;
	made->prefix = info.ifa_prefixlen;
	copy(made->bytes, sizeof made->bytes, &own);
	return 0;
}

/* ---- the default route ---------------------------------------------------------------------------------- */

/* The first of several next hops. */
static uint32_t first_hop(const struct netlink_attribute *hops)
{
	struct rtnexthop hop;
	if (hops->size < sizeof hop)
		return 0;
	memcpy(&hop, hops->data, sizeof hop);
	return (uint32_t)hop.rtnh_ifindex;
}

/* IPv4 comes before IPv6, the main table before those of policy routing, then the lowest metric wins. */
static int each_route(void *user, struct rt_cursor *body)
{
	struct list *list = user;
	struct rtmsg info;
	struct netlink_attribute a;
	const uint8_t *fixed = rt_cursor_take(body, sizeof info);
	if (!fixed)
		return -EBADMSG;
	memcpy(&info, fixed, sizeof info);
	if (info.rtm_dst_len || info.rtm_src_len || info.rtm_type != RTN_UNICAST || (info.rtm_flags & RTNH_F_DEAD))
		return 0;
	uint32_t index = 0, metric = 0;
	while (netlink_next(body, &a)) {
		switch (a.type) {
		case RTA_OIF:       index = netlink_u32(&a); break;
		case RTA_PRIORITY:  metric = netlink_u32(&a); break;
		case RTA_MULTIPATH: index = index ? index : first_hop(&a); break;
		}
	}
	uint64_t rank = (uint64_t)(info.rtm_family != AF_INET) << 33 |
	                (uint64_t)(info.rtm_table != RT_TABLE_MAIN) << 32 | metric;
	if (index && (!list->best_index || rank < list->best)) {
		list->best = rank;
		list->best_index = index;
	}
	return 0;
}

/* ---- all of it ------------------------------------------------------------------------------------------ */

static int dump_links(int fd, struct list *list)
{
	struct netlink_request request;
	const struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	netlink_begin(&request, RTM_GETLINK, NLM_F_DUMP, &info, sizeof info);
	return netlink_dump(fd, &request, each_link, list);
}

static int dump_addresses(int fd, struct list *list)
{
	struct netlink_request request;
	const struct ifaddrmsg info = { .ifa_family = AF_UNSPEC };
	netlink_begin(&request, RTM_GETADDR, NLM_F_DUMP, &info, sizeof info);
	return netlink_dump(fd, &request, each_address, list);
}

static int dump_routes(int fd, struct list *list, uint8_t family)
{
	struct netlink_request request;
	const struct rtmsg info = { .rtm_family = family };
	netlink_begin(&request, RTM_GETROUTE, NLM_F_DUMP, &info, sizeof info);
	return netlink_dump(fd, &request, each_route, list);
}

static int by_index(const void *a, const void *b)
{
	const struct rt_interface *one = a, *other = b;
	return (one->index > other->index) - (one->index < other->index);
}

/* A kernel without one of the families refuses its routes; that is no reason to know no interface. */
static int dump_defaults(int fd, struct list *list)
{
	static const uint8_t families[] = { AF_INET, AF_INET6 };
	for (size_t i = 0; i < RT_COUNT(families); i++)
		if (dump_routes(fd, list, families[i]) == -EAGAIN)
			return -EAGAIN;
	return 0;
}

static int read_all(int fd, struct list *list)
{
	static int (*const dumps[])(int, struct list *) = { dump_links, dump_addresses, dump_defaults };
	int rc = 0;
	list->count = 0;
	list->best_index = 0;
	for (size_t i = 0; i < RT_COUNT(dumps); i++) {
		int dumped = dumps[i](fd, list);
		if (dumped < 0 && dumped != -EAGAIN)
			return dumped;
		rc = dumped < 0 ? dumped : rc;
	}
	struct rt_interface *leaving = find_index(list, list->best_index);
	if (leaving)
		leaving->is_default = true;
	return rc;
}

int rt_interfaces(struct rt_interface **interfaces, struct rt_error *error)
{
	struct list list = { 0 };
	*interfaces = NULL;
	int fd = netlink_open(), rc = fd;
	for (int tries = 0; fd >= 0 && tries < TRIES; tries++)
		if ((rc = read_all(fd, &list)) != -EAGAIN)
			break;
	if (fd >= 0)
		close(fd);
	if (rc < 0 && rc != -EAGAIN) {          /* what was read while it changed is still worth having */
		free(list.all);
		return rt_fail(error, -rc, "interfaces: rtnetlink: %s", rt_errno_text(-rc));
	}
	if (list.count)
		qsort(list.all, list.count, sizeof *list.all, by_index);
	*interfaces = list.all;
	return (int)list.count;
}
