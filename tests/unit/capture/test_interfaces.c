/* SPDX-License-Identifier: MIT */
/* test_interfaces.c - interfaces in words: types as `ip link` says them, the links they give, and the lines of -D. */
#include <net/if.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <cmocka.h>
#include <ringtap/capture.h>

static const struct type_row { unsigned type; const char *word; int link; } type_rows[] = {
	{ 1,     "link/ether",                RT_LINK_ETHER },
	{ 772,   "link/loopback",             RT_LINK_ETHER },
	{ 65534, "link/none",                 RT_LINK_RAW },
	{ 519,   "link/rawip",                RT_LINK_RAW },
	{ 512,   "link/ppp",                  RT_LINK_RAW },
	{ 768,   "link/ipip",                 RT_LINK_RAW },
	{ 769,   "link/tunnel6",              RT_LINK_RAW },
	{ 776,   "link/sit",                  RT_LINK_RAW },
	{ 778,   "link/gre",                  RT_LINK_RAW },
	{ 823,   "link/gre6",                 RT_LINK_RAW },
	{ 256,   "link/slip",                 RT_LINK_RAW },
	{ 801,   "link/ieee802.11",           RT_LINK_WLAN },
	{ 802,   "link/ieee802.11/prism",     RT_LINK_PRISM },
	{ 803,   "link/ieee802.11/radiotap",  RT_LINK_RADIOTAP },
	{ 804,   "link/ieee802.15.4",         -1 },
	{ 805,   "link/ieee802.15.4/monitor", -1 },
	{ 280,   "link/can",                  -1 },
	{ 32,    "link/infiniband",           -1 },
	{ 824,   "link/netlink",              -1 },
	{ 65535, "link/void",                 -1 },
	{ 4711,  "link/[4711]",               -1 },
	{ 4000000000u, "link/[4000000000]",   -1 },
};

static void test_types(void **state)
{
	char text[48];
	(void)state;
	for (size_t i = 0; i < RT_COUNT(type_rows); i++) {
		rt_interface_type(type_rows[i].type, text);
		assert_string_equal(type_rows[i].word, text);
		assert_int_equal(type_rows[i].link, rt_interface_link(type_rows[i].type));
	}
}

/* Every link of an interface has a name that reads back. */
static void test_link_names(void **state)
{
	(void)state;
	for (unsigned type = 0; type < 70000; type++) {
		int link = rt_interface_link(type);
		if (link >= 0) {
			assert_non_null(rt_link_description((unsigned)link));
			assert_int_equal(link, rt_link_parse(rt_link_name((unsigned)link)));
		}
	}
	assert_int_equal(RT_LINK_ETHER, rt_link_parse("en10mb"));
	assert_string_equal("LINUX_SLL2", rt_link_name(RT_LINK_SLL2));
	assert_int_equal(-1, rt_link_parse("EN11MB"));
	assert_null(rt_link_name(4711));
	assert_null(rt_link_description(4711));
}

static const struct rt_interface interfaces[] = {
	{ .name = "lo", .type = 772, .flags = IFF_UP, .mtu = 65536, .mac_size = 6,
	  .addresses = { { { 127, 0, 0, 1 }, AF_INET, 8 }, { { [15] = 1 }, AF_INET6, 128 } }, .address_count = 2 },
	{ .name = "eth0", .type = 1, .flags = IFF_UP, .operstate = 6, .mtu = 1500, .mac = { 2, 0, 0, 0xfc, 0, 1 },
	  .mac_size = 6, .is_default = true, .addresses = { { { 192, 168, 16, 34 }, AF_INET, 24 } }, .address_count = 1 },
	{ .name = "eth1", .type = 1, .flags = IFF_UP, .operstate = 2, .mtu = 9000, .mac_size = 6 },
	{ .name = "tun0", .type = 65534, .mtu = 576 },
	{ .name = "mon0", .type = 803, .flags = IFF_UP, .mtu = 1500, .mac = { 10, 11, 12, 13, 14, 15, 16, 17 }, .mac_size = 8 },
	{ .name = "odd\033[1m", .type = 4711, .flags = IFF_UP, .operstate = 5, .mtu = 1280, .is_default = true },
};

static const char listing[] =
	"lo       up          link/loopback             00:00:00:00:00:00  mtu 65536 127.0.0.1/8 ::1/128\n"
	"eth0     up          link/ether                02:00:00:fc:00:01  mtu 1500  192.168.16.34/24 (default route)\n"
	"eth1     no-carrier  link/ether                00:00:00:00:00:00  mtu 9000\n"
	"tun0     down        link/none                 -                  mtu 576\n"
	"mon0     up          link/ieee802.11/radiotap  0a:0b:0c:0d:0e:0f:10:11  mtu 1500\n"
	"odd\\x1b[1m  dormant     link/[4711]               -                  mtu 1280  (default route)\n";

static void test_listing(void **state)
{
	char memory[2048];
	struct rt_text text;
	(void)state;
	rt_text_init(&text, memory, sizeof memory - 1, -1);
	rt_interfaces_print(interfaces, RT_COUNT(interfaces), &text);
	*text.at = '\0';
	assert_string_equal(listing, memory);
}

/* Whatever this machine has. */
static void test_own(void **state)
{
	struct rt_interface *list;
	struct rt_error error = { 0 };
	unsigned defaults = 0;
	int count = rt_interfaces(&list, &error);
	(void)state;
	assert_true(count >= 0);
	for (int i = 0; i < count; i++) {
		assert_int_equal(if_nametoindex(list[i].name), list[i].index);
		assert_true(i == 0 || list[i].index > list[i - 1].index);
		assert_in_range(list[i].address_count, 0, RT_COUNT(list[i].addresses));
		defaults += list[i].is_default;
	}
	assert_in_range(defaults, 0, 1);
	free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_link_names),
		cmocka_unit_test(test_listing),
		cmocka_unit_test(test_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
