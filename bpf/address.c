/* SPDX-License-Identifier: MIT */
/* address.c - the meaning of host, net and ether host: where IPv4, ARP, RARP, IPv6 and Ethernet keep their
 * addresses (RFC 791, 826, 903, 8200), and how pcap-filter(7) lets people write them. Several of them with the same
 * qualifiers become one set. */
#include <sys/socket.h>
#include "meaning.h"

static struct test *wrong(struct compiler *c, const struct node *node, const char *what)
{
	const struct word *proto = node->qualifiers.proto;
	token_fail(c, node->token, "\"%s\" cannot stand in front of %s", proto ? proto->spelling : "", what);
	return NULL;
}

/* ---- Ethernet and 802.11 --------------------------------------------------------------------------------------- */

bool has_addresses(const struct scope *scope) { return scope->link->has_mac || scope->link->kind == KIND_WLAN; }

struct test *test_mac(struct compiler *c, const struct scope *scope, uint32_t at, struct items *macs)
{
	struct sum *const words[] = { sum_header(c, scope, at + 2, 4), sum_header(c, scope, at, 2) };
	return test_items(c, macs, words);
}

/* In geneve there may be no link header: then it begins where its payload does. */
struct test *test_bare(struct compiler *c, const struct scope *scope, struct test *test)
{
	if (!scope->may_be_bare)
		return test;
	struct sum *header = sum_place(c, scope->header, 0), *payload = sum_place(c, scope->payload, 0);
	return test_and(c, test_not(c, test_compare(c, COMPARE_EQUAL, header, payload)), test);
}

struct test *test_link_address(struct compiler *c, const struct scope *scope, enum direction direction,
                               struct items *macs)
{
	if (scope->link->kind == KIND_WLAN)
		return test_wlan_address(c, scope, direction, macs);
	struct test *src = direction != DIRECTION_DST ? test_mac(c, scope, 6, macs) : NULL;
	struct test *dst = direction != DIRECTION_SRC ? test_mac(c, scope, 0, macs) : NULL;
	return test_bare(c, scope, test_direction(c, direction, src, dst));
}

static bool is_mac(struct compiler *c, const struct scope *scope, const struct node *node)
{
	const struct qualifiers *q = &node->qualifiers;
	if (!q->proto || q->proto->id != WORD_ETHER || (q->type != WORD_HOST && q->type != WORD_NONE)) {
		token_fail(c, node->token, "an Ethernet address needs \"ether\" in front: ether host %.*s",
		           (int)node->token->length, c->text + node->token->at);
		return false;
	}
	if (!has_addresses(scope))
		token_fail(c, node->token, "there are no Ethernet addresses in %s", rt_link_name(scope->link->link));
	return has_addresses(scope);
}

static bool add_mac(struct compiler *c, const struct scope *scope, const struct node *node, const uint8_t mac[6],
                    struct items *items)
{
	const uint32_t last = rt_be32(mac + 2), first = rt_be16(mac);
	return is_mac(c, scope, node) &&
	       items_add(c, items, &(struct item){ .low = { last, first }, .high = { last, first }, .words = 2 });
}

/* ---- IPv4, and ARP and RARP, which carry its addresses ---------------------------------------------------------- */

static bool slash(struct compiler *c, const struct token *bits, uint32_t most)
{
	if (bits->number <= most)
		return true;
	token_fail(c, bits, "a mask has at most %u bits here", most);
	return false;
}

struct range4 { uint32_t address, mask; };

/* "10", "10.1", "10.1.2.3/8", "10.0.0.0 mask 255.0.0.0": what is not written is masked. A number of a host stands
 * for all 32 bits; a short number of a net (net 10) is moved up to where a network number begins. */
