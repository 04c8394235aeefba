/* SPDX-License-Identifier: MIT */
/* dot11_elements.c - the elements of management frames (IEEE 802.11-2016 clause 9.4.2): identifier, length, value. Each
 * is a layer, told by its own identifier; security and HT capabilities are in dot11_rsn.c and dot11_ht.c. */
#include "dot11_elements.h"
#include "list.h"

static const struct rt_word ids[] = {
	{ 0, "SSID" }, { 1, "Supported Rates" }, { 2, "FHset" }, { 3, "DSSS Set" }, { 4, "CF Set" }, { 5, "TIM" },
	{ 6, "IBSS Set" }, { 7, "Country" }, { 10, "Request" }, { 11, "BSS Load" }, { 12, "EDCA Set" },
	{ 13, "TSPEC" }, { 14, "TCLAS" }, { 15, "Schedule" }, { 16, "Challenge text" }, { 32, "Power Constraint" },
	{ 33, "Power Capability" }, { 36, "Supported Channels" }, { 42, "ERP" }, { 45, "HT Capabilities" },
	{ 46, "QoS Capability" }, { 48, "RSN" }, { 50, "Extended Supported Rates" }, { 52, "Neighbor Report" },
	{ 61, "HT Operation" }, { 107, "Interworking" }, { 127, "Extendend Capabilities" },
	{ 191, "VHT Capabilities" }, { 221, "Vendor Specific" },
};
const struct rt_names dot11_element_ids = { RT_WORDS(ids) };

/* Halves of a megabit; the upper bit says that every station must know the rate. */
static const struct rt_word rates[] = {
	{ 2, "1.0 Mbps" }, { 4, "2.0 Mbps" }, { 11, "5.5 Mbps" }, { 12, "6.0 Mbps" }, { 18, "9.0 Mbps" },
	{ 22, "11.0 Mbps" }, { 24, "12.0 Mbps" }, { 36, "18.0 Mbps" }, { 44, "22.0 Mbps" }, { 48, "24.0 Mbps" },
	{ 66, "33.0 Mbps" }, { 72, "36.0 Mbps" }, { 96, "48.0 Mbps" }, { 108, "54.0 Mbps" },
	{ 130, "1.0(B) Mbps" }, { 132, "2.0(B) Mbps" }, { 139, "5.5(B) Mbps" }, { 140, "6.0(B) Mbps" },
	{ 146, "9.0(B) Mbps" }, { 150, "11.0(B) Mbps" }, { 152, "12.0(B) Mbps" }, { 164, "18.0(B) Mbps" },
	{ 172, "22.0(B) Mbps" }, { 176, "24.0(B) Mbps" }, { 194, "33.0(B) Mbps" }, { 200, "36.0(B) Mbps" },
	{ 224, "48.0(B) Mbps" }, { 236, "54.0(B) Mbps" },
};
static const struct rt_row rate_rows[] = { { "rate", 0, 8, RT_ENUM, .names = RT_NAMES(RT_WORDS(rates)) } };
static const struct rt_proto rate = { .name = "rate", .spec = "IEEE 802.11-2016 clause 9.4.2.3", RT_ROWS(rate_rows),
                                      .header = 1 };
static const struct rt_list rate_list = { .other = &rate, .item_bytes = 1, .is_values = true, .last_code = -1 };

static const struct rt_row triplet_rows[] = {
	{ "first_channel_number", 0, 8, RT_NUM }, { "num_channels", 8, 8, RT_NUM }, { "mtp", 16, 8, RT_NUM },
};
static const struct rt_proto triplet = {
	.name = "Dot11EltCountryConstraintTriplet", .title = "802.11 Country Constraint Triplet",
	.spec = "IEEE 802.11-2016 clause 9.4.2.9", RT_ROWS(triplet_rows), .header = 3,
};
static const struct rt_list triplets = { .other = &triplet, .item_bytes = 3, .last_code = -1 };

static const struct rt_row info_rows[] = { ELEMENT_START, { "info", 16, 0, RT_BYTES } };
static const struct rt_row channel_rows[] = { ELEMENT_START, { "channel", 16, 8, RT_NUM } };
static const struct rt_row erp_rows[] = {
	ELEMENT_START,
	{ "NonERP_Present",       16, 1, RT_NUM },
	{ "Use_Protection",       17, 1, RT_NUM },
	{ "Barker_Preamble_Mode", 18, 1, RT_NUM },
	{ "res",                  19, 5, RT_NUM },
};
static const struct rt_row rates_rows[] = { ELEMENT_START, { "rates", 16, 0, RT_LIST, .list = &rate_list } };
static const struct rt_row country_rows[] = {
	ELEMENT_START,
	{ "country_string", 16, 24, RT_BYTES },
	{ "descriptors",    40,  0, RT_LIST, .list = &triplets },
	{ "pad",            40,  8, RT_NUM },
};
static const struct rt_row vendor_rows[] = { ELEMENT_START, { "oui", 16, 24, RT_OUI }, { "info", 40, 0, RT_BYTES } };

/* Whole triplets, then a byte that makes the length even. */
static bool place_country(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                          struct rt_place *place)
{
	uint32_t rest = layer->header > 5 ? layer->header - 5 : 0;
	(void)frame;
	if (row->bit < 40)
		return true;
	*place = row->width ? (struct rt_place){ (5 + rest - rest % 3) * 8, 8 }
	                    : (struct rt_place){ 40, (rest - rest % 3) * 8 };
	return row->width == 0 || rest % 3;
}

const struct rt_proto proto_dot11_dsss =
	ELEMENT("DSSSet", "DSSS Parameter Set", 3, channel_rows, SAYS("channel {channel}"));
const struct rt_proto proto_dot11_country =
	ELEMENT("Country", "Country", 7, country_rows, .place = place_country, SAYS("country {country_string:s}"));
const struct rt_proto proto_dot11_erp = ELEMENT("ERP", "ERP", 42, erp_rows, );
const struct rt_proto proto_dot11_rates = {
	ELEMENT_LAYER("Rates", "Rates", rates_rows),
	RT_LINKS({ "Dot11Elt", NULL, 0, "ID", 1 }, { "Dot11Elt", NULL, 0, "ID", 50 }),
};
const struct rt_proto proto_dot11_vendor = ELEMENT("VendorSpecific", "Vendor Specific", 221, vendor_rows, );

const struct rt_proto proto_dot11_element = {
	ELEMENT_LAYER("", "Information Element", info_rows),
	.lines = RT_LINES({ "ID", 0, "SSID {info:s}" }, { .text = NULL }),
	.summaries = RT_LINES({ "ID", 0, "SSID='{info:s}'", .also = "Dot11" }, { .text = NULL }),
	RT_LINKS({ "Dot11Elt" }),
};
