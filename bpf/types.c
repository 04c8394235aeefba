/* SPDX-License-Identifier: MIT */
/* types.c - the tests for protocols: what announces them on each link type, in IPv4, in IPv6 and in OSI. In
 * --pcap-filter the order of tests and the guards are those of libpcap, so that packets cut short meet the same end. */
#include <arpa/inet.h>
#include <sys/socket.h>
#include "meaning.h"

/* ---- IEEE 802.2 LLC and SNAP ---------------------------------------------------------------------------------- */

enum { SAP_IP = 0x06, SAP_BRIDGE = 0x42, SAP_IPX = 0xe0, SAP_NETBEUI = 0xf0, SAP_ISO = 0xfe };
enum { TYPE_ATALK = 0x809b, TYPE_AARP = 0x80f3, TYPE_IPX = 0x8137, TYPE_DECNET = 0x6003 };

#define LONGEST_802_3 1500u              /* a type field up to here is a length                              */
#define SLL_802_3     1u                 /* LINUX_SLL_P_802_3, _802_2                                       */
#define SLL_802_2     4u

static struct test *is_type(struct compiler *c, const struct scope *scope, uint32_t type)
{
	return test_number(c, COMPARE_EQUAL, sum_type(c, scope), type);
}

static struct test *is_service(struct compiler *c, const struct scope *scope, uint32_t sap)
{
	return test_number(c, COMPARE_EQUAL, sum_payload(c, scope, 0, 1), sap);
}

static struct test *is_service_both(struct compiler *c, const struct scope *scope, uint32_t sap)
{
	return test_number(c, COMPARE_EQUAL, sum_payload(c, scope, 0, 2), sap << 8 | sap);
}

/* aa aa 03, organization, type; the last bytes first, as in libpcap. */
static struct test *is_snap(struct compiler *c, const struct scope *scope, uint32_t organization, uint32_t type)
{
	const uint32_t last = (organization & 0xffff) << 16 | type, first = 0xaaaa0300 | organization >> 16;
	return test_and(c, test_number(c, COMPARE_EQUAL, sum_payload(c, scope, 4, 4), last),
	                test_number(c, COMPARE_EQUAL, sum_payload(c, scope, 0, 4), first));
}

static struct test *is_appletalk(struct compiler *c, const struct scope *scope, uint32_t type)
{
	return is_snap(c, scope, type == TYPE_ATALK ? 0x080007 : 0, type);
}

/* What stands in front of LLC: a length; on Linux cooked, a number for it; in 802.11, nothing else can be there. */
static struct test *is_llc(struct compiler *c, const struct scope *scope)
{
	if (scope->link->kind == KIND_ETHER)
		return test_not(c, test_number(c, COMPARE_GREATER, sum_type(c, scope), LONGEST_802_3));
	return is_type(c, scope, SLL_802_2);
}

static struct test *is_ipx(struct compiler *c, const struct scope *scope)
{
	struct test *is_ethernet_2 = is_type(c, scope, TYPE_IPX);
	struct test *snap = is_snap(c, scope, 0, TYPE_IPX);
	if (scope->link->kind == KIND_SLL) {
		struct test *llc = test_and(c, is_llc(c, scope), test_or(c, is_service(c, scope, SAP_IPX), snap));
		return test_or(c, is_ethernet_2, test_or(c, is_type(c, scope, SLL_802_3), llc));
	}
	struct test *raw = test_number(c, COMPARE_EQUAL, sum_payload(c, scope, 0, 2), 0xffff);
	struct test *any = test_or(c, snap, test_or(c, is_service(c, scope, SAP_IPX), raw));
	return test_or(c, is_ethernet_2, test_and(c, is_llc(c, scope), any));
}

/* Ethernet and Linux cooked: an ethertype, or LLC behind a length. */
static struct test *test_ethertype(struct compiler *c, const struct scope *scope, uint32_t type)
{
	switch (type) {
	case SAP_ISO:
	case SAP_IP:
	case SAP_NETBEUI: return test_and(c, is_llc(c, scope), is_service_both(c, scope, type));
	case SAP_IPX:     return is_ipx(c, scope);
	case TYPE_ATALK:
	case TYPE_AARP:
		return test_or(c, is_type(c, scope, type),
		               test_and(c, is_llc(c, scope), is_appletalk(c, scope, type)));
	}
	if (type <= LONGEST_802_3)
		return test_and(c, is_llc(c, scope), is_service(c, scope, type));
	return is_type(c, scope, type);
}