static bool read_range4(struct compiler *c, const struct node *node, struct range4 *range)
{
	const struct token *id = node->token, *argument = node->argument;
	const bool is_net = node->qualifiers.type == WORD_NET;
	const bool is_short = id->kind == TOKEN_NUMBER && id->number <= 255 && argument;
	const unsigned parts = id->kind == TOKEN_IP4 ? id->parts : is_short ? 1 : 4;
	range->address = parts < 4 ? id->number << (32 - 8 * parts) : id->number;
	range->mask = parts < 4 ? UINT32_MAX << (32 - 8 * parts) : UINT32_MAX;
	if (argument && argument->kind == TOKEN_NUMBER) {
		if (!slash(c, argument, 32))
			return false;
		range->mask = argument->number ? UINT32_MAX << (32 - argument->number) : 0;
	} else if (argument) {
		range->mask = argument->parts < 4 ? argument->number << (32 - 8 * argument->parts) : argument->number;
	} else if (is_net && id->kind == TOKEN_NUMBER) {
		for (; range->address && !(range->address & 0xff000000); range->address <<= 8)
			range->mask <<= 8;
	}
	if (!(range->address & ~range->mask))
		return true;
	token_fail(c, id, "bits behind the mask are set in %.*s", (int)id->length, c->text + id->at);
	return false;
}

static const uint16_t types4[] = { TYPE_IP, TYPE_ARP, TYPE_RARP };

/* Under MPLS labels nothing can be told but IP. */
static bool has_type4(const struct scope *scope, const struct word *proto, size_t at)
{
	if (!proto)
		return !scope->labels || types4[at] == TYPE_IP;
	return (proto->layer == LAYER_TYPE && proto->number == types4[at]);
}

static struct sum *sum_address4(struct compiler *c, const struct scope *scope, size_t type, bool is_dst)
{
	const bool is_ip = types4[type] == TYPE_IP;
	return sum_net(c, scope, is_dst ? (is_ip ? 16 : 24) : (is_ip ? 12 : 14), 4);
}

/* Masks with gaps are no range, so one item alone stays as it is written. */
struct range4_set { struct range4 one; struct items items; };

static struct test *test_side4(struct compiler *c, struct range4_set *set, struct sum *address)
{
	if (set->items.count)
		return test_items(c, &set->items, (struct sum *const[]){ address });
	return test_number(c, COMPARE_EQUAL, sum_masked(c, address, set->one.mask), set->one.address);
}

static struct test *test_type4(struct compiler *c, const struct scope *scope, size_t type, struct range4_set *set,
                               enum direction direction)
{
	struct test *is_there = test_type(c, scope, types4[type]);
	struct test *src = test_side4(c, set, sum_address4(c, scope, type, false));
	struct test *dst = test_side4(c, set, sum_address4(c, scope, type, true));
	return test_and(c, is_there, test_direction(c, direction, src, dst));
}

static struct sum *sum_at(struct compiler *c, enum fact fact)
{
	return sum_of(c, (struct sum){ .kind = SUM_LOAD, .size = 4, .fact = (uint8_t)fact });
}

/* A long set stands in the program once, and not once more for ARP and for RARP. */
static struct test *test_hosts(struct compiler *c, const struct scope *scope, struct items *items,
                               enum direction direction)
{
	struct test *test = test_new(c, TEST_HOSTS);
	struct hosts *hosts = rt_arena_get(&c->arena, sizeof *hosts);
	if (!test || !hosts)
		return NULL;
	for (size_t i = 0; i < RT_COUNT(types4); i++) {
		hosts->in[i].is_there = test_type(c, scope, types4[i]);
		hosts->in[i].src = sum_address4(c, scope, i, false);
		hosts->in[i].dst = sum_address4(c, scope, i, true);
		if (!hosts->in[i].is_there || !hosts->in[i].src || !hosts->in[i].dst)
			return NULL;
	}
	hosts->count = RT_COUNT(types4);
	hosts->test = test_direction(c, direction, test_items(c, items, (struct sum *const[]){ sum_at(c, FACT_SRC) }),
	                             test_items(c, items, (struct sum *const[]){ sum_at(c, FACT_DST) }));
	test->hosts = hosts;
	return hosts->test ? test : NULL;
}

#define LONG_SET 6

