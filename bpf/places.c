/* SPDX-License-Identifier: MIT */
/* places.c - where things stand in a packet of each link type. A place is counted from a fact, or from the start of the
 * frame. Default: from facts that a prelude finds (the network layer behind VLAN tags, the end of the IPv6 extension
 * headers). --pcap-filter, and behind tunnels: as the scope says, which words such as `vlan` and `pppoes` move on. */
#include "meaning.h"

/* ---- links ------------------------------------------------------------------------------------------------ */

static const struct link links[] = {
	{ RT_LINK_ETHER,      KIND_ETHER,  12, 14, .has_type = true, .has_mac = true },
	{ RT_LINK_SLL,        KIND_SLL,    14, 16, .has_type = true },
	{ RT_LINK_SLL2,       KIND_TYPE,    0, 20, .has_type = true },
	{ RT_LINK_RAW,        KIND_VERSION, 0,  0 },
	{ RT_LINK_IPV4,       KIND_ONE,     0,  0, .fixed_type = TYPE_IP },
	{ RT_LINK_IPV6,       KIND_ONE,     0,  0, .fixed_type = TYPE_IP6 },
	{ RT_LINK_NULL,       KIND_FAMILY,  0,  4, .is_host_order = true },
	{ RT_LINK_LOOP,       KIND_FAMILY,  0,  4 },
	{ RT_LINK_PPP,        KIND_PPP,     2,  4 },
	{ RT_LINK_PPP_SERIAL, KIND_PPP,     2,  4 },
	{ RT_LINK_PPP_ETHER,  KIND_PPP,     6,  8 },
	{ RT_LINK_WLAN,       KIND_WLAN },
	{ RT_LINK_PRISM,      KIND_WLAN },
	{ RT_LINK_RADIOTAP,   KIND_WLAN },
	{ RT_LINK_AVS,        KIND_WLAN },
	/* a switch chip's tag between the addresses and the type */
	{ RT_LINK_DSA,        KIND_ETHER,  16, 18, .has_type = true, .has_mac = true },
	{ RT_LINK_EDSA,       KIND_ETHER,  20, 22, .has_type = true, .has_mac = true },
	{ RT_LINK_DSA_BRCM,   KIND_ETHER,  16, 18, .has_type = true, .has_mac = true },
	{ RT_LINK_DSA_MTK,    KIND_ETHER,  16, 18, .has_type = true, .has_mac = true },
	{ RT_LINK_DSA_QCA,    KIND_ETHER,  14, 16, .has_type = true, .has_mac = true },
	{ RT_LINK_DSA_BRCM_PREPEND, KIND_ETHER, 16, 18, .has_type = true },    /* ... in front of them        */
};

const struct link *link_find(unsigned link)
{
	for (size_t i = 0; i < RT_COUNT(links); i++)
		if (links[i].link == link)
			return &links[i];
	return NULL;
}

/* IEEE 802.1Q, 802.1ad, and what came before it. */
const uint32_t tag_types[3] = { 0x8100, 0x88a8, 0x9100 };

/* Hop-by-hop, routing, fragment, AH, destination options (RFC 8200), mobility (RFC 6275). */
const uint32_t extensions[6] = { 0, 43, FRAGMENT, AH, 60, MOBILITY };

/* AF_INET is 2 everywhere; AF_INET6 is 10 on Linux, and 24, 28 or 30 on the BSDs. */
const uint32_t families4[2] = { 2, 0x02000000 };
const uint32_t families6[8] = { 10, 24, 28, 30, 0x0a000000, 0x18000000, 0x1c000000, 0x1e000000 };

static bool is_among(const uint32_t *values, size_t count, uint32_t value)
{
	for (size_t i = 0; i < count; i++)
		if (values[i] == value)
			return true;
	return false;
}

bool is_tag(uint32_t type) { return is_among(tag_types, RT_COUNT(tag_types), type); }
bool is_family4(uint32_t family) { return is_among(families4, RT_COUNT(families4), family); }
bool is_family6(uint32_t family) { return is_among(families6, RT_COUNT(families6), family); }
bool is_extension(uint32_t number) { return is_among(extensions, RT_COUNT(extensions), number); }
bool is_chained(uint32_t number, bool is_ip6) { return number == AH || (is_ip6 && number != MOBILITY && is_extension(number)); }

