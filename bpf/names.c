/* SPDX-License-Identifier: MIT */
/* names.c - what names in an expression stand for: first as the caller says (struct rt_filter_names), then as tables
 * say that are built in, so that a machine without /etc/services knows the usual ports. Opens nothing itself. */
#include "meaning.h"

#define NAME_MAX_BYTES 255               /* no word is longer                                         */

struct service { uint16_t port; uint8_t protocol; const char *name; };

#define SERVICE_TCP(port, name)  { port, 6, name },
#define SERVICE_UDP(port, name)  { port, 17, name },
#define SERVICE_BOTH(port, name) { port, 0, name },
static const struct service services[] = {
#include "../src/base/services.def"
};

struct number_name { uint16_t number; const char *name; };

#define WORD(number, name) { number, name },
static const struct number_name protocols[] = {
#include "../src/proto/names/ip_protocols.def"
};

const uint16_t transports[TRANSPORTS] = { 132, 6, 17 };

/* Values of the ethertype, and up to 255 service access points of IEEE 802.2: the names that libpcap has for both. */
static const struct number_name types[] = {
	{ 0x80f3, "aarp" }, { 0x0806, "arp" }, { 0x809b, "atalk" }, { 0x6003, "decnet" }, { 0x0800, "ip" },
	{ 0x86dd, "ip6" }, { 0x6004, "lat" }, { 0x9000, "loopback" }, { 0x6001, "mopdl" }, { 0x6002, "moprc" },
	{ 0x8035, "rarp" }, { 0x6007, "sca" },
	{ 0xfe, "iso" }, { 0x42, "stp" }, { 0xe0, "ipx" }, { 0xf0, "netbeui" },
};

/* ---- spelling ------------------------------------------------------------------------------------------------- */

const char *name_text(const struct compiler *c, const struct token *token, size_t *length)
{
	const char *text = c->text + token->at;
	const bool is_escaped = *text == '\\';
	*length = token->length - is_escaped;
	return text + is_escaped;
}

/* As a string; false: longer than any name. */
static bool copy_name(char name[NAME_MAX_BYTES + 1], const char *text, size_t length)
{
	if (length > NAME_MAX_BYTES)
		return false;
	memcpy(name, text, length);
	name[length] = '\0';
	return true;
}

static bool copy_token(const struct compiler *c, const struct token *token, char name[NAME_MAX_BYTES + 1])
{
	size_t length;
	const char *text = name_text(c, token, &length);
	return copy_name(name, text, length);
}

/* "ipv6-icmp" is "ipv6_icmp" in the tables, where a name has to be a word. */
static bool is_alike(const char *word, const char *name)
{
	for (; *word && *name; word++, name++)
		if (*word != *name && !(*word == '_' && (*name == '-' || *name == '.')))
			return false;
	return *word == *name;
}

static bool find_number(const struct number_name *names, size_t count, const char *name, uint32_t *number)
{
	for (size_t i = 0; i < count; i++) {
		if (is_alike(names[i].name, name)) {
			*number = names[i].number;
			return true;
		}
	}
	return false;
}

/* ---- hosts and networks ----------------------------------------------------------------------------------------- */

int name_host(struct compiler *c, const struct token *token, struct rt_address addresses[HOST_ADDRESSES])
{
	const struct rt_filter_names *names = c->options.names;
	struct rt_error why = { 0 };
	char name[NAME_MAX_BYTES + 1];
	int count = 0;
	if (names->host && copy_token(c, token, name))
		count = names->host(names->context, name, addresses, HOST_ADDRESSES, &why);
	if (count > 0)
		return count;
	token_fail(c, token, "\"%.*s\": %s", (int)token->length, c->text + token->at,
	           count < 0 ? why.what : "no such host");
	return -1;
}

bool name_ether(const struct compiler *c, const struct token *token, uint8_t mac[6])
{
	const struct rt_filter_names *names = c->options.names;
	char name[NAME_MAX_BYTES + 1];
	return names && names->ether && copy_token(c, token, name) && names->ether(names->context, name, mac);
}

bool name_net(const struct compiler *c, const struct token *token, uint32_t *number)
{
	const struct rt_filter_names *names = c->options.names;
	char name[NAME_MAX_BYTES + 1];
	return names && names->net && copy_token(c, token, name) && names->net(names->context, name, number);
}

/* ---- services and protocols --------------------------------------------------------------------------------------- */

static int find_service(const char *name, unsigned protocol)
{
	for (size_t i = 0; i < RT_COUNT(services); i++) {
		const bool is_over = services[i].protocol == protocol || (!services[i].protocol && protocol != 132);
		if (is_over && strcmp(services[i].name, name) == 0)
			return services[i].port;
	}
	return -1;
}

/* Names of services have one (RFC 6335 section 5.1): nobody need look for "8000-8100". */
static bool has_letter(const char *name)
{
	while (*name && !((*name | 32) >= 'a' && (*name | 32) <= 'z'))
		name++;
	return *name != '\0';
}

bool name_service(const struct compiler *c, const char *text, size_t length, int ports[TRANSPORTS])
{
	const struct rt_filter_names *names = c->options.names;
	char name[NAME_MAX_BYTES + 1];
	bool is_known = false;
	if (!copy_name(name, text, length) || !has_letter(name))
		return false;
	for (size_t i = 0; i < TRANSPORTS; i++) {
		ports[i] = names && names->service ? names->service(names->context, name, transports[i]) : -1;
		is_known |= ports[i] >= 0;
	}
	for (size_t i = 0; i < TRANSPORTS && !is_known; i++)
		ports[i] = find_service(name, transports[i]);
	return is_known || ports[0] >= 0 || ports[1] >= 0 || ports[2] >= 0;
}

bool name_protocol(const struct compiler *c, const struct token *token, unsigned over, uint32_t *number)
{
	const struct rt_filter_names *names = c->options.names;
	char name[NAME_MAX_BYTES + 1];
	if (!copy_token(c, token, name))
		return false;
	if (over == WORD_ETHER)
		return find_number(types, RT_COUNT(types), name, number);
	if (over != WORD_IP && over != WORD_IP6 && over != WORD_NONE)
		return false;
	const int found = names && names->protocol ? names->protocol(names->context, name) : -1;
	if (found < 0)
		return find_number(protocols, RT_COUNT(protocols), name, number);
	*number = (uint32_t)found;
	return true;
}