static struct test *mean_ranges4(struct compiler *c, const struct scope *scope, const struct ids *ids,
                                 struct range4_set *set)
{
	const struct word *proto = ids->first->qualifiers.proto;
	const enum direction direction = (enum direction)ids->first->qualifiers.direction;
	if (!proto && !scope->labels && set->items.count >= LONG_SET)
		return test_hosts(c, scope, &set->items, direction);
	struct test *any = test_new(c, TEST_OR);
	for (size_t i = 0; any && i < RT_COUNT(types4); i++)
		if (has_type4(scope, proto, i) && !test_add(any, test_type4(c, scope, i, set, direction)))
			return NULL;
	return any;
}

static bool is_range(const struct range4 *range) { return ((~range->mask + 1) & ~range->mask) == 0; }

static bool add_range4(struct compiler *c, const struct node *node, struct range4 range, struct range4_set *set)
{
	const struct word *proto = node->qualifiers.proto;
	set->one = range;
	if (proto && proto->id != WORD_IP && proto->id != WORD_ARP && proto->id != WORD_RARP) {
		wrong(c, node, node->qualifiers.type != WORD_NET ? "an IPv4 host" : "an IPv4 net");
		return false;
	}
	const uint32_t low = set->one.address, high = low | ~set->one.mask;
	return items_add(c, &set->items, &(struct item){ .low = { low }, .high = { high }, .words = 1 });
}

/* ---- IPv6 ---------------------------------------------------------------------------------------------------------- */

static bool check_ip6(struct compiler *c, const struct node *node, const uint8_t address[16], uint32_t bits)
{
	const struct word *proto = node->qualifiers.proto;
	if (node->argument && node->argument->kind != TOKEN_NUMBER) {
		token_fail(c, node->argument, "an IPv6 mask is written /bits");
		return false;
	}
	if (!slash(c, node->argument ? node->argument : node->token, 128))
		return false;
	for (uint32_t i = bits; i < 128; i++) {
		if (address[i / 8] & 0x80 >> i % 8) {
			token_fail(c, node->token, "bits behind the mask are set in %.*s", (int)node->token->length,
			           c->text + node->token->at);
			return false;
		}
	}
	if (proto && proto->id != WORD_IP6)
		wrong(c, node, "an IPv6 address");
	return !proto || proto->id == WORD_IP6;
}

struct ip6_set { struct items items; bool is_any; };

static bool add_ip6(struct compiler *c, const struct node *node, const uint8_t address[16], struct ip6_set *set)
{
	const uint32_t bits = node->argument ? node->argument->number : 128;
	struct item item = { .words = (uint8_t)((bits + 31) / 32) };
	if (!check_ip6(c, node, address, bits))
		return false;
	for (uint32_t i = 0; i < item.words; i++) {
		const uint32_t left = bits - i * 32;
		item.low[i] = rt_be32(address + 4 * i);
		item.high[i] = left < 32 ? item.low[i] | UINT32_MAX >> left : item.low[i];
	}
	set->is_any |= bits == 0;
	return bits == 0 || items_add(c, &set->items, &item);
}

static struct test *test_side6(struct compiler *c, const struct scope *scope, uint32_t at, struct items *items)
{
	struct sum *words[4];
	for (uint32_t i = 0; i < RT_COUNT(words); i++)
		words[i] = sum_net(c, scope, at + 4 * i, 4);
	return test_items(c, items, words);
}

static struct test *mean_ip6(struct compiler *c, const struct scope *scope, enum direction direction,
                             struct ip6_set *set)
{
	struct test *is_there = test_type(c, scope, TYPE_IP6);
	if (set->is_any)
		return is_there;
	return test_and(c, is_there, test_direction(c, direction, test_side6(c, scope, 8, &set->items),
	                                            test_side6(c, scope, 24, &set->items)));
}

/* ---- names ------------------------------------------------------------------------------------------------------------ */

struct found { struct range4_set ip4; struct ip6_set ip6; struct items macs; };

static bool no_address(struct compiler *c, const struct node *node)
{
	token_fail(c, node->token, c->options.names ? "\"%.*s\" is not an address"
	                                            : "\"%.*s\" is not an address, and names are not looked up",
	           (int)node->token->length, c->text + node->token->at);
	return false;
}

