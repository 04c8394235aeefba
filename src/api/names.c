/* SPDX-License-Identifier: MIT */
/* names.c - the names that a filter may ask for, as this machine knows them: hosts by the resolver of the C library,
 * everything else by hand from services(5), protocols(5), networks(5) and ethers(5). What was found once is kept: an
 * expression is compiled for every link type of a file, and all of them shall mean the same. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include "names.h"

#define DATABASE_MAX (4u << 20)          /* bytes read of a file in /etc                              */
#define FILE_MAX     (16u << 20)         /* bytes of a @FILE                                          */

/* The resolver of a statically linked glibc would load parts of a shared one. */
#if defined(RINGTAP_STATIC) && defined(__GLIBC__)
#define HAS_RESOLVER 0
#else
#define HAS_RESOLVER 1
#endif

struct host {
	struct host *next;
	int count;
	struct rt_address *addresses;
	char name[];
};

enum database { SERVICES, PROTOCOLS, NETWORKS, ETHERS, HOSTS, DATABASES };

struct text {                            /* of a @FILE                                                */
	struct text *next;
	char *bytes;
	size_t size;
	char path[];
};

struct names {
	struct rt_filter_names table;
	const char *folder;
	char *texts[DATABASES];          /* NULL: not read yet                                        */
	struct host *hosts;
	struct text *files;
};

/* ---- databases: a line an entry, fields between blanks, "#" begins a comment ------------------------------------ */

/* Bytes read, at most `room`, or a negative errno. */
static ssize_t read_all(int fd, char *text, size_t room)
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
	const ssize_t size = fd >= 0 ? read_all(fd, text, DATABASE_MAX) : 0;
	if (fd >= 0)
		close(fd);
	if (!text)
		return NULL;
	text[size > 0 ? size : 0] = '\0';
	char *shorter = realloc(text, strlen(text) + 1);
	return shorter ? shorter : text;
}

