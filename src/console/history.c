/* SPDX-License-Identifier: MIT */
/* history.c - lines kept for another time: in memory, and in a file of one line each. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "history.h"

#define LINE_MAX_BYTES 4096

void history_add(struct history *history, const char *line)
{
	if (!*line || (history->count && strcmp(history->lines[history->count - 1], line) == 0))
		return;
	if (!history->lines)
		history->lines = calloc(HISTORY_LINES, sizeof *history->lines);
	char *copy = history->lines ? strdup(line) : NULL;
	if (!copy)
		return;
	if (history->count == HISTORY_LINES) {
		free(history->lines[0]);
		memmove(history->lines, history->lines + 1, (HISTORY_LINES - 1) * sizeof *history->lines);
		history->count--;
	}
	history->lines[history->count++] = copy;
}

const char *history_find(const struct history *history, const char *text, unsigned *at)
{
	for (unsigned i = *at + 1; i-- > 0; ) {
		if (i >= history->count || !strstr(history->lines[i], text))
			continue;
		*at = i;
		return history->lines[i];
	}
	return NULL;
}

void history_free(struct history *history)
{
	for (unsigned i = 0; i < history->count; i++)
		free(history->lines[i]);
	free(history->lines);
	*history = (struct history){ 0 };
}

bool history_path(char *path, size_t size)
{
	const char *home = getenv("HOME");
	if (!home || !*home)
		return false;
	return (size_t)snprintf(path, size, "%s/.ringtap_history", home) < size;
}

void history_load(struct history *history, const char *path)
{
	char line[LINE_MAX_BYTES];
	FILE *file = fopen(path, "re");
	if (!file)
		return;
	for (bool is_long = false; fgets(line, sizeof line, file); ) {
		const size_t size = strcspn(line, "\n");
		const bool has_end = line[size] == '\n';
		line[size] = '\0';
		if (has_end && !is_long)
			history_add(history, line);
		is_long = !has_end;
	}
	fclose(file);
}

int history_save(const struct history *history, const char *path)
{
	char memory[LINE_MAX_BYTES];
	struct rt_text text;
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	rt_text_init(&text, memory, sizeof memory, fd);
	for (unsigned i = 0; i < history->count; i++) {
		rt_put_string(&text, history->lines[i]);
		rt_put_char(&text, '\n');
	}
	const int rc = rt_text_flush(&text);
	close(fd);
	return rc;
}