/* IEEE 802.11: always LLC. libpcap looks at the type only, and not whether it is SNAP that carries it. */
static struct test *test_wlan_type(struct compiler *c, const struct scope *scope, uint32_t type)
{
	struct test *is_data = scope->is_literal ? test_data(c, scope) : is_type(c, scope, SLL_802_2);
	struct test *test;
	if (type > LONGEST_802_3 && !scope->is_literal)
		return is_type(c, scope, type);
	switch (type) {
	case SAP_ISO:
	case SAP_IP:
	case SAP_NETBEUI: test = is_service_both(c, scope, type); break;
	case TYPE_ATALK:  test = is_appletalk(c, scope, type); break;
	default:
		test = type > LONGEST_802_3 ? test_number(c, COMPARE_EQUAL, sum_payload(c, scope, 6, 2), type) :
		       is_service(c, scope, type);
	}
	return test_and(c, is_data, test);
}

/* ---- links without ethertypes ------------------------------------------------------------------------------------ */

/* PPP protocol numbers (IANA) for what has an ethertype or a service access point; others stay as they are. */
static uint32_t ppp_number(uint32_t type)
{
	static const struct { uint16_t type, number; } numbers[] = {
		{ TYPE_IP, PPP_IP }, { TYPE_IP6, PPP_IP6 }, { TYPE_DECNET, 0x0027 }, { TYPE_ATALK, 0x0029 },
		{ 0x0600, 0x0025 }, { SAP_ISO, 0x0023 }, { SAP_BRIDGE, 0x0031 }, { SAP_IPX, 0x002b },
	};
	for (size_t i = 0; i < RT_COUNT(numbers); i++)
		if (numbers[i].type == type)
			return numbers[i].number;
	return type;
}

static struct test *test_ppp_type(struct compiler *c, const struct scope *scope, uint32_t type)
{
	const bool is_found = !scope->is_literal && (type == TYPE_IP || type == TYPE_IP6);
	return is_type(c, scope, is_found ? type : ppp_number(type));
}

/* libpcap: the number is in the byte order of this machine, or of the one that wrote the file, which is not known here;
 * AF_INET6 is that of Linux, in files one of the BSDs'. */
static bool is_family_of(const struct compiler *c, const struct scope *scope, uint32_t family)
{
	const bool is_swapped = family > 0xff;
	const uint32_t number = is_swapped ? family >> 24 : family;
	if (c->options.is_file ? number == AF_INET6 : number > AF_INET6)
		return false;
	if (!scope->link->is_host_order)
		return !is_swapped;
	return c->options.is_file || is_swapped == (htonl(1) != 1);
}

static struct test *test_family_type(struct compiler *c, const struct scope *scope, uint32_t type)
{
	struct test *any = test_new(c, TEST_OR);
	const uint32_t *families = type == TYPE_IP ? families4 : families6;
	const size_t count = type == TYPE_IP ? RT_COUNT(families4) : RT_COUNT(families6);
	if (!scope->is_literal)
		return is_type(c, scope, type);
	for (size_t i = 0; (type == TYPE_IP || type == TYPE_IP6) && i < count; i++)
		if (is_family_of(c, scope, families[i]) &&
		    !test_add(any, test_number(c, COMPARE_EQUAL, sum_load(c, scope->type, 0, 4), families[i])))
			return NULL;
	return any;
}

static struct test *test_version(struct compiler *c, const struct scope *scope, uint32_t type)
{
	if (!scope->is_literal)
		return is_type(c, scope, type);
	if (type != TYPE_IP && type != TYPE_IP6)
		return test_new(c, TEST_FALSE);
	struct sum *version = sum_masked(c, sum_header(c, scope, 0, 1), 0xf0);
	return test_number(c, COMPARE_EQUAL, version, type == TYPE_IP ? 0x40 : 0x60);
}