static bool no_such(struct compiler *c, const struct node *node, const char *what)
{
	token_fail(c, node->token, "\"%.*s\": %s", (int)node->token->length, c->text + node->token->at, what);
	return false;
}

/* A network number, moved up to where it begins. libpcap takes the zeros at the end of 127.0.0.0 for a part of it. */
static bool add_net_name(struct compiler *c, const struct node *node, struct found *found)
{
	struct range4 range = { .mask = UINT32_MAX };
	if (node->argument) {
		token_fail(c, node->argument, "a mask needs a number in front, not a name");
		return false;
	}
	if (!name_net(c, node->token, &range.address) || !range.address)
		return no_such(c, node, "no such network");
	for (; !(range.address & 0xff000000); range.address <<= 8)
		range.mask <<= 8;
	for (uint32_t part = 0xff; !c->options.is_pcap && !(range.address & part); part <<= 8)
		range.mask &= ~part;
	return add_range4(c, node, range, &found->ip4);
}

static bool add_ether_name(struct compiler *c, const struct scope *scope, const struct node *node,
                           struct found *found)
{
	uint8_t mac[6] = { 0 };
	if (has_addresses(scope) && !name_ether(c, node->token, mac))
		return no_such(c, node, "no such ether host");
	return add_mac(c, scope, node, mac, &found->macs);
}

/* The addresses of a family that nothing in front excludes. libpcap refuses those of IPv6 behind arp and rarp (so they
 * are added, and refused), but for a gateway, where it has none of IPv6. */
static bool is_wanted(const struct compiler *c, const struct node *node, uint8_t family)
{
	const unsigned over = node->qualifiers.proto ? node->qualifiers.proto->id : WORD_NONE;
	const bool is_gateway = node->qualifiers.type == WORD_GATEWAY;
	if (family == AF_INET)
		return over != WORD_IP6;
	if (over == WORD_ARP || over == WORD_RARP)
		return c->options.is_pcap && !is_gateway;
	return over != WORD_IP && !(c->options.is_pcap && is_gateway);
}

static bool add_host_name(struct compiler *c, const struct node *node, struct found *found)
{
	struct rt_address addresses[HOST_ADDRESSES];
	const int count = name_host(c, node->token, addresses);
	int added = 0;
	for (int i = 0; i < count; i++) {
		const struct rt_address *address = &addresses[i];
		const struct range4 range = { rt_be32(address->bytes), UINT32_MAX };
		if (!is_wanted(c, node, address->family))
			continue;
		if (address->family == AF_INET ? !add_range4(c, node, range, &found->ip4)
		                               : !add_ip6(c, node, address->bytes, &found->ip6))
			return false;
		added++;
	}
	if (count < 0 || added)
		return added;
	const struct word *proto = node->qualifiers.proto;
	return no_such(c, node, proto && proto->id == WORD_IP6 ? "no IPv6 address" : "no IPv4 address");
}

/* "10.0.0.300" is no name that anybody should be asked for: no name ends in a part of digits only. */
static bool may_be_name(const struct compiler *c, const struct token *token)
{
	size_t length;
	const char *text = name_text(c, token, &length);
	while (length && text[length - 1] >= '0' && text[length - 1] <= '9')
		length--;
	return length && text[length - 1] != '.' && strspn(text, "0123456789-.") < length;
}

static bool add_name(struct compiler *c, const struct scope *scope, const struct node *node, struct found *found)
{
	const struct qualifiers *q = &node->qualifiers;
	if (q->type != WORD_NET && q->proto && q->proto->id == WORD_ETHER && q->type != WORD_GATEWAY)
		return add_ether_name(c, scope, node, found);
	if (!c->options.names || !may_be_name(c, node->token))
		return no_address(c, node);
	return q->type == WORD_NET ? add_net_name(c, node, found) : add_host_name(c, node, found);
}

/* ---- all of them ----------------------------------------------------------------------------------------------------- */

