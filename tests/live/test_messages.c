/* SPDX-License-Identifier: MIT */
/* test_messages.c - what a person without rights, or with a wrong word, is told: to the letter. And which interface is
 * the one of the default route. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "live.h"
#include "src/capture/netlink.h"
#include "src/capture/veth.h"

#define CAPABILITY "capturing needs the capability CAP_NET_RAW: use sudo, or once: " \
	"sudo setcap cap_net_raw+ep $(command -v ringtap)"

static const struct message_row { const char *name; bool is_nobody; const char *iface; int code; const char *what, *hint; }
message_rows[] = {
	{ "nobody",                    true,  "lo", EPERM, "lo: packet socket: Operation not permitted", CAPABILITY },
	{ "nobody, other interface",   true,  "v0", EPERM, "v0: packet socket: Operation not permitted", CAPABILITY },
	{ "nobody, no such interface", true,  "tcp", ENODEV, "tcp: No such device",
	  "interfaces: lo, v1, v0; a filter without an interface: ringtap -f tcp" },
	{ "no such interface",         false, "eth9", ENODEV, "eth9: No such device",
	  "interfaces: lo, v1, v0; a filter without an interface: ringtap -f eth9" },
	{ "part of a name",            false, "v", ENODEV, "v: No such device",
	  "interfaces: lo, v1, v0; a filter without an interface: ringtap -f v" },
	{ "a whole filter as one word", false, "tcp and host 10.0.0.1", ENODEV, "tcp and host 10.0.0.1: No such device",
	  "interfaces: lo, v1, v0; a filter without an interface: ringtap -f ip and icmp" },
	{ "a hostile word",            false, "e\033[2Jx", ENODEV, "e\\x1b[2Jx: No such device",
	  "interfaces: lo, v1, v0; a filter without an interface: ringtap -f e\\x1b[2Jx" },
	{ "empty",                     false, "", ENODEV, ": No such device",
	  "interfaces: lo, v1, v0; a filter without an interface: ringtap -f " },
	{ "no default route",          false, NULL, ENODEV, "default route: there is none, so name an interface",
	  "interfaces: lo, v1, v0" },
};

static int try(const struct message_row *row)
{
	struct rt_capture *capture;
	struct rt_error error;
	const struct rt_capture_options with = { .iface = row->iface };
	if (row->is_nobody && setuid(65534) < 0)
		return 2;
	int rc = rt_capture_open(&capture, &with, &error);
	if (rc == -row->code && !capture && strcmp(row->what, error.what) == 0 && strcmp(row->hint, error.hint) == 0)
		return 0;
	fprintf(stderr, "%s: %d\n%s\n%s\n", row->name, rc, error.what, error.hint);
	return 1;
}

static void test_message(void **state)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0)
		_exit(try(*state));
	waitpid(pid, &status, 0);
	assert_int_equal(0, status);
}

/* The hint stays within its 256 bytes. */
static void test_many_interfaces(void **state)
{
	char one[16], other[16];
	struct rt_capture *capture;
	struct rt_error error;
	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		snprintf(one, sizeof one, "long-name-%04u", i);
		snprintf(other, sizeof other, "other-name-%u", i);
		live_link(one, other);
	}
	assert_int_equal(-ENODEV, rt_capture_open(&capture, &(struct rt_capture_options){ .iface = "eth9" }, &error));
	for (unsigned i = 0; i < 20; i++) {
		snprintf(one, sizeof one, "long-name-%04u", i);
		live_unlink(one);
	}
	const char *start = "interfaces: lo, v1, v0, other-name-0, long-name-0000, ";
	assert_int_equal(0, strncmp(start, error.hint, strlen(start)));
	assert_non_null(strstr(error.hint, " more; a filter without an interface: ringtap -f eth9"));
}

/* ---- the default route ---------------------------------------------------------------------------------- */

/* In the order they are added; `out` is where a capture without a name then goes. */
static const struct route { uint8_t family; const char *iface; uint32_t metric, table; const char *out; } routes[] = {
	{ AF_INET6, "v1", 100, RT_TABLE_MAIN, "v1" },
	{ AF_INET6, "v0", 10,  RT_TABLE_MAIN, "v0" },
	{ AF_INET,  "v1", 5,   99,            "v1" },
	{ AF_INET,  "v0", 100, RT_TABLE_MAIN, "v0" },
	{ AF_INET,  "v1", 200, RT_TABLE_MAIN, "v0" },
	{ AF_INET,  "v1", 50,  RT_TABLE_MAIN, "v1" },
	{ AF_INET,  "v0", 1,   99,            "v1" },
	{ AF_INET,  "v0", 10,  RT_TABLE_MAIN, "v0" },
};

static void add_route(const struct route *route)
{
	struct netlink_request request;
	const struct rtmsg info = { .rtm_family = route->family, .rtm_table = (uint8_t)route->table,
	                            .rtm_protocol = RTPROT_STATIC, .rtm_scope = RT_SCOPE_LINK, .rtm_type = RTN_UNICAST };
	int netlink = netlink_open();
	netlink_begin(&request, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, &info, sizeof info);
	netlink_put_u32(&request, RTA_OIF, if_nametoindex(route->iface));
	netlink_put_u32(&request, RTA_PRIORITY, route->metric);
	assert_int_equal(0, netlink_ask(netlink, &request));
	close(netlink);
}

static void allow_ip6(const char *path)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd >= 0)
		assert_int_equal(1, write(fd, "0", 1));
	close(fd);
}

static void test_default_route(void **state)
{
	(void)state;
	allow_ip6("/proc/sys/net/ipv6/conf/v0/disable_ipv6");
	allow_ip6("/proc/sys/net/ipv6/conf/v1/disable_ipv6");
	for (size_t i = 0; i < RT_COUNT(routes); i++) {
		struct rt_capture *capture;
		struct rt_error error;
		add_route(&routes[i]);
		assert_int_equal(0, rt_capture_open(&capture, &(struct rt_capture_options){ 0 }, &error));
		assert_string_equal(routes[i].out, rt_capture_interface(capture)->name);
		assert_true(rt_capture_interface(capture)->is_default);
		rt_source_close(rt_capture_source(capture));
	}
}

static void test_addresses(void **state)
{
	struct rt_interface *list;
	struct rt_error error;
	const struct rt_address ip4 = { .family = AF_INET, .prefix = 24, .bytes = { 10, 9, 8, 7 } };
	int netlink = netlink_open();
	(void)state;
	assert_int_equal(0, veth_address(netlink, "v1", &ip4));
	close(netlink);
	int count = rt_interfaces(&list, &error);
	assert_int_equal(3, count);
	assert_string_equal("lo", list[0].name);
	assert_string_equal("v1", list[1].name);
	assert_string_equal("v0", list[2].name);
	assert_int_equal(1, list[1].address_count);
	assert_memory_equal(&ip4, &list[1].addresses[0], sizeof ip4);
	assert_int_equal(if_nametoindex("v1"), list[1].index);
	assert_int_equal(1500, list[1].mtu);
	assert_int_equal(6, list[1].mac_size);
	assert_true(list[1].flags & IFF_UP);
	assert_int_equal(772, list[0].type);
	free(list);
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(message_rows) + 3];
	size_t count = 0;
	if (!live_begin())
		return 77;
	for (; count < RT_COUNT(message_rows); count++)
		tests[count] = (struct CMUnitTest){ message_rows[count].name, test_message, NULL, NULL,
		                                    (void *)(uintptr_t)&message_rows[count] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_many_interfaces);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_addresses);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_default_route);
	return _cmocka_run_group_tests("messages", tests, count, NULL, NULL);
}
