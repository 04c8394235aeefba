/* SPDX-License-Identifier: MIT */
/* arrival.c - an arrival becomes a frame: unwanted directions go, the VLAN tag that the kernel moved aside is put
 * back, and only then the snapshot length is applied, so that live frames look like those on the wire. A filter that the
 * kernel did not take decides here. */
#include "socket.h"

#define ADDRESSES 12u

static void put_tag(const struct arrival *arrival, uint8_t *tag)
{
	const unsigned tpid = arrival->status & TP_STATUS_VLAN_TPID_VALID ? arrival->vlan_tpid : 0x8100;
	tag[0] = (uint8_t)(tpid >> 8);
	tag[1] = (uint8_t)tpid;
	tag[2] = (uint8_t)(arrival->vlan_tci >> 8);
	tag[3] = (uint8_t)arrival->vlan_tci;
}

/* The kernel takes the outer tag out of received frames (skb_vlan_untag). Frames that this host sends mostly have
 * it in band, and those have no VLAN_VALID. A tag of value 0 is a tag: `tci != 0` would lose priority tags. */
static void put_tag_back(const struct arrival *arrival, struct rt_frame *frame)
{
	frame->len += TAG_BYTES;
	if (frame->caplen < ADDRESSES)
		return;                         /* cut in front of the tag's place */
	uint8_t *data = arrival->data - TAG_BYTES;
	memmove(data, arrival->data, ADDRESSES);
	put_tag(arrival, data + ADDRESSES);
	frame->data = data;
	frame->caplen += TAG_BYTES;
}

/* A copy with the tag in it, while the bytes stay as the kernel has them; NULL: nobody needs one. */
static const uint8_t *whole_copy(const struct rt_capture *capture, const struct arrival *arrival)
{
	if (!capture->whole || !(arrival->status & TP_STATUS_VLAN_VALID) || arrival->caplen < ADDRESSES ||
	    arrival->caplen > RT_SNAPLEN_MAX)
		return NULL;
	memcpy(capture->whole, arrival->data, ADDRESSES);
	put_tag(arrival, capture->whole + ADDRESSES);
	memcpy(capture->whole + ADDRESSES + TAG_BYTES, arrival->data + ADDRESSES, arrival->caplen - ADDRESSES);
	return capture->whole;
}

/* What a filter that runs here says: bytes to keep. tcpdump's meaning is about the bytes as the kernel has them ... */
static uint32_t decide_bare(const struct rt_capture *capture, const struct arrival *arrival)
{
	const struct rt_aside aside = {
		.type = arrival->type, .ifindex = (uint32_t)capture->interface.index,
		.has_tag = (arrival->status & TP_STATUS_VLAN_VALID) != 0,
		.tci = (uint16_t)arrival->vlan_tci, .tpid = (uint16_t)arrival->vlan_tpid, .whole = whole_copy(capture, arrival),
	};
	return rt_filter_run_live(capture->filter, arrival->data, arrival->caplen, arrival->len, &aside);
}

/* ... the default meaning about those on the wire. */
static uint32_t decide_whole(const struct rt_capture *capture, const struct arrival *arrival, const struct rt_frame *frame)
{
	const struct rt_aside aside = { .type = arrival->type, .ifindex = (uint32_t)capture->interface.index };
	return rt_filter_run_live(capture->filter, frame->data, frame->caplen, frame->len, &aside);
}

bool arrival_frame(struct rt_capture *capture, const struct arrival *arrival, struct rt_frame *frame)
{
	bool is_out = arrival->type == PACKET_OUTGOING;
	if (is_out ? capture->skips_out : capture->skips_in)
		return false;
	const bool is_bare = capture->filter && rt_filter_is_pcap(capture->filter);
	uint32_t keep = is_bare ? decide_bare(capture, arrival) : UINT32_MAX;
	uint32_t due = arrival->len < capture->kernel_snaplen ? arrival->len : capture->kernel_snaplen;
	capture->stats.cut += arrival->caplen < due;
	*frame = (struct rt_frame){
		.data = arrival->data, .caplen = arrival->caplen, .len = arrival->len, .time = arrival->time,
		.iface = &capture->iface, .link = capture->iface.link,
		.direction = is_out ? RT_DIRECTION_OUT : RT_DIRECTION_IN,
		.is_unsummed = arrival->status & TP_STATUS_CSUMNOTREADY,
	};
	if ((arrival->status & TP_STATUS_VLAN_VALID) && capture->is_ether)
		put_tag_back(arrival, frame);
	if (capture->filter && !is_bare)
		keep = decide_whole(capture, arrival, frame);
	if (keep > capture->snaplen)
		keep = capture->snaplen;
	if (frame->caplen > keep)
		frame->caplen = keep;
	return keep != 0;
}
