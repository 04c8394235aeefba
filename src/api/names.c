/* SPDX-License-Identifier: MIT */
/* names.c - the names that a filter may ask for, as this machine knows them: hosts by the resolver of the C library,
 * everything else by hand (databases.c), and the files of items in sets. What was found once is kept: an expression is
 * compiled for every link type of a file, and all of them shall mean the same. */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "databases.h"
#include "names.h"

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

struct text {                            /* of a @FILE                                                */
	struct text *next;
	char *bytes;
	size_t size;
	char path[];
};

struct names {
	struct rt_filter_names table;
	struct databases databases;
	struct host *hosts;
	struct text *files;
};

/* ---- hosts ------------------------------------------------------------------------------------------------------------ */

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
	const int count = databases_host(&names->databases, name, addresses, room);
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
	const ssize_t size = bytes ? databases_read(fd, bytes, FILE_MAX + 1) : -ENOMEM;
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

/* ---- databases ------------------------------------------------------------------------------------------------------- */

static int find_service(void *context, const char *name, unsigned protocol)
{
	struct names *names = context;
	return databases_service(&names->databases, name, protocol);
}

static int find_protocol(void *context, const char *name)
{
	struct names *names = context;
	return databases_protocol(&names->databases, name);
}

static bool find_net(void *context, const char *name, uint32_t *number)
{
	struct names *names = context;
	return databases_net(&names->databases, name, number);
}

static bool find_ether(void *context, const char *name, uint8_t mac[6])
{
	struct names *names = context;
	return databases_ether(&names->databases, name, mac);
}

/* ---- opening ------------------------------------------------------------------------------------------------------------ */

int names_open(const struct rt_filter_names **table, const char *folder, struct rt_error *error)
{
	struct names *names = calloc(1, sizeof *names);
	*table = NULL;
	if (!names)
		return rt_fail(error, ENOMEM, "no memory");
	names->databases.folder = folder;
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
	databases_close(&names->databases);
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
