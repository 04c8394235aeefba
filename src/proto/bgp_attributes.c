/* SPDX-License-Identifier: MIT */
/* bgp_attributes.c - the attributes of BGP's routes (RFC 4271 sections 4.3 and 5.1, RFC 1997, RFC 4456): flags, a type,
 * a length of one byte or two, and what the type holds, as an item of its own. Systems in a path have numbers of two
 * bytes if segments of such numbers fill it, else of four (RFC 6793). */
#include "bgp.h"
#include "list.h"

#define EXTENDED_LENGTH 0x10            /* of an attribute's flags                                       */
#define PATH 2                          /* a type                                                        */

static const struct rt_word flag_words[] = {
	{ 1, "NA0" }, { 2, "NA1" }, { 4, "NA2" }, { 8, "NA3" }, { 16, "Extended-Length" }, { 32, "Partial" },
	{ 64, "Transitive" }, { 128, "Optional" },
};
static const struct rt_word codes[] = {
	{ 0, "Reserved" }, { 1, "ORIGIN" }, { 2, "AS_PATH" }, { 3, "NEXT_HOP" }, { 4, "MULTI_EXIT_DISC" },
	{ 5, "LOCAL_PREF" }, { 6, "ATOMIC_AGGREGATE" }, { 7, "AGGREGATOR" }, { 8, "COMMUNITY" },
	{ 9, "ORIGINATOR_ID" }, { 10, "CLUSTER_LIST" }, { 11, "DPA (deprecated)" },
	{ 12, "ADVERTISER  (Historic) (deprecated)" }, { 13, "RCID_PATH / CLUSTER_ID (Historic) (deprecated)" },
	{ 14, "MP_REACH_NLRI" }, { 15, "MP_UNREACH_NLRI" }, { 16, "EXTENDED COMMUNITIES" }, { 17, "AS4_PATH" },
	{ 18, "AS4_AGGREGATOR" }, { 19, "SAFI Specific Attribute (SSA) (deprecated)" },
	{ 20, "Connector Attribute (deprecated)" }, { 21, "AS_PATHLIMIT (deprecated)" }, { 22, "PMSI_TUNNEL" },
	{ 23, "Tunnel Encapsulation Attribute" }, { 24, "Traffic Engineering" },
	{ 25, "IPv6 Address Specific Extended Community" }, { 26, "AIGP" }, { 27, "PE Distinguisher Labels" },
	{ 28, "BGP Entropy Label Capability Attribute (deprecated)" }, { 29, "BGP-LS Attribute" },
	{ 32, "LARGE_COMMUNITY" }, { 40, "BGP Prefix-SID" }, { 128, "ATTR_SET" },
	{ 255, "Reserved for development" },
};
static const struct rt_word origins[] = { { 0, "IGP" }, { 1, "EGP" }, { 2, "INCOMPLETE" } };
static const struct rt_word segment_types[] = {
	{ 1, "AS_SET" }, { 2, "AS_SEQUENCE" }, { 3, "AS_CONFED_SEQUENCE" }, { 4, "AS_CONFED_SET" },
};

/* ---- lists in attributes ---------------------------------------------------------------------------------------- */

static const struct rt_row number_rows[] = { { "asn", 0, 16, RT_NUM } };
static const struct rt_row number4_rows[] = { { "asn", 0, 32, RT_NUM } };
static const struct rt_row cluster_rows[] = { { "cluster_id", 0, 32, RT_NUM } };
static const struct rt_proto number = { .name = "asn", .spec = "RFC 4271 section 4.3", RT_ROWS(number_rows),
                                        .header = 2 };
static const struct rt_proto number4 = { .name = "asn", .spec = "RFC 6793 section 3", RT_ROWS(number4_rows),
                                         .header = 4 };
static const struct rt_proto cluster = { .name = "cluster_id", .spec = "RFC 4456 section 8", RT_ROWS(cluster_rows),
                                         .header = 4 };