/* ---- scopes -------------------------------------------------------------------------------------------------- */

#define SNAP 8                           /* bytes of LLC and SNAP; of LLC alone, 3                          */

struct scope scope_start(const struct compiler *c)
{
	const struct link *link = c->link;
	struct scope scope = { .link = link, .is_literal = c->options.is_pcap };
	if (!link)
		return scope;
	scope.type.at = link->type_at;
	scope.payload.at = link->net_at;
	if (link->kind == KIND_ETHER)
		scope.no_snap = 3;
	if (link->kind == KIND_WLAN) {
		scope.header.fact = link->link == RT_LINK_WLAN ? FACT_NONE : FACT_HEADER;
		scope.payload = (struct place){ FACT_PAYLOAD, 0 };
		scope.net = SNAP;
		scope.no_snap = 3;
	}
	if (!scope.is_literal) {
		scope.payload = (struct place){ FACT_NET, 0 };
		scope.net = 0;
		scope.walk = (struct chain){ FACT_PROTO6, FACT_L6, FACT_LATER6 };
	}
	return scope;
}

/* ---- sums ------------------------------------------------------------------------------------------------------ */

/* Kernels take the outer tag out of the bytes, so len does not count it; a file has it. */
struct sum *sum_length(struct compiler *c)
{
	struct sum *length = sum_of(c, (struct sum){ .kind = SUM_LEN });
	if (c->options.is_pcap || !c->options.is_live || !c->link->has_mac)
		return length;
	struct sum *is_aside = sum_aside(c, SKF_AD_VLAN_TAG_PRESENT);
	return sum_binary(c, '+', length, sum_binary(c, SYMBOL_SHIFT_LEFT, is_aside, sum_constant(c, 2)));
}

struct sum *sum_load(struct compiler *c, struct place place, uint32_t at, unsigned size)
{
	return sum_of(c, (struct sum){ .kind = SUM_LOAD, .size = (uint8_t)size, .number = place.at + at,
	                               .fact = place.fact });
}

struct sum *sum_header(struct compiler *c, const struct scope *scope, uint32_t at, unsigned size)
{
	return sum_load(c, scope->header, at, size);
}

/* Where LLC is. Default: the network layer of 802.11 begins behind SNAP, if there is one. */
struct sum *sum_payload(struct compiler *c, const struct scope *scope, uint32_t at, unsigned size)
{
	const bool is_behind_snap = !scope->is_literal && scope->link->kind == KIND_WLAN;
	return sum_load(c, is_behind_snap ? (struct place){ FACT_PAYLOAD, 0 } : scope->payload, at, size);
}

struct sum *sum_net(struct compiler *c, const struct scope *scope, uint32_t at, unsigned size)
{
	return sum_load(c, scope->payload, scope->net + at, size);
}

struct sum *sum_transport(struct compiler *c, const struct scope *scope, bool is_ip6, uint32_t at, unsigned size)
{
	if (is_ip6 && !scope->walk.at)
		return sum_net(c, scope, 40 + at, size);
	if (is_ip6)
		return sum_load(c, (struct place){ scope->walk.at, 0 }, at, size);
	struct sum *sum = sum_net(c, scope, at, size);
	if (sum) {
		sum->is_behind_ip = true;
		sum->ip_at = sum->number - at;
	}
	return sum;
}

/* What announces the next protocol. */
struct sum *sum_type(struct compiler *c, const struct scope *scope)
{
	return scope->is_literal ? sum_load(c, scope->type, 0, 2) : sum_fact(c, FACT_TYPE);
}

/* The place itself, as a number. */
struct sum *sum_place(struct compiler *c, struct place place, uint32_t at)
{
	struct sum *number = sum_constant(c, place.at + at);
	return place.fact ? sum_binary(c, '+', sum_fact(c, (enum fact)place.fact), number) : number;
}
