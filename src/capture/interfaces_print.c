/* SPDX-License-Identifier: MIT */
/* interfaces_print.c - interfaces in words: their types as `ip link` names them, and the list of -D, one line
 * each. */
#include <net/if.h>
#include <sys/socket.h>
#include <ringtap/capture.h>

#define NO_LINK -1

static const struct { unsigned type; int link; const char *word; } hardware[] = {
#define HARDWARE(type, word, link) { type, link, word },
#include "hardware.def"
#undef HARDWARE
};

void rt_interface_type(unsigned type, char memory[48])
{
	struct rt_text text;
	rt_text_init(&text, memory, 47, -1);
	rt_put_string(&text, "link/");
	const char *start = text.at;
	for (size_t i = 0; i < RT_COUNT(hardware); i++)
		if (hardware[i].type == type)
			rt_put_string(&text, hardware[i].word);
	if (text.at == start)
		rt_put_format(&text, "[%u]", type);
	*text.at = '\0';
}

int rt_interface_link(unsigned type)
{
	for (size_t i = 0; i < RT_COUNT(hardware); i++)
		if (hardware[i].type == type)
			return hardware[i].link;
	return -1;
}

/* RFC 2863 states (linux/if.h IF_OPER_*). Many virtual devices never leave "unknown", and they work. */
static const char *state_word(const struct rt_interface *interface)
{
	static const char *const words[] = { "up", "absent", "no-carrier", "no-carrier", "testing", "dormant", "up" };
	if (!(interface->flags & IFF_UP))
		return "down";
	return interface->operstate < RT_COUNT(words) ? words[interface->operstate] : "up";
}

static void put_padded(struct rt_text *out, const char *word, size_t width)
{
	size_t size = strlen(word);
	rt_put_escaped(out, (const uint8_t *)word, size);
	rt_put_spaces(out, size < width ? width - size + 2 : 2);
}

static void put_hardware_address(struct rt_text *out, const struct rt_interface *interface)
{
	for (size_t i = 0; i < interface->mac_size; i++) {
		if (i)
			rt_put_char(out, ':');
		rt_put_hex(out, interface->mac[i], 2);
	}
	if (!interface->mac_size)
		put_padded(out, "-", 15);
}

static void put_address(struct rt_text *out, const struct rt_address *address)
{
	rt_put_char(out, ' ');
	if (address->family == AF_INET)
		rt_put_ip4(out, address->bytes);
	else
		rt_put_ip6(out, address->bytes);
	rt_put_char(out, '/');
	rt_put_num(out, address->prefix);
}

static void put_interface(struct rt_text *out, const struct rt_interface *interface, const size_t widths[2])
{
	char type[48];
	rt_interface_type(interface->type, type);
	put_padded(out, interface->name, widths[0]);
	put_padded(out, state_word(interface), sizeof "no-carrier" - 1);
	put_padded(out, type, widths[1]);
	put_hardware_address(out, interface);
	rt_put_format(out, "  mtu %u", interface->mtu);
	if (interface->address_count || interface->is_default)
		rt_put_spaces(out, interface->mtu < 1000 ? 2 : interface->mtu < 10000 ? 1 : 0);
	for (size_t i = 0; i < interface->address_count; i++)
		put_address(out, &interface->addresses[i]);
	if (interface->is_default)
		rt_put_string(out, " (default route)");
	rt_put_char(out, '\n');
}

void rt_interfaces_print(const struct rt_interface *list, size_t count, struct rt_text *out)
{
	size_t widths[2] = { 0, 0 };
	for (size_t i = 0; i < count; i++) {
		char type[48];
		rt_interface_type(list[i].type, type);
		const size_t sizes[2] = { strlen(list[i].name), strlen(type) };
		for (size_t column = 0; column < RT_COUNT(sizes); column++)
			if (sizes[column] > widths[column])
				widths[column] = sizes[column];
	}
	for (size_t i = 0; i < count; i++)
		put_interface(out, &list[i], widths);
}