static const struct rt_list numbers = { .other = &number, .item_bytes = 2, .is_values = true, .last_code = -1 };
static const struct rt_list numbers4 = { .other = &number4, .item_bytes = 4, .is_values = true, .last_code = -1 };
static const struct rt_list clusters = { .other = &cluster, .item_bytes = 4, .is_values = true, .last_code = -1 };

#define SEGMENT(c_name, list_, bytes, section) \
	static const struct rt_row c_name##_rows[] = { \
		{ "segment_type",   0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(segment_types)) }, \
		{ "segment_length", 8, 8, RT_NUM }, \
		{ "segment_value", 16, 0, RT_LIST, .list = &(list_), RT_COUNTED(1, bytes, 0) }, \
	}; \
	static const struct rt_proto c_name = { .name = "ASPathSegment", .spec = section, RT_ROWS(c_name##_rows), \
	                                        .header = 2, .is_flow = true }; \
	static const struct rt_list c_name##_list = { .other = &(c_name), .is_sized = true, .last_code = -1 }
SEGMENT(segment, numbers, 2, "RFC 4271 section 4.3");
SEGMENT(segment4, numbers4, 4, "RFC 6793 section 3");

/* ---- what attributes hold --------------------------------------------------------------------------------------- */

static const struct rt_row origin_rows[]     = { { "origin", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(origins)) } };
static const struct rt_row path_rows[]       = { { "segments", 0, 0, RT_LIST, .list = &segment_list } };
static const struct rt_row path4_rows[]      = { { "segments", 0, 0, RT_LIST, .list = &segment4_list } };
static const struct rt_row hop_rows[]        = { { "next_hop", 0, 32, RT_IP4 } };
static const struct rt_row exit_rows[]       = { { "med", 0, 32, RT_NUM } };
static const struct rt_row preference_rows[] = { { "local_pref", 0, 32, RT_NUM } };
static const struct rt_row aggregator_rows[] = {
	{ "aggregator_asn", 0, 16, RT_NUM }, { "speaker_address", 16, 32, RT_IP4 },
};
static const struct rt_row community_rows[]  = { { "community", 0, 32, RT_NUM } };
static const struct rt_row originator_rows[] = { { "originator_id", 0, 32, RT_IP4 } };
static const struct rt_row reflector_rows[]  = { { "cluster_list", 0, 0, RT_LIST, .list = &clusters } };

/* The whole value is one item. */
static bool next_held(struct rt_walk *walk, struct rt_layer *item)
{
	if (walk->at >= walk->end)
		return false;
	*item = (struct rt_layer){ .proto = walk->list->other, .at = walk->at, .header = walk->end - walk->at,
	                           .end = walk->end, .id = RT_NO_ID };
	walk->at = walk->end;
	return true;
}

