// SPDX-License-Identifier: MIT
/* ways.c - what stands in front of a body: addresses, tags, address families, PPP. IEEE 802.1Q; RFC 1661, 1662, 2516;
 * LINKTYPE_ETHERNET, _NULL, _LOOP, _PPP, _PPP_HDLC, _PPP_ETHER, _LINUX_SLL and _LINUX_SLL2 as tcpdump.org describes
 * them. 802.11 is in wlan.c. */
#include "bodies.h"

void frame_hex(struct frame *frame, const char *hex) { frame->size += hex_put(frame->bytes + frame->size, hex); }

void frame_copy(struct frame *frame, const uint8_t *bytes, size_t size)
{
	memcpy(frame->bytes + frame->size, bytes, size);
	frame->size += size;
}

void frame_u16(struct frame *frame, size_t value)
{
	frame->bytes[frame->size++] = (uint8_t)(value >> 8);
	frame->bytes[frame->size++] = (uint8_t)value;
}

const char *to_mac(enum to to)
{
	return to == ALL ? "ffffffffffff" : to == GROUP ? "01005e0000fb" : "020000000002";
}

static void frame_body(struct frame *frame, const struct load *load) { frame_copy(frame, load->bytes, load->size); }

struct way {
	const char *name, *hex;
	enum { USUAL, OUTGOING, ONE_BYTE, ETHERTYPE } what;
};

/* ---- Ethernet and cooked: what stands between the addresses and the ethertype --------------------------- */

static const struct way tags[] = {
	{ "plain",    "",                     USUAL },
	{ "vlan",     "8100 0005 ",           USUAL },
	{ "qinq",     "8100 0064 8100 0005 ", USUAL },
	{ "88a8",     "88a8 0064 8100 0005 ", USUAL },
	{ "zero",     "8100 0000 ",           USUAL },     /* priority tag */
	{ "9100",     "9100 0064 8100 0005 ", USUAL },
	{ "service",  "88a8 a005 ",           USUAL },     /* one tag, with priority bits */
	{ "six",      "8100 e006 ",           USUAL },
	{ "out",      "",                     OUTGOING },  /* as this host sends it: only cooked headers tell */
	{ NULL,       NULL,                   USUAL },
};

static bool ether_put(struct frame *frame, unsigned link, const struct way *way, const struct load *load)
{
	(void)link;
	if (way->what == OUTGOING)
		return false;
	frame_hex(frame, to_mac(load->body->to));
	frame_hex(frame, "020000000001");
	frame_hex(frame, way->hex);
	frame_u16(frame, load->body->type < 0x600 ? load->size : load->body->type);
	frame_body(frame, load);
	return true;
}

/* ETH_P_802_2, ETH_P_802_3 of <linux/if_ether.h>; behind a tag there is a length, as the wire has it. */
static size_t cooked_type(const struct way *way, const struct load *load)
{
	if (load->body->type >= 0x600)
		return load->body->type;
	return *way->hex ? load->size : load->body->type == BODY_LLC ? 4 : 1;
}

/* PACKET_HOST, _BROADCAST, _MULTICAST, _OUTGOING of <linux/if_packet.h> */
static uint8_t packet_type(const struct way *way, const struct body *body)
{
	return way->what == OUTGOING ? 4 : body->to == GROUP ? 2 : body->to == ALL ? 1 : 0;
}

static bool sll_put(struct frame *frame, unsigned link, const struct way *way, const struct load *load)
{
	(void)link;
	frame_u16(frame, packet_type(way, load->body));
	frame_hex(frame, "0001 0006 0200000000010000");          /* ARPHRD, address */
	frame_hex(frame, way->hex);
	frame_u16(frame, cooked_type(way, load));
	frame_body(frame, load);
	return true;
}

/* The first type stands at the front: of the tag, if there is one. */
static bool sll2_put(struct frame *frame, unsigned link, const struct way *way, const struct load *load)
{
	uint8_t types[16];
	struct frame all = { types, 0 };
	(void)link;
	frame_hex(&all, way->hex);
	frame_u16(&all, cooked_type(way, load));
	frame_copy(frame, types, 2);
	frame_hex(frame, way->what == OUTGOING ? "0000 00000007 0001" : "0000 00000003 0001");   /* interface, ARPHRD */
	frame_copy(frame, (uint8_t[]){ packet_type(way, load->body) }, 1);
	frame_hex(frame, "06 0200000000010000");
	frame_copy(frame, types + 2, all.size - 2);
	frame_body(frame, load);
	return true;
}

/* ---- no header, or only an address family ----------------------------------------------------------------- */

static const struct way bare[] = { { "plain", "", USUAL }, { NULL, NULL, USUAL } };

static bool raw_put(struct frame *frame, unsigned link, const struct way *way, const struct load *load)
{
	const uint16_t type = load->body->type;
	(void)way;
	if ((type != 0x0800 && type != 0x86dd) || (link == RT_LINK_IPV4 && type != 0x0800) ||
	    (link == RT_LINK_IPV6 && type != 0x86dd))
		return false;
	frame_body(frame, load);
	return true;
}

/* AF_INET is 2 everywhere; AF_INET6 is 10, 24, 28 or 30. In the byte order of the host that wrote
 * the file, on LOOP in network byte order. */
