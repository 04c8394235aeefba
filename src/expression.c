/* SPDX-License-Identifier: MIT */
/* expression.c - words, or a file with comments, into the one line that the filter compiler takes. Columns of the
 * line are columns of what the user wrote: nothing is moved, comments and line ends become blanks. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "expression.h"

#define TEXT_MAX (1u << 20)             /* bytes, as the compiler's own limit                          */

static int join_words(char **joined, char *const *words, int count, struct rt_error *error)
{
	size_t size = 1;
	for (int i = 0; i < count; i++)
		size += strlen(words[i]) + 1;
	char *text = malloc(size), *at = text;
	if (!text)
		return rt_fail(error, ENOMEM, "no memory for the filter");
	for (int i = 0; i < count; i++) {
		if (i)
			*at++ = ' ';
		at = stpcpy(at, words[i]);
	}
	*at = '\0';
	*joined = text;
	return 0;
}

/* In a string "#" is a byte like others. */
static void blank_comments(char *text)
{
	bool is_comment = false, is_string = false;
	for (; *text; text++) {
		if (is_string && *text == '\\' && text[1]) {
			text++;
			continue;
		}
		is_string ^= *text == '"' && !is_comment;
		is_comment = *text != '\n' && (is_comment || (*text == '#' && !is_string));
		if (is_comment || *text == '\n' || *text == '\r')
			*text = ' ';
	}
}

/* Bytes read, at most `room`, or a negative errno. */
static ssize_t read_all(int fd, char *text, size_t room)
{
	size_t size = 0;
	while (size < room) {
		ssize_t n = read(fd, text + size, room - size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		size += (size_t)n;
	}
	return (ssize_t)size;
}

static int read_file(char **read_text, const char *path, struct rt_error *error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return rt_fail(error, errno, "%s: %s", path, rt_errno_text(errno));
	char *text = malloc(TEXT_MAX + 1);
	ssize_t size = text ? read_all(fd, text, TEXT_MAX) : -ENOMEM;
	int rc = 0;
	close(fd);
	if (size < 0)
		rc = rt_fail(error, (int)-size, "%s: %s", path, rt_errno_text((int)-size));
	else if ((size_t)size == TEXT_MAX)
		rc = rt_fail(error, EINVAL, "%s: the expression is too long", path);
	else if (memchr(text, '\0', (size_t)size))
		rc = rt_fail(error, EINVAL, "%s: not a text", path);
	if (rc < 0) {
		free(text);
		return rc;
	}
	text[size] = '\0';
	blank_comments(text);
	*read_text = text;
	return 0;
}

int expression_read(char **text, const struct options *options, struct rt_error *error)
{
	if (options->filter_file)
		return read_file(text, options->filter_file, error);
	return join_words(text, options->words, options->word_count, error);
}
