/* SPDX-License-Identifier: MIT */
/* format.c - a small printf for messages: no floating point, no locale, no allocation. */
#include <ringtap/base.h>

static uint64_t next_unsigned(va_list *args, unsigned longs)
{
	return longs == 0 ? va_arg(*args, unsigned) : longs == 1 ? va_arg(*args, unsigned long)
	                                            : va_arg(*args, unsigned long long);
}

static int64_t next_signed(va_list *args, unsigned longs)
{
	return longs == 0 ? va_arg(*args, int) : longs == 1 ? va_arg(*args, long) : va_arg(*args, long long);
}

static void put_argument(struct rt_text *text, char letter, unsigned width, unsigned longs, size_t most,
                         va_list *args)
{
	if (letter == 's') {
		const char *string = va_arg(*args, const char *);
		rt_put(text, string, strnlen(string, most));
	} else if (letter == 'c') {
		rt_put_char(text, (char)va_arg(*args, int));
	} else if (letter == 'u') {
		rt_put_num_padded(text, next_unsigned(args, longs), width);
	} else if (letter == 'x') {
		rt_put_hex(text, next_unsigned(args, longs), width);
	} else if (letter == 'd' || letter == 'i') {
		int64_t value = next_signed(args, longs);
		if (value < 0)
			rt_put_char(text, '-');
		rt_put_num_padded(text, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, width);
	} else {
		rt_put_char(text, letter);
	}
}

void rt_put_vformat(struct rt_text *text, const char *format, va_list given)
{
	va_list args;
	va_copy(args, given);
	for (const char *p = format; *p; p++) {
		size_t plain = strcspn(p, "%");
		rt_put(text, p, plain);
		p += plain;
		if (!*p || !*++p)
			break;
		unsigned width = 0, longs = 0;
		size_t most = SIZE_MAX;
		if (p[0] == '.' && p[1] == '*') {
			int limit = va_arg(args, int);
			most = limit < 0 ? 0 : (size_t)limit;
			p += 2;
		}
		for (; *p >= '0' && *p <= '9'; p++)
			width = width * 10 + (unsigned)(*p - '0');
		for (; *p == 'l' || *p == 'z'; p++)
			longs++;
		if (!*p)
			break;
		put_argument(text, *p, width, longs, most, &args);
	}
	va_end(args);
}

void rt_put_format(struct rt_text *text, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	rt_put_vformat(text, format, args);
	va_end(args);
}
