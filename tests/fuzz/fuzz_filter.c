/* SPDX-License-Identifier: MIT */
/* fuzz_filter.c - any text as a filter, in every way of compiling it, on any packet: the tree and all programs give the
 * same verdict, or all refuse the text. With tests of fields that a program cannot tell, what is let through is what
 * the tree says, but for headers that were cut, which end a program. Input: link and meaning (1 byte), the text up to a zero, the packet. Every
 * @FILE has the bytes of the packet up to a zero; names stand for something that their letters say. */
#include <errno.h>
#include <sys/socket.h>
#include <stdio.h>
#include <stdlib.h>
#include <ringtap/filter.h>
#include "../support/links.h"

static const unsigned links[] = { ALL_LINKS };

struct lent { const char *text; size_t size; };

static int file(void *context, const char *path, const char **text, size_t *size, struct rt_error *error)
{
	const struct lent *lent = context;
	if (path[0] == 'x')
		return rt_fail(error, ENOENT, "%s: No such file or directory", path);
	*text = lent->text;
	*size = lent->size;
	return 0;
}

static int host(void *context, const char *name, struct rt_address *addresses, int room, struct rt_error *error)
{
	const int count = name[0] & 7;
	(void)context;
	for (int i = 0; i < count && i < room; i++) {
		addresses[i] = (struct rt_address){ .family = (name[0] >> 3) + i & 1 ? AF_INET : AF_INET6 };
		addresses[i].bytes[i] = (uint8_t)name[0];
	}
	return count == 7 ? rt_fail(error, EHOSTUNREACH, "Temporary failure in name resolution") : count;
}

static int service(void *context, const char *name, unsigned protocol)
{
	(void)context;
	return name[0] & 1 ? (int)(protocol & (unsigned)name[0]) : name[0] & 2 ? name[0] : -1;
}

static int protocol(void *context, const char *name) { (void)context; return name[0] & 1 ? name[0] & 31 : -1; }

static bool ether(void *context, const char *name, uint8_t mac[6])
{
	(void)context;
	memset(mac, name[0], 6);
	return name[0] & 1;
}

static bool net(void *context, const char *name, uint32_t *number)
{
	(void)context;
	*number = (uint32_t)name[0] << (name[0] & 31);
	return name[0] & 1;
}

static struct rt_filter *compile(const char *text, uint8_t kind, bool is_plain, bool is_live, struct lent *lent, int *rc)
{
	const struct rt_filter_names names = { .context = lent, .host = host, .service = service, .protocol = protocol,
	                                       .ether = ether, .net = net, .file = file };
	const struct rt_filter_options options = { .link = links[(kind >> 1) % RT_COUNT(links)], .is_pcap = kind & 1,
	                                           .is_plain = is_plain, .is_live = is_live, .names = &names };
	struct rt_filter *filter;
	struct rt_error error;
	*rc = rt_filter_compile(&filter, text, &options, &error);
	if (*rc < 0 && (!error.what[0] || error.column < 0 || (size_t)error.column > strlen(text) + 1))
		abort();
	return filter;
}

/* Words that only an interface knows; and live, --pcap-filter needs one scratch word more. */
static bool may_differ_live(const char *text, int file, int live)
{
	const bool is_live_word = strstr(text, "bound") || strstr(text, "ifindex");
	return (file < 0 && live == 0 && is_live_word) || (file == 0 && live == -E2BIG);
}

static void check(const struct rt_filter *filter, bool verdict, const uint8_t *packet, uint32_t caplen, uint32_t len)
{
	const bool is_wide = rt_filter_rest(filter) & RT_FILTER_FIELDS;
	const bool ours = rt_filter_run(filter, packet, caplen, len) != 0;
	if (is_wide ? ours && !verdict : ours != verdict)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = size > 1 ? memchr(data + 1, 0, size - 1) : NULL;
	if (!end)
		return 0;
	const char *text = (const char *)data + 1;
	const uint8_t *packet = end + 1;
	const uint32_t caplen = (uint32_t)(data + size - packet), len = caplen + data[0] / 16u;
	struct lent lent = { (const char *)packet, strnlen((const char *)packet, caplen) };
	int rc[3];
	struct rt_filter *best = compile(text, data[0], false, false, &lent, &rc[0]);
	struct rt_filter *plain = compile(text, data[0], true, false, &lent, &rc[1]);
	struct rt_filter *live = compile(text, data[0], false, true, &lent, &rc[2]);
	if (rc[0] != rc[1] || (rc[0] != rc[2] && !may_differ_live(text, rc[0], rc[2])))
		abort();
	if (best && live) {
		const bool verdict = rt_filter_judge(best, packet, caplen, len);
		check(best, verdict, packet, caplen, len);
		check(plain, verdict, packet, caplen, len);
		check(live, verdict, packet, caplen, len);
	}
	rt_filter_free(best);
	rt_filter_free(plain);
	rt_filter_free(live);
	return 0;
}
