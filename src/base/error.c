/* SPDX-License-Identifier: MIT */
/* error.c - errors as values: one line of what, growing at its front, and perhaps a hint. */
#include <string.h>
#include <ringtap/base.h>

static void write_line(char *line, size_t size, const char *format, va_list args)
{
	struct rt_text text;
	rt_text_init(&text, line, size - 1, -1);
	rt_put_vformat(&text, format, args);
	*text.at = '\0';
	for (char *p = line; (p = strchr(p, '\n')); )
		*p = ' ';
}

int rt_fail(struct rt_error *error, int code, const char *format, ...)
{
	if (!error)
		return -code;
	*error = (struct rt_error){ .code = code };
	va_list args;
	va_start(args, format);
	write_line(error->what, sizeof error->what, format, args);
	va_end(args);
	return -code;
}

int rt_context(struct rt_error *error, const char *format, ...)
{
	if (!error)
		return -1;
	char front[sizeof error->what], back[sizeof error->what];
	va_list args;
	va_start(args, format);
	write_line(front, sizeof front, format, args);
	va_end(args);
	memcpy(back, error->what, sizeof back);
	struct rt_text text;
	rt_text_init(&text, error->what, sizeof error->what - 1, -1);
	rt_put_string(&text, front);
	rt_put_string(&text, ": ");
	rt_put_string(&text, back);
	*text.at = '\0';
	return -error->code;
}

void rt_hint(struct rt_error *error, const char *format, ...)
{
	if (!error)
		return;
	va_list args;
	va_start(args, format);
	write_line(error->hint, sizeof error->hint, format, args);
	va_end(args);
}

const char *rt_errno_text(int code)
{
	const char *text = strerror(code);
	return text ? text : "unknown error";
}