/* Behind the last label: the version of IP tells, and nothing tells of anything else. */
static struct test *test_labelled(struct compiler *c, const struct scope *scope, uint32_t type)
{
	struct test *is_last = test_number(c, COMPARE_EQUAL, sum_masked(c, sum_net(c, scope, 0u - 2, 1), 1), 1);
	struct sum *version = sum_masked(c, sum_net(c, scope, 0, 1), 0xf0);
	if (type != TYPE_IP && type != TYPE_IP6) {
		token_fail(c, c->now, "behind MPLS labels there is only ip and ip6");
		return NULL;
	}
	return test_and(c, is_last, test_number(c, COMPARE_EQUAL, version, type == TYPE_IP ? 0x40 : 0x60));
}

/* ---- types ------------------------------------------------------------------------------------------------------- */

/* A tag announces itself: what the type field says before anything is seen through. */
static struct test *test_tag_type(struct compiler *c, uint32_t type)
{
	struct test *in_band = test_number(c, COMPARE_EQUAL, sum_load(c, (struct place){ 0, c->link->type_at }, 0, 2), type);
	if (!c->options.is_live)
		return in_band;
	struct test *is_aside = test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TAG_PRESENT), 1);
	struct test *is_type = test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TPID), type);
	return test_or(c, test_and(c, is_aside, is_type),
	               test_and(c, test_number(c, COMPARE_EQUAL, sum_aside(c, SKF_AD_VLAN_TAG_PRESENT), 0), in_band));
}

struct test *test_type(struct compiler *c, const struct scope *scope, uint32_t type)
{
	if (scope->labels)
		return test_labelled(c, scope, type);
	if (scope->link->has_type && !scope->is_literal && is_tag(type))
		return test_tag_type(c, type);
	switch ((enum link_kind)scope->link->kind) {
	case KIND_ETHER:
	case KIND_SLL:     return test_ethertype(c, scope, type);
	case KIND_WLAN:    return test_wlan_type(c, scope, type);
	case KIND_PPP:     return test_ppp_type(c, scope, type);
	case KIND_FAMILY:  return test_family_type(c, scope, type);
	case KIND_VERSION: return test_version(c, scope, type);
	case KIND_ONE:     return test_new(c, type == scope->link->fixed_type ? TEST_TRUE : TEST_FALSE);
	case KIND_TYPE:    break;
	}
	return is_type(c, scope, type);
}

/* ---- what IP carries ------------------------------------------------------------------------------------------------ */

struct test *test_proto4(struct compiler *c, const struct scope *scope, uint32_t number)
{
	return test_and(c, test_type(c, scope, TYPE_IP),
	                test_number(c, COMPARE_EQUAL, sum_net(c, scope, 9, 1), number));
}

/* Default: the protocol at the end of the chain, or the number of the first extension header. libpcap: the first,
 * or the one behind a fragment header. */
static struct test *test_next6(struct compiler *c, const struct scope *scope, uint32_t number)
{
	struct test *is_first = test_number(c, COMPARE_EQUAL, sum_net(c, scope, 6, 1), number);
	if (scope->walk.proto) {
		struct sum *last = sum_fact(c, (enum fact)scope->walk.proto);
		struct test *is_last = test_number(c, COMPARE_EQUAL, last, number);
		return is_extension(number) ? test_or(c, is_first, is_last) : is_last;
	}
	struct test *is_fragment = test_number(c, COMPARE_EQUAL, sum_net(c, scope, 6, 1), FRAGMENT);
	struct test *is_behind = test_number(c, COMPARE_EQUAL, sum_net(c, scope, 40, 1), number);
	return test_or(c, is_first, test_and(c, is_fragment, is_behind));
}

struct test *test_proto6(struct compiler *c, const struct scope *scope, uint32_t number)
{
	return test_and(c, test_type(c, scope, TYPE_IP6), test_next6(c, scope, number));
}

struct test *test_not_later(struct compiler *c, const struct scope *scope, bool is_ip6)
{
	if (is_ip6)
		return test_number(c, COMPARE_EQUAL, sum_fact(c, (enum fact)scope->walk.later), 0);
	return test_not(c, test_number(c, COMPARE_SET, sum_net(c, scope, 6, 2), 0x1fff));
}