static const struct way families_little[] = {
	{ "plain",       "02000000 18000000", USUAL },
	{ "freebsd",     "02000000 1c000000", USUAL },
	{ "darwin",      "02000000 1e000000", USUAL },
	{ "linux",       "02000000 0a000000", USUAL },
	{ "big",         "00000002 00000018", USUAL },
	{ "big-freebsd", "00000002 0000001c", USUAL },
	{ "big-darwin",  "00000002 0000001e", USUAL },
	{ NULL, NULL, USUAL },
};
static const struct way families_big[] = {
	{ "plain",       "00000002 00000018", USUAL },
	{ "freebsd",     "00000002 0000001c", USUAL },
	{ "darwin",      "00000002 0000001e", USUAL },
	{ "linux",       "00000002 0000000a", USUAL },
	{ "little",      "02000000 18000000", USUAL },
	{ NULL, NULL, USUAL },
};

static bool family_put(struct frame *frame, unsigned link, const struct way *way, const struct load *load)
{
	uint8_t families[8];
	const uint16_t type = load->body->type;
	(void)link;
	if (type != 0x0800 && type != 0x86dd)
		return false;
	hex_put(families, way->hex);
	frame_copy(frame, families + (type == 0x0800 ? 0 : 4), 4);
	frame_body(frame, load);
	return true;
}

/* ---- PPP --------------------------------------------------------------------------------------------------- */

/* Address and control. */
static const struct way ppp[] = {
	{ "plain",     "ff03", USUAL },
	{ "bare",      "",     USUAL },          /* both left out: RFC 1662 3.2 */
	{ "short",     "ff03", ONE_BYTE },       /* the protocol in one byte: RFC 1661 6.5 */
	{ "cisco",     "0f00", ETHERTYPE },      /* Cisco HDLC */
	{ "cisco-all", "8f00", ETHERTYPE },
	{ NULL,        NULL,   USUAL },
};
/* Version and type, code, session. */
static const struct way pppoe[] = {
	{ "plain", "1100 0001", USUAL }, { "session", "1100 0027", USUAL }, { NULL, NULL, USUAL },
};

/* PPP's number of what a body is (IANA's list of RFC 1661's protocols), and where it begins: 802.2 stays out. */
static bool ppp_find(const struct load *load, uint16_t *type, size_t *skip)
{
	static const struct { uint16_t from; const char *llc; uint16_t to; size_t skip; } types[] = {
		{ 0x0800, NULL, 0x0021, 0 }, { 0x86dd, NULL, 0x0057, 0 }, { 0x8847, NULL, 0x0281, 0 },
		{ 0x8848, NULL, 0x0283, 0 }, { 0x6003, NULL, 0x0027, 0 }, { 0x8137, NULL, 0x002b, 0 },
		{ BODY_LLC, "fefe03", 0x0023, 3 }, { BODY_LLC, "aaaa03080007809b", 0x0029, 8 },
	};
	for (size_t i = 0; i < RT_COUNT(types); i++) {
		uint8_t llc[8];
		if (types[i].from != load->body->type ||
		    (types[i].llc && memcmp(load->bytes, llc, hex_put(llc, types[i].llc)) != 0))
			continue;
		*type = types[i].to;
		*skip = types[i].skip;
		return true;
	}
	return false;
}

static bool ppp_put(struct frame *frame, unsigned link, const struct way *way, const struct load *load)
{
	uint16_t type = load->body->type;
	size_t skip = 0;
	(void)link;
	if (way->what == ETHERTYPE ? type < 0x600 : !ppp_find(load, &type, &skip))
		return false;
	if (way->what == ONE_BYTE && type > 0xff)
		return false;
	frame_hex(frame, way->hex);
	frame_u16(frame, type);
	if (way->what == ONE_BYTE)
		frame->bytes[--frame->size - 1] = (uint8_t)type;
	frame_copy(frame, load->bytes + skip, load->size - skip);
	return true;
}

static bool pppoe_put(struct frame *frame, unsigned link, const struct way *way, const struct load *load)
{
	uint16_t type;
	size_t skip;
	(void)link;
	if (!ppp_find(load, &type, &skip))
		return false;
	frame_hex(frame, way->hex);
	frame_u16(frame, load->size - skip + 2);
	frame_u16(frame, type);
	frame_copy(frame, load->bytes + skip, load->size - skip);
	return true;
}

/* ---- all of them -------------------------------------------------------------------------------------------- */

static const struct {
	unsigned link;
	const struct way *ways;
	bool (*put)(struct frame *frame, unsigned link, const struct way *way, const struct load *load);
} carriers[] = {
	{ RT_LINK_ETHER,      tags,            ether_put },
	{ RT_LINK_SLL,        tags,            sll_put },
	{ RT_LINK_SLL2,       tags,            sll2_put },
	{ RT_LINK_RAW,        bare,            raw_put },
	{ RT_LINK_IPV4,       bare,            raw_put },
	{ RT_LINK_IPV6,       bare,            raw_put },
	{ RT_LINK_NULL,       families_little, family_put },
	{ RT_LINK_LOOP,       families_big,    family_put },
	{ RT_LINK_PPP,        ppp,             ppp_put },
	{ RT_LINK_PPP_SERIAL, ppp,             ppp_put },
	{ RT_LINK_PPP_ETHER,  pppoe,           pppoe_put },
};

static size_t carrier(unsigned link)
{
	size_t i = 0;
	while (carriers[i].link != link)
		i++;
	return i;
}

const char *way_name(unsigned link, size_t way)
{
	return is_wlan(link) ? wlan_way_name(link, way) : carriers[carrier(link)].ways[way].name;
}

bool way_put(struct frame *frame, unsigned link, size_t way, const struct load *load)
{
	if (is_wlan(link))
		return wlan_put(frame, link, way, load);
	const size_t i = carrier(link);
	return carriers[i].put(frame, link, &carriers[i].ways[way], load);
}
