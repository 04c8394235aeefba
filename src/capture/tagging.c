/* SPDX-License-Identifier: MIT */
/* tagging.c - does a switch chip hang behind an interface, and which tag does it put into the frames? The kernel says
 * so in /sys/class/net/NAME/dsa/tagging. MediaTek's is not among those that are known: newer kernels let the hardware
 * take it off again without saying so, and frames without it must stay readable. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <ringtap/capture.h>

static const struct { const char *tag; uint16_t link; } tags[] = {
	{ "brcm", RT_LINK_DSA_BRCM }, { "brcm-prepend", RT_LINK_DSA_BRCM_PREPEND }, { "dsa", RT_LINK_DSA },
	{ "edsa", RT_LINK_EDSA }, { "qca", RT_LINK_DSA_QCA },
};

/* The first line of a file of one; "" when there is none. */
static void read_word(const char *root, const char *name, const char *file, char *word, size_t room)
{
	char path[128];
	struct rt_text text;
	ssize_t size;
	*word = '\0';
	rt_text_init(&text, path, sizeof path - 1, -1);
	rt_put_format(&text, "%s/%s/%s", root, name, file);
	*text.at = '\0';
	int fd = text.error ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	size = read(fd, word, room - 1);
	close(fd);
	word[size > 0 ? size : 0] = '\0';
	word[strcspn(word, "\n")] = '\0';
}

void rt_interface_read_tag(struct rt_interface *interface, const char *root)
{
	char index[16], tag[sizeof interface->tag];
	interface->tag[0] = '\0';
	read_word(root, interface->name, "ifindex", index, sizeof index);
	if (atoi(index) != interface->index)    /* of another network namespace */
		return;
	read_word(root, interface->name, "dsa/tagging", tag, sizeof tag);
	if (strcmp(tag, "none") != 0)
		memcpy(interface->tag, tag, sizeof tag);
}

int rt_interface_link_of(const struct rt_interface *interface)
{
	int link = rt_interface_link(interface->type);
	for (size_t i = 0; i < RT_COUNT(tags) && link == RT_LINK_ETHER; i++)
		if (strcmp(tags[i].tag, interface->tag) == 0)
			link = tags[i].link;
	return link;
}
