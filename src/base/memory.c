/* SPDX-License-Identifier: MIT */
/* memory.c - how much memory the machine has to spare: /proc/meminfo, proc(5). */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <ringtap/base.h>

uint64_t rt_memory_available(void)
{
	static const char *const words[] = { "MemAvailable:", "MemFree:" };     /* the first since Linux 3.14 */
	char text[512];
	const int fd = open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
	const ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
	if (fd >= 0)
		close(fd);
	text[size > 0 ? size : 0] = '\0';
	for (size_t i = 0; i < RT_COUNT(words); i++) {
		const char *at = strstr(text, words[i]);
		if (at)
			return strtoull(at + strlen(words[i]), NULL, 10) << 10;
	}
	return 0;
}