static const char *database(struct names *names, enum database which)
{
	static const char *const files[] = { "services", "protocols", "networks", "ethers", "hosts" };
	if (!names->texts[which])
		names->texts[which] = read_database(names->folder, files[which]);
	return names->texts[which] ? names->texts[which] : "";
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

static int find_service(void *context, const char *name, unsigned protocol)
{
	const char *const over = protocol == 6 ? "tcp" : protocol == 17 ? "udp" : "sctp";
	const char *line = database(context, SERVICES);
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

static int find_protocol(void *context, const char *name)
{
	const char *line = database(context, PROTOCOLS);
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

static bool find_net(void *context, const char *name, uint32_t *number)
{
	const char *line = database(context, NETWORKS);
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

static bool find_ether(void *context, const char *name, uint8_t mac[6])
{
	const char *line = database(context, ETHERS);
	do {
		const char *at = line;
		struct field address, field;
		if (next_field(&at, &address) && next_field(&at, &field) && is_name(&field, name, true) &&
		    read_mac(&address, mac))
			return true;
	} while (next_line(&line));
	return false;
}

/* ---- hosts ------------------------------------------------------------------------------------------------------------ */

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

int names_in_hosts(const char *text, const char *name, struct rt_address *addresses, int room)
{
	int count = 0;
	do {
		const char *at = text;
		struct field field;
		struct rt_address address;
		bool is_it = false;
		if (!next_field(&at, &field) || !read_address(&field, &address))
			continue;
		while (!is_it && next_field(&at, &field))
			is_it = is_name(&field, name, true);
		if (is_it && count++ < room)
			addresses[count - 1] = address;
	} while (next_line(&text));
	return count;
}

#if HAS_RESOLVER
static bool take_address(const struct addrinfo *info, struct rt_address *address)
{
	if (info->ai_family == AF_INET) {
		*address = (struct rt_address){ .family = AF_INET, .prefix = 32 };
		memcpy(address->bytes, (const char *)info->ai_addr + offsetof(struct sockaddr_in, sin_addr), 4);
		return true;
	}
	if (info->ai_family != AF_INET6)
		return false;
	*address = (struct rt_address){ .family = AF_INET6, .prefix = 128 };
	memcpy(address->bytes, (const char *)info->ai_addr + offsetof(struct sockaddr_in6, sin6_addr), 16);
	return true;
}

static int resolve(struct names *names, const char *name, struct rt_address *addresses, int room,
                   struct rt_error *error)
{
	const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_protocol = IPPROTO_TCP };
	struct addrinfo *list;
	int count = 0;
	(void)names;
	const int rc = getaddrinfo(name, NULL, &hints, &list);
	if (rc == EAI_NONAME || rc == EAI_NODATA)
		return 0;
	if (rc)
		return rt_fail(error, EHOSTUNREACH, "%s", rc == EAI_SYSTEM ? rt_errno_text(errno) : gai_strerror(rc));
	for (const struct addrinfo *info = list; info; info = info->ai_next) {
		struct rt_address address;
		if (take_address(info, &address) && count++ < room)
			addresses[count - 1] = address;
	}
	freeaddrinfo(list);
	return count;
}
#else
static int resolve(struct names *names, const char *name, struct rt_address *addresses, int room,
                   struct rt_error *error)
{
	const int count = names_in_hosts(database(names, HOSTS), name, addresses, room);
	if (count > 0)
		return count;
	return rt_fail(error, EHOSTUNREACH, "not in /etc/hosts, and this build of ringtap asks no name server");
}
#endif

static int keep_host(struct names *names, const char *name, const struct rt_address *addresses, int count,
                     struct rt_error *error)
{
	const size_t size = (size_t)count * sizeof *addresses;
	struct host *host = calloc(1, sizeof *host + strlen(name) + 1);
	struct rt_address *copy = malloc(size);
	if (!host || !copy) {
		free(host);
		free(copy);
		return rt_fail(error, ENOMEM, "no memory");
	}
	memcpy(copy, addresses, size);
	strcpy(host->name, name);
	host->addresses = copy;
	host->count = count;
	host->next = names->hosts;
	names->hosts = host;
	return count;
}

static int find_host(void *context, const char *name, struct rt_address *addresses, int room, struct rt_error *error)
{
	struct names *names = context;
	for (const struct host *host = names->hosts; host; host = host->next) {
		if (host->count <= room && strcmp(host->name, name) == 0) {
			memcpy(addresses, host->addresses, (size_t)host->count * sizeof *addresses);
			return host->count;
		}
	}
	const int count = resolve(names, name, addresses, room, error);
	if (count > room)
		return rt_fail(error, E2BIG, "it has more than %d addresses", room);
	return count > 0 ? keep_host(names, name, addresses, count, error) : count;
}

#define PATH_SHOWN 100                   /* bytes of a long path that a message shows: the last ones   */

/* ---- files of items ------------------------------------------------------------------------------------------------ */

static int no_list(struct rt_error *error, const char *path, int code, const char *why)
{
	char text[4 * PATH_SHOWN + 1];
	struct rt_text out;
	const size_t length = strlen(path), cut = length > PATH_SHOWN ? length - PATH_SHOWN : 0;
	rt_text_init(&out, text, sizeof text - 1, -1);
	rt_put_escaped(&out, (const uint8_t *)path + cut, length - cut);
	*out.at = '\0';
	return rt_fail(error, code, "%s%s: %s", cut ? "..." : "", text, why);
}

/* What has no end, or none yet, is not read. */
static int check_list(int fd, const char *path, struct rt_error *error)
{
	struct stat st;
	if (fd < 0 || fstat(fd, &st) < 0)
		return no_list(error, path, errno, rt_errno_text(errno));
	if (S_ISREG(st.st_mode))
		return 0;
	return no_list(error, path, EINVAL, S_ISDIR(st.st_mode) ? "it is a directory" : "it is no regular file");
}

static int keep_list(struct names *names, const char *path, char *bytes, size_t size, struct rt_error *error)
{
	struct text *text = calloc(1, sizeof *text + strlen(path) + 1);
	char *shorter = realloc(bytes, size + 1);
	if (!text) {
		free(shorter ? shorter : bytes);
		return rt_fail(error, ENOMEM, "no memory");
	}
	*text = (struct text){ .next = names->files, .bytes = shorter ? shorter : bytes, .size = size };
	text->bytes[size] = '\0';
	strcpy(text->path, path);
	names->files = text;
	return 0;
}

static int read_list(struct names *names, const char *path, int fd, struct rt_error *error)
{
	const int rc = check_list(fd, path, error);
	if (rc < 0)
		return rc;
	char *bytes = malloc(FILE_MAX + 1);
	const ssize_t size = bytes ? read_all(fd, bytes, FILE_MAX + 1) : -ENOMEM;
	if (size >= 0 && size <= (ssize_t)FILE_MAX && !memchr(bytes, '\0', (size_t)size))
		return keep_list(names, path, bytes, (size_t)size, error);
	free(bytes);
	if (size < 0)
		return no_list(error, path, (int)-size, rt_errno_text((int)-size));
	return no_list(error, path, EINVAL, size > (ssize_t)FILE_MAX ? "it is larger than 16 MiB" : "it is no text");
}

static int find_file(void *context, const char *path, const char **bytes, size_t *size, struct rt_error *error)
{
	struct names *names = context;
	const struct text *text = names->files;
	while (text && strcmp(text->path, path) != 0)
		text = text->next;
	if (!text) {
		const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		const int rc = read_list(names, path, fd, error);
		if (fd >= 0)
			close(fd);
		if (rc < 0)
			return rc;
		text = names->files;
	}
	*bytes = text->bytes;
	*size = text->size;
	return 0;
}

/* ---- opening ------------------------------------------------------------------------------------------------------------ */

int names_open(const struct rt_filter_names **table, const char *folder, struct rt_error *error)
{
	struct names *names = calloc(1, sizeof *names);
	*table = NULL;
	if (!names)
		return rt_fail(error, ENOMEM, "no memory");
	names->folder = folder;
	names->table = (struct rt_filter_names){ .context = names, .host = find_host, .service = find_service,
	                                         .protocol = find_protocol, .ether = find_ether, .net = find_net,
	                                         .file = find_file };
	*table = &names->table;
	return 0;
}

int rt_names_open(const struct rt_filter_names **names, struct rt_error *error)
{
	return names_open(names, "/etc", error);
}

void rt_names_close(const struct rt_filter_names *table)
{
	struct names *names = table ? table->context : NULL;
	if (!names)
		return;
	for (size_t i = 0; i < DATABASES; i++)
		free(names->texts[i]);
	while (names->files) {
		struct text *next = names->files->next;
		free(names->files->bytes);
		free(names->files);
		names->files = next;
	}
	while (names->hosts) {
		struct host *next = names->hosts->next;
		free(names->hosts->addresses);
		free(names->hosts);
		names->hosts = next;
	}
	free(names);
}
