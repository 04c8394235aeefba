/* SPDX-License-Identifier: MIT */
/* databases.c - the files of names in /etc, read by hand: services(5), protocols(5), networks(5), ethers(5), hosts(5).
 * A line is an entry, its fields stand between blanks, "#" begins a comment. The first entry that fits is taken; case
 * does not matter where the C library says so. A file that is not there is an empty one. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>
#include "databases.h"

#define DATABASE_MAX (4u << 20)          /* bytes read of a file                                      */

/* ---- lines and fields -------------------------------------------------------------------------------------------- */

ssize_t databases_read(int fd, char *text, size_t room)
{
	size_t size = 0;
	for (ssize_t n = 1; n != 0 && size < room; size += n > 0 ? (size_t)n : 0) {
		n = read(fd, text + size, room - size);
		if (n < 0 && errno != EINTR)
			return -errno;
	}
	return (ssize_t)size;
}

static char *read_database(const char *folder, const char *name)
{
	char path[4096], *text = malloc(DATABASE_MAX + 1);
	struct rt_text out;
	rt_text_init(&out, path, sizeof path - 1, -1);
	rt_put_format(&out, "%s/%s", folder, name);
	*out.at = '\0';
	const int fd = text && !out.error ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
	const ssize_t size = fd >= 0 ? databases_read(fd, text, DATABASE_MAX) : 0;
	if (fd >= 0)
		close(fd);
	if (!text)
		return NULL;
	text[size > 0 ? size : 0] = '\0';
	char *shorter = realloc(text, strlen(text) + 1);
	return shorter ? shorter : text;
}

static const char *database(struct databases *databases, enum database which)
{
	static const char *const files[] = { "services", "protocols", "networks", "ethers", "hosts" };
	if (!databases->texts[which])
		databases->texts[which] = read_database(databases->folder, files[which]);
	return databases->texts[which] ? databases->texts[which] : "";
}

struct field { const char *at; size_t length; };

/* The next field of the line that `*at` is in; false: there is none. */
static bool next_field(const char **at, struct field *field)
{
	*at += strspn(*at, " \t\r");
	field->at = *at;
	field->length = strcspn(*at, " \t\r\n#");
	*at += field->length;
	return field->length > 0;
}

static bool next_line(const char **at)
{
	*at += strcspn(*at, "\n");
	return *(*at)++ != '\0';
}

static bool is_name(const struct field *field, const char *name, bool any_case)
{
	return strlen(name) == field->length && (any_case ? strncasecmp(name, field->at, field->length)
	                                                  : strncmp(name, field->at, field->length)) == 0;
}

/* Decimal, in front of `end`; -1: not, or more than `most`. */
static long number_of(const struct field *field, char end, long most)
{
	long number = 0;
	size_t i = 0;
	for (; i < field->length && field->at[i] != end; i++) {
		if (field->at[i] < '0' || field->at[i] > '9' || number > most)
			return -1;
		number = number * 10 + (field->at[i] - '0');
	}
	return i && number <= most ? number : -1;
}

/* "name value alias ...": is it called so? */
static bool is_called(const char *line, const char *name, bool any_case, struct field *value)
{
	struct field field;
	bool is_it = next_field(&line, &field) && is_name(&field, name, any_case);
	if (!next_field(&line, value))
		return false;
	while (!is_it && next_field(&line, &field))
		is_it = is_name(&field, name, any_case);
	return is_it;
}

/* ---- services, protocols, networks, ether hosts ------------------------------------------------------------------ */

int databases_service(struct databases *databases, const char *name, unsigned protocol)
{
	const char *const over = protocol == 6 ? "tcp" : protocol == 17 ? "udp" : "sctp";
	const char *line = database(databases, SERVICES);
	do {
		struct field value;
		if (!is_called(line, name, false, &value))
			continue;
		const long port = number_of(&value, '/', 65535);
		const char *slash = memchr(value.at, '/', value.length);
		if (port < 0 || !slash)
			continue;
		const struct field transport = { slash + 1, (size_t)(value.at + value.length - slash - 1) };
		if (is_name(&transport, over, false))
			return (int)port;
	} while (next_line(&line));
	return -1;
}

int databases_protocol(struct databases *databases, const char *name)
{
	const char *line = database(databases, PROTOCOLS);
	do {
		struct field value;
		if (is_called(line, name, false, &value))
			return (int)number_of(&value, '\0', UINT16_MAX);
	} while (next_line(&line));
	return -1;
}

/* "127" and "127.0.0.0" are the same. */
static bool read_net(struct field value, uint32_t *number)
{
	unsigned parts = 0;
	*number = 0;
	while (value.length && parts < 4) {
		const long part = number_of(&value, '.', 255);
		const char *dot = memchr(value.at, '.', value.length);
		const size_t used = dot ? (size_t)(dot - value.at) + 1 : value.length;
		if (part < 0)
			return false;
		*number = *number << 8 | (uint32_t)part;
		value.at += used;
		value.length -= used;
		parts++;
	}
	*number = parts ? *number << 8 * (4 - parts) : 0;
	return parts && !value.length;
}

bool databases_net(struct databases *databases, const char *name, uint32_t *number)
{
	const char *line = database(databases, NETWORKS);
	do {
		struct field value;
		if (is_called(line, name, true, &value))
			return read_net(value, number);
	} while (next_line(&line));
	return false;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

static bool read_mac(const struct field *field, uint8_t mac[6])
{
	size_t at = 0;
	for (unsigned i = 0; i < 6; i++) {
		int value = at < field->length ? hex_digit(field->at[at++]) : -1;
		if (value >= 0 && at < field->length && hex_digit(field->at[at]) >= 0)
			value = value << 4 | hex_digit(field->at[at++]);
		if (value < 0 || (i < 5 && (at >= field->length || field->at[at++] != ':')))
			return false;
		mac[i] = (uint8_t)value;
	}
	return at == field->length;
}

bool databases_ether(struct databases *databases, const char *name, uint8_t mac[6])
{
	const char *line = database(databases, ETHERS);
	do {
		const char *at = line;
		struct field address, field;
		if (next_field(&at, &address) && next_field(&at, &field) && is_name(&field, name, true) &&
		    read_mac(&address, mac))
			return true;
	} while (next_line(&line));
	return false;
}

/* ---- hosts ----------------------------------------------------------------------------------------------------- */

static bool read_address(const struct field *field, struct rt_address *address)
{
	char text[INET6_ADDRSTRLEN];
	if (field->length >= sizeof text)
		return false;
	memcpy(text, field->at, field->length);
	text[field->length] = '\0';
	*address = (struct rt_address){ .family = AF_INET, .prefix = 32 };
	if (inet_pton(AF_INET, text, address->bytes) == 1)
		return true;
	*address = (struct rt_address){ .family = AF_INET6, .prefix = 128 };
	return inet_pton(AF_INET6, text, address->bytes) == 1;
}

int databases_host(struct databases *databases, const char *name, struct rt_address *addresses, int room)
{
	const char *line = database(databases, HOSTS);
	int count = 0;
	do {
		const char *at = line;
		struct field field;
		struct rt_address address;
		bool is_it = false;
		if (!next_field(&at, &field) || !read_address(&field, &address))
			continue;
		while (!is_it && next_field(&at, &field))
			is_it = is_name(&field, name, true);
		if (is_it && count++ < room)
			addresses[count - 1] = address;
	} while (next_line(&line));
	return count;
}

void databases_close(struct databases *databases)
{
	for (size_t i = 0; i < DATABASES; i++)
		free(databases->texts[i]);
}
