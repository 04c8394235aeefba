/* SPDX-License-Identifier: MIT */
/* fake_names.c - see fake_names.h. */
#include <arpa/inet.h>
#include <errno.h>
#include "fake_names.h"

static const struct { const char *name, *ip; } hosts[] = {
	{ "four", "10.0.0.1" }, { "six", "2001:db8::1" },
	{ "both", "10.0.0.1" }, { "both", "2001:db8::1" },
	{ "many", "10.0.0.1" }, { "many", "10.0.0.2" }, { "many", "2001:db8::2" }, { "many", "fe80::1" },
	{ "router", "10.0.0.2" }, { "router", "2001:db8::2" }, { "router6", "2001:db8::2" },
	{ "a-b.example", "192.168.16.34" }, { "tcp", "10.0.0.53" },
};

/* "slow" is a name server that does not answer. */
static int host(void *context, const char *name, struct rt_address *addresses, int room, struct rt_error *error)
{
	int count = 0;
	(void)context;
	if (strcmp(name, "slow") == 0)
		return rt_fail(error, EHOSTUNREACH, "Temporary failure in name resolution");
	for (size_t i = 0; i < RT_COUNT(hosts) && count < room; i++) {
		struct rt_address *address = &addresses[count];
		if (strcmp(name, hosts[i].name) != 0)
			continue;
		address->family = strchr(hosts[i].ip, ':') ? AF_INET6 : AF_INET;
		count += inet_pton(address->family, hosts[i].ip, address->bytes);
	}
	return count;
}

static const struct { const char *name; int tcp, udp, sctp; } services[] = {
	{ "http", 80, -1, -1 }, { "https", 443, 443, -1 }, { "domain", 53, 53, -1 }, { "syslog", -1, 514, -1 },
	{ "ftp", 21, -1, -1 }, { "ftp-data", 20, -1, -1 }, { "ssh", 22, -1, -1 }, { "mixed", 5000, 5353, -1 },
	{ "m3ua", -1, -1, 2905 }, { "whois++", 63, 63, -1 },
};

static int service(void *context, const char *name, unsigned protocol)
{
	(void)context;
	for (size_t i = 0; i < RT_COUNT(services); i++)
		if (strcmp(name, services[i].name) == 0)
			return protocol == 6 ? services[i].tcp : protocol == 17 ? services[i].udp : services[i].sctp;
	return -1;
}

static int protocol(void *context, const char *name)
{
	(void)context;
	return strcmp(name, "magic") == 0 ? 99 : -1;
}

static bool ether(void *context, const char *name, uint8_t mac[6])
{
	static const uint8_t two[6] = { 2, 0, 0, 0, 0, 2 };
	(void)context;
	memcpy(mac, two, 6);
	return strncmp(name, "router", 6) == 0 || strcmp(name, "stranger") == 0;
}

static bool net(void *context, const char *name, uint32_t *number)
{
	(void)context;
	*number = strcmp(name, "loopback") == 0 ? 0x7f000000 : strcmp(name, "short") == 0 ? 10 : 0;
	return *number || strcmp(name, "default") == 0;
}

static const struct { const char *path, *text; } files[] = {
	{ "hosts.txt", "# bad hosts\n10.0.0.1\n\n  10.1.0.0/16 # a net\r\n\t2001:db8::/32\n10.2.0.0 mask 255.255.0.0\nboth" },
	{ "nets", "10.1/16\n2001:db8::/32\n172.16.0.0 mask 255.240.0.0" }, { "one", "10.0.0.1" }, { "empty", "" }, { "comments", "# nothing\n\n  #\n" },
	{ "ports", "80\n443\n8000-8100\nhttps\n" }, { "macs", "02:00:00:00:00:01\nrouter\n0200.0000.0003\n" },
	{ "vids", "10-20\n30\n" }, { "high-vids", "10\n4090-4096 # too high\n" }, { "protos", "6\n\\udp\ngre # 47\n" }, { "dir/file.x-1", "10.0.0.2\n" },
	{ "wrong", "10.0.0.1\n# comment\n10.0.0.300\n" }, { "two", "10.0.0.1 10.0.0.2\n" }, { "slash", "10.0.0.0/\n80" },
	{ "nested", "\n@one" }, { "word", "10.0.0.1\nand\n" }, { "sign", "\n\n$" }, { "high", "10.0.0.1\n\xff\xfe\n" },
	{ "brace", "10.0.0.1}\n" }, { "comma", "10.0.0.1, 10.0.0.2\n" }, { "unknown", "10.0.0.1\nnobody\n" },
	{ "long", "1 2 3 4 5 6 7 8\n" }, { "bits", "10.0.0.0/8\n10.0.0.1/8\n" }, { "open", "(10.0.0.1)\n" },
};

static int file(void *context, const char *path, const char **text, size_t *size, struct rt_error *error)
{
	(void)context;
	for (size_t i = 0; i < RT_COUNT(files); i++) {
		if (strcmp(path, files[i].path) == 0) {
			*text = files[i].text;
			*size = strlen(files[i].text);
			return 0;
		}
	}
	return rt_fail(error, ENOENT, "%s: No such file or directory", path);
}

const struct rt_filter_names fake_names = { .host = host, .service = service, .protocol = protocol, .ether = ether,
                                            .net = net, .file = file };