#define HELD(c_name, class, words, section, bytes, ...) \
	static const struct rt_proto c_name = { .name = "BGPPA" class, .title = words, .spec = section, \
	                                        RT_ROWS(c_name##_rows), .header = bytes }; \
	static const struct rt_list c_name##_list = { .other = &(c_name), .last_code = -1, __VA_ARGS__ }
#define ONE .next = next_held

HELD(origin,     "Origin", "ORIGIN", "RFC 4271 section 5.1.1", 1, ONE);
HELD(path,       "ASPath", "AS_PATH (RFC 4271)", "RFC 4271 section 5.1.2", 1, ONE);
HELD(path4,      "AS4BytesPath", "AS_PATH (RFC 4893)", "RFC 6793 section 3", 1, ONE);
HELD(hop,        "NextHop", "NEXT_HOP", "RFC 4271 section 5.1.3", 4, ONE);
HELD(exit,       "MultiExitDisc", "MULTI_EXIT_DISC", "RFC 4271 section 5.1.4", 4, ONE);
HELD(preference, "LocalPref", "LOCAL_PREF", "RFC 4271 section 5.1.5", 4, ONE);
HELD(aggregator, "Aggregator", "AGGREGATOR", "RFC 4271 section 5.1.7", 6, ONE);
HELD(community,  "Community", "COMMUNITIES", "RFC 1997", 4, .item_bytes = 4);
HELD(originator, "OriginatorID", "ORIGINATOR_ID", "RFC 4456 section 8", 4, ONE);
HELD(reflector,  "ClusterList", "CLUSTER_LIST", "RFC 4456 section 8", 4, ONE);
static const struct rt_list other_list = { .other = &proto_raw, .last_code = -1, ONE };

/* ---- attributes ------------------------------------------------------------------------------------------------- */

/* `init`: the type that holds such an item; 0: all others. */
#define ATTRIBUTE(number, name) { "attribute", 24, 0, RT_LIST, .list = &name##_list, .init = number }

static const struct rt_row rows[] = {
	{ "type_flags",    0, 8, RT_FLAGS, .names = RT_NAMES(RT_WORDS(flag_words), .join = '+') },
	{ "type_code",     8, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(codes)) },
	{ "attr_ext_len", 16, 16, RT_NUM, RT_WHEN(3, 1, 1) },
	{ "attr_len",     16, 8, RT_NUM, RT_WHEN(3, 1, 0) },
	ATTRIBUTE(1, origin), ATTRIBUTE(PATH, path), ATTRIBUTE(PATH, path4), ATTRIBUTE(3, hop), ATTRIBUTE(4, exit),
	ATTRIBUTE(5, preference), ATTRIBUTE(7, aggregator), ATTRIBUTE(8, community), ATTRIBUTE(9, originator),
	ATTRIBUTE(10, reflector), ATTRIBUTE(0, other),
};

static bool has_row(uint8_t code)
{
	for (unsigned i = 0; i < RT_COUNT(rows); i++)
		if (rows[i].init && rows[i].init == code)
			return true;
	return false;
}

/* Do segments of numbers of so many bytes fill the path? */
static bool fills(const uint8_t *path, uint32_t size, uint32_t bytes)
{
	uint32_t at = 0;
	while (size - at >= 2 && 2 + path[at + 1] * bytes <= size - at)
		at += 2 + path[at + 1] * bytes;
	return at == size;
}

static bool is_path4(const uint8_t *path, uint32_t size) { return !fills(path, size, 2) && fills(path, size, 4); }

static bool place_attribute(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                            struct rt_place *place)
{
	const uint8_t *p = frame->data + layer->at;
	uint32_t front = p[0] & EXTENDED_LENGTH ? 4 : 3;
	if (row->kind != RT_LIST)
		return true;
	if (layer->header < front)
		return false;
	*place = (struct rt_place){ front * 8, (layer->header - front) * 8 };
	if (row->init == PATH && p[1] == PATH)
		return is_path4(p + front, layer->header - front) == (row->list == &path4_list);
	return row->init ? row->init == p[1] : !has_row(p[1]);
}

static const struct rt_proto attribute = { .name = "BGPPathAttr", .spec = "RFC 4271 section 4.3", RT_ROWS(rows),
                                           .header = 2, .place = place_attribute };

static bool next_attribute(struct rt_walk *walk, struct rt_layer *item)
{
	uint32_t left = walk->end - walk->at, size = 3;
	const uint8_t *p = walk->frame->data + walk->at;
	if (left < 3)
		return false;
	if (!(p[0] & EXTENDED_LENGTH))
		size += p[2];
	else if (left >= 4)
		size = 4u + rt_be16(p + 2);
	size = size < left ? size : left;
	*item = (struct rt_layer){ .proto = &attribute, .at = walk->at, .header = size, .end = walk->at + size,
	                           .id = RT_NO_ID };
	walk->at += size;
	return true;
}

const struct rt_list bgp_attributes = { .other = &attribute, .next = next_attribute, .last_code = -1 };
