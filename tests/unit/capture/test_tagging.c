/* SPDX-License-Identifier: MIT */
/* test_tagging.c - what sysfs says about a switch chip's tag, from a tree of files that looks like it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include <ringtap/capture.h>

static const struct row { const char *why, *ifindex, *tagging, *tag; unsigned type; int link; } rows[] = {
	{ "Marvell's", "7\n", "dsa\n", "dsa", 1, RT_LINK_DSA },
	{ "... with a type", "7\n", "edsa\n", "edsa", 1, RT_LINK_EDSA },
	{ "Broadcom's", "7\n", "brcm\n", "brcm", 1, RT_LINK_DSA_BRCM },
	{ "... in front", "7\n", "brcm-prepend\n", "brcm-prepend", 1, RT_LINK_DSA_BRCM_PREPEND },
	{ "Qualcomm's", "7\n", "qca\n", "qca", 1, RT_LINK_DSA_QCA },
	{ "may be taken off by the hardware", "7\n", "mtk\n", "mtk", 1, RT_LINK_ETHER },
	{ "nobody knows", "7\n", "trailer\n", "trailer", 1, RT_LINK_ETHER },
	{ "a long name is cut", "7\n", "a-tag-with-a-very-long-name\n", "a-tag-with-a-ve", 1, RT_LINK_ETHER },
	{ "none", "7\n", "none\n", "", 1, RT_LINK_ETHER },
	{ "no switch", "7\n", NULL, "", 1, RT_LINK_ETHER },
	{ "an empty file", "7\n", "", "", 1, RT_LINK_ETHER },
	{ "of another namespace", "8\n", "dsa\n", "", 1, RT_LINK_ETHER },
	{ "no such interface", NULL, NULL, "", 1, RT_LINK_ETHER },
	{ "not Ethernet", "7\n", "dsa\n", "dsa", 65534, RT_LINK_RAW },
};

static void put(const char *path, const char *text)
{
	FILE *file = text ? fopen(path, "w") : NULL;
	if (!text)
		return;
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void test_row(void **state)
{
	const struct row *row = *state;
	struct rt_interface interface = { .name = "eth0", .index = 7, .type = row->type };
	char root[] = "/tmp/ringtap-tagging-XXXXXX", device[64], dsa[64], ifindex[64], tagging[80];
	assert_non_null(mkdtemp(root));
	snprintf(device, sizeof device, "%s/eth0", root);
	snprintf(dsa, sizeof dsa, "%s/eth0/dsa", root);
	snprintf(ifindex, sizeof ifindex, "%s/eth0/ifindex", root);
	snprintf(tagging, sizeof tagging, "%s/eth0/dsa/tagging", root);
	assert_int_equal(mkdir(device, 0700) | mkdir(dsa, 0700), 0);
	put(ifindex, row->ifindex);
	put(tagging, row->tagging);
	rt_interface_read_tag(&interface, root);
	unlink(tagging);
	unlink(ifindex);
	assert_int_equal(rmdir(dsa) | rmdir(device) | rmdir(root), 0);
	assert_string_equal(row->tag, interface.tag);
	assert_int_equal(row->link, rt_interface_link_of(&interface));
}

int main(void)
{
	static struct CMUnitTest tests[RT_COUNT(rows)];
	for (size_t i = 0; i < RT_COUNT(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].why, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("tagging", tests, NULL, NULL);
}
