/* SPDX-License-Identifier: MIT */
/* find.c - which interface is meant: the one of that name, or the one of the default route. When there is none,
 * the error tells which there are, for the word may have been meant as a filter. */
#include <errno.h>
#include <stdlib.h>
#include <ringtap/capture.h>

/* "lo, eth0, wlan0"; those that do not fit are counted. */
static void join_names(char *memory, size_t size, const struct rt_interface *list, size_t count)
{
	struct rt_text text;
	rt_text_init(&text, memory, size - 1, -1);
	for (size_t i = 0; i < count; i++) {
		if (size - rt_text_length(&text) < sizeof list->name + sizeof ", and 4000000000 more") {
			rt_put_format(&text, " and %zu more", count - i);
			break;
		}
		rt_put_string(&text, i ? ", " : "");
		rt_put_escaped(&text, (const uint8_t *)list[i].name, strlen(list[i].name));
	}
	*text.at = '\0';
}

static int tell_none(struct rt_error *error, const char *name, const struct rt_interface *list, size_t count)
{
	char names[160], word[64];
	struct rt_text text;
	join_names(names, sizeof names, list, count);
	if (!name) {
		rt_fail(error, ENODEV, "default route: there is none, so name an interface");
		rt_hint(error, "interfaces: %s", names);
		return -ENODEV;
	}
	rt_text_init(&text, word, sizeof word - 1, -1);
	rt_put_escaped(&text, (const uint8_t *)name, strlen(name));
	*text.at = '\0';
	rt_fail(error, ENODEV, "%s: %s", word, rt_errno_text(ENODEV));
	if (strlen(name) >= 16)         /* no name of an interface, and too much for the hint */
		strcpy(word, "ip and icmp");
	rt_hint(error, "interfaces: %s; a filter without an interface: ringtap -f %s", names, word);
	return -ENODEV;
}

int rt_interface_find(struct rt_interface *found, const char *name, struct rt_error *error)
{
	struct rt_interface *list;
	int count = rt_interfaces(&list, error), at = -1;
	if (count < 0)
		return count;
	for (int i = 0; i < count; i++)
		if (name ? strcmp(list[i].name, name) == 0 : list[i].is_default)
			at = i;
	if (at >= 0)
		*found = list[at];
	if (at >= 0)
		rt_interface_read_tag(found, "/sys/class/net");
	int rc = at >= 0 ? 0 : tell_none(error, name, list, (size_t)count);
	free(list);
	return rc;
}