/* ---- OSI -------------------------------------------------------------------------------------------------------------- */

static struct sum *sum_iso(struct compiler *c, const struct scope *scope, uint32_t at)
{
	return sum_payload(c, scope, scope->no_snap + at, 1);
}

struct test *test_iso(struct compiler *c, const struct scope *scope, uint32_t number)
{
	return test_and(c, test_type(c, scope, SAP_ISO), test_number(c, COMPARE_EQUAL, sum_iso(c, scope, 0), number));
}

static struct test *is_pdu(struct compiler *c, const struct scope *scope, uint32_t type)
{
	return test_number(c, COMPARE_EQUAL, sum_iso(c, scope, 4), type);
}

struct test *test_pdu(struct compiler *c, const struct scope *scope, uint32_t type)
{
	return test_and(c, test_iso(c, scope, 0x83), is_pdu(c, scope, type));
}

/* ISO 10589: one of the PDU types whose bit is set. */
struct test *test_isis(struct compiler *c, const struct scope *scope, uint32_t types)
{
	struct test *any = test_new(c, TEST_OR);
	for (uint32_t type = 0; type < 32; type++)
		if (types >> type & 1 && !test_add(any, is_pdu(c, scope, type)))
			return NULL;
	return test_and(c, test_iso(c, scope, 0x83), any);
}

struct test *test_protocol(struct compiler *c, const struct scope *scope, const struct word *word)
{
	switch ((enum layer)word->layer) {
	case LAYER_LINK:
	case LAYER_RADIO:   return test_new(c, TEST_TRUE);
	case LAYER_TYPE:    return test_type(c, scope, word->number);
	case LAYER_ON_IP:   return test_proto4(c, scope, word->number);
	case LAYER_ON_IP6:  return test_proto6(c, scope, word->number);
	case LAYER_ON_ISO:  return test_iso(c, scope, word->number);
	case LAYER_ON_ISIS: return test_isis(c, scope, word->number);
	case LAYER_ON_ANY:  break;
	}
	return test_or(c, test_proto4(c, scope, word->number), test_proto6(c, scope, word->number));
}

/* ---- the words of llc --------------------------------------------------------------------------------------------------- */

/* Control byte: the bits of `mask` are `value`. S frames have 01 and U frames 11 in the last two bits. */
static const struct { char name[6]; uint8_t value, mask; } frames[] = {
	{ "i", 0x00, 0x01 }, { "s", 0x01, 0x03 }, { "u", 0x03, 0x03 },
	{ "rr", 0x01, 0x0f }, { "rnr", 0x05, 0x0f }, { "rej", 0x09, 0x0f },
	{ "ui", 0x03, 0xef }, { "ua", 0x63, 0xef }, { "disc", 0x43, 0xef }, { "dm", 0x0f, 0xef },
	{ "sabme", 0x6f, 0xef }, { "test", 0xe3, 0xef }, { "xid", 0xaf, 0xef }, { "frmr", 0x87, 0xef },
};

struct test *mean_llc(struct compiler *c, const struct scope *scope, const struct node *node)
{
	const struct token *name = node->argument;
	struct test *test;
	if (scope->link->kind == KIND_WLAN) {
		test = scope->is_literal ? test_data(c, scope) : test_not(c, is_type(c, scope, 0));
	} else if (scope->link->kind == KIND_ETHER) {
		struct test *is_raw = test_number(c, COMPARE_EQUAL, sum_payload(c, scope, 0, 2), 0xffff);
		test = test_and(c, is_llc(c, scope), test_not(c, is_raw));
	} else {
		token_fail(c, node->token, "there is no LLC in %s", rt_link_name(scope->link->link));
		return NULL;
	}
	if (!name)
		return test;
	size_t at = 0;
	while (at < RT_COUNT(frames) && !token_is(c, name, frames[at].name))
		at++;
	if (at == RT_COUNT(frames)) {
		token_fail(c, name, "\"%.*s\" is no LLC frame type", (int)name->length, c->text + name->at);
		return NULL;
	}
	struct sum *control = sum_masked(c, sum_payload(c, scope, 2, 1), frames[at].mask);
	return test_and(c, test, test_number(c, COMPARE_EQUAL, control, frames[at].value));
}