static bool add(struct compiler *c, const struct scope *scope, const struct node *node, struct found *found)
{
	const struct token *id = node->token;
	struct range4 range;
	if (node->argument && node->qualifiers.type == WORD_HOST) {
		token_fail(c, node->argument, "a mask needs \"net\"");
		return false;
	}
	switch ((enum token_kind)id->kind) {
	case TOKEN_MAC:    return add_mac(c, scope, node, id->address, &found->macs);
	case TOKEN_IP6:    return add_ip6(c, node, id->address, &found->ip6);
	case TOKEN_IP4:
	case TOKEN_NUMBER: return read_range4(c, node, &range) && add_range4(c, node, range, &found->ip4);
	default:           return add_name(c, scope, node, found);
	}
}

/* A mask with gaps is no range: such items stay alternatives of their own. */
static bool has_gaps(struct compiler *c, const struct node *node)
{
	struct range4 range;
	return (node->token->kind == TOKEN_IP4 || node->token->kind == TOKEN_NUMBER) && read_range4(c, node, &range) &&
	       !is_range(&range);
}

/* addr1 to addr4, ra and ta are places of 802.11 addresses only. */
static bool check_direction(struct compiler *c, const struct scope *scope, const struct node *node)
{
	const struct qualifiers *q = &node->qualifiers;
	if (q->direction < DIRECTION_ADDR1)
		return true;
	if (scope->link->kind == KIND_WLAN && q->proto && q->proto->id == WORD_ETHER)
		return true;
	token_fail(c, node->token, "addr1 to addr4, ra and ta are only for 802.11 addresses: wlan addr1 MAC");
	return false;
}

struct test *mean_addresses(struct compiler *c, const struct scope *scope, const struct ids *ids)
{
	const enum direction direction = (enum direction)ids->first->qualifiers.direction;
	struct found found = { 0 };
	struct test *any = test_new(c, TEST_OR);
	const struct node *node = ids->first;
	const struct word *proto = node->qualifiers.proto;
	if (!check_direction(c, scope, node))
		return NULL;
	if (proto && proto->id == WORD_DECNET)
		return mean_decnet(c, scope, node);
	for (uint32_t i = 0; i < ids->count; i++, node = node->next) {
		const struct ids one = { .first = node, .count = 1 };
		if (ids->count > 1 && has_gaps(c, node)) {
			if (!test_add(any, mean_addresses(c, scope, &one)))
				return NULL;
		} else if (!add(c, scope, node, &found)) {
			return NULL;
		}
	}
	const uint32_t count4 = found.ip4.items.count;
	if (count4 == 1)
		found.ip4.items.count = 0;              /* as it is written: masked and compared */
	if (count4 && !test_add(any, mean_ranges4(c, scope, ids, &found.ip4)))
		return NULL;
	if ((found.ip6.items.count || found.ip6.is_any) && !test_add(any, mean_ip6(c, scope, direction, &found.ip6)))
		return NULL;
	if (found.macs.count && !test_add(any, test_link_address(c, scope, direction, &found.macs)))
		return NULL;
	return any;
}

/* ---- gateway ------------------------------------------------------------------------------------------------------------ */

/* Frames that carry the Ethernet address of the host, but packets of others: what it routes. The name has to be known
 * as both. */
struct test *mean_gateway(struct compiler *c, const struct scope *scope, const struct node *node)
{
	const struct word *proto = node->qualifiers.proto;
	struct node ether = *node;
	ether.qualifiers.proto = word_find("ether", 5);
	ether.qualifiers.type = WORD_HOST;
	if (node->token->kind != TOKEN_NAME || node->argument) {
		token_fail(c, node->token, "a gateway needs a name");
		return NULL;
	}
	if (proto && proto->id != WORD_IP && proto->id != WORD_ARP && proto->id != WORD_RARP)
		return wrong(c, node, "a gateway");
	struct test *is_through = mean_addresses(c, scope, &(struct ids){ .first = &ether, .count = 1 });
	if (!is_through)
		return NULL;
	struct test *is_own = mean_addresses(c, scope, &(struct ids){ .first = node, .count = 1 });
	return test_and(c, is_through, test_not(c, is_own));
}
