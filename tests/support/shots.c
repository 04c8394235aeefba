/* SPDX-License-Identifier: MIT */
/* shots.c - frames through a private network, and a witness that says where the kernel kept their tags. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>
#include "shots.h"
#include "src/capture/netlink.h"
#include "src/capture/socket.h"

const struct shot_end shot_ends[3] = {
	{ "sent, tags in band", "v1", true, false },
	{ "received, tag aside", "v0", false, true },
	{ "sent, tag aside", "w0", true, true },
};

/* ---- the network -------------------------------------------------------------------------------------------- */

/* No STP by default. Without snooping and netfilter every frame is handed on, whatever its checksums. */
static int make_bridge(int netlink)
{
	struct netlink_request request;
	const struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	const uint8_t no = 0;
	netlink_begin(&request, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &info, sizeof info);
	netlink_put_string(&request, IFLA_IFNAME, "br0");
	const size_t kind = netlink_nest(&request, IFLA_LINKINFO);
	netlink_put_string(&request, IFLA_INFO_KIND, "bridge");
	const size_t data = netlink_nest(&request, IFLA_INFO_DATA);
	netlink_put(&request, IFLA_BR_MCAST_SNOOPING, &no, sizeof no);
	netlink_unnest(&request, data);
	netlink_unnest(&request, kind);
	return netlink_ask(netlink, &request);
}

static int join_bridge(int netlink, const char *name)
{
	struct netlink_request request;
	const struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	netlink_begin(&request, RTM_NEWLINK, 0, &info, sizeof info);
	netlink_put_string(&request, IFLA_IFNAME, name);
	netlink_put_u32(&request, IFLA_MASTER, if_nametoindex("br0"));
	return netlink_ask(netlink, &request);
}

/* Of this network namespace (Linux 5.3), so only written where it is not everybody's: before, the file is not there. */
static void leave_netfilter_out(const char *path)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd >= 0 && write(fd, "0", 1) != 1)
		print_message("%s stays on\n", path);
	if (fd >= 0)
		close(fd);
}

size_t shots_network(void)
{
	int netlink = netlink_open();
	live_link("w0", "w1");
	int rc = make_bridge(netlink);
	rc = rc ? rc : join_bridge(netlink, "v0");
	rc = rc ? rc : join_bridge(netlink, "w0");
	close(netlink);
	if (rc < 0) {
		printf("no bridge here, so no frames sent with a tag aside: %s\n", rt_errno_text(-rc));
		return 2;
	}
	leave_netfilter_out("/proc/sys/net/bridge/bridge-nf-call-iptables");
	leave_netfilter_out("/proc/sys/net/bridge/bridge-nf-call-ip6tables");
	leave_netfilter_out("/proc/sys/net/bridge/bridge-nf-call-arptables");
	live_up("br0", true);
	return 3;
}

/* ---- frames --------------------------------------------------------------------------------------------------- */

/* `tags` bytes of tags are put in front of the type. */
static void add(struct shots *shots, const struct test_packet *packet, const char *more, const uint8_t *tags, uint32_t size)
{
	if (shots->count == shots->room) {
		shots->room = shots->room ? 2 * shots->room : 256;
		shots->at = realloc(shots->at, shots->room * sizeof *shots->at);
		assert_non_null(shots->at);
	}
	struct shot *shot = &shots->at[shots->count];
	const uint32_t number = (uint32_t)shots->count++;
	*shot = (struct shot){ .size = packet->size + size + 2 };
	assert_true(packet->size >= 14 && shot->size <= SHOT_MAX);
	snprintf(shot->name, sizeof shot->name, "%s%s/%s", packet->way, more, packet->body);
	memcpy(shot->bytes, packet->bytes, 12);
	memcpy(shot->bytes + 12, tags, size);
	memcpy(shot->bytes + 12 + size, packet->bytes + 12, packet->size - 12);
	shot->bytes[shot->size - 2] = (uint8_t)(number >> 8);
	shot->bytes[shot->size - 1] = (uint8_t)number;
	oracle_parse(&shot->parsed, RT_LINK_ETHER, shot->bytes, shot->size);
}

struct shots shots_make(struct dice *dice)
{
	static const uint8_t three[12] = { 0x81, 0, 0x6f, 0xff, 0x81, 0, 0, 6, 0x81, 0, 0, 100 };
	static const uint8_t four[16] = { 0x88, 0xa8, 0x0f, 0xa0, 0x91, 0, 0, 7, 0x81, 0, 0, 100, 0x81, 0, 0, 5 };
	struct packet_set set = packets_make(RT_LINK_ETHER);
	struct shots shots = { 0 };
	packets_chains(&set, 4, dice);
	for (size_t i = 0; i < set.count; i++) {
		const struct test_packet *packet = &set.packets[i];
		if (!packet->is_whole)
			continue;
		add(&shots, packet, "", three, 0);
		if (strcmp(packet->way, "plain") == 0 && i % 3 == 0)
			add(&shots, packet, "+3", three, sizeof three);
		if (strcmp(packet->way, "plain") == 0 && i % 3 == 0)
			add(&shots, packet, "+4", four, sizeof four);
	}
	packets_free(&set);
	return shots;
}

void shots_free(struct shots *shots)
{
	free(shots->at);
	*shots = (struct shots){ 0 };
}

uint32_t shot_number(const uint8_t *bytes, uint32_t size) { return rt_be16(bytes + size - 2); }

/* ---- the witness ---------------------------------------------------------------------------------------------- */

int shots_witness(const struct shot_end *end)
{
	const struct sockaddr_ll at = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL),
	                                .sll_ifindex = (int)if_nametoindex(end->iface) };
	const int yes = 1, queue = 8 << 20;
	const struct timeval patience = { .tv_sec = 5 };
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	assert_int_equal(0, setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &yes, sizeof yes));
	assert_int_equal(0, setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience));
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &queue, sizeof queue);
	assert_int_equal(0, bind(fd, (const void *)&at, sizeof at));
	return fd;
}

struct sight { struct tpacket_auxdata aux; uint32_t size; uint8_t type, bytes[2048]; };

static void look(int witness, struct sight *sight)
{
	struct sockaddr_ll from;
	union { struct cmsghdr header; uint8_t bytes[CMSG_SPACE(sizeof(struct tpacket_auxdata))]; } control;
	struct iovec bytes = { .iov_base = sight->bytes, .iov_len = sizeof sight->bytes };
	struct msghdr message = { .msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &bytes, .msg_iovlen = 1,
	                          .msg_control = &control, .msg_controllen = sizeof control };
	const ssize_t size = recvmsg(witness, &message, 0);
	assert_true(size > 0);
	sight->size = (uint32_t)size;
	sight->type = from.sll_pkttype;
	assert_int_equal(PACKET_AUXDATA, control.header.cmsg_type);
	memcpy(&sight->aux, control.bytes + CMSG_LEN(0), sizeof sight->aux);
}

static bool is_moved(uint32_t type) { return type == 0x8100 || type == 0x88a8; }

/* Is the tag where this end promises, and are all other bytes as they were sent? Returns whether it is aside. */
static bool check_sight(const struct shot *shot, const struct shot_end *end, const struct sight *sight)
{
	const bool is_aside = end->moves_tags && is_moved(rt_be16(shot->bytes + 12));
	const uint32_t status = sight->aux.tp_status & (TP_STATUS_VLAN_VALID | TP_STATUS_VLAN_TPID_VALID);
	const uint32_t gone = is_aside ? 4 : 0;
	assert_int_equal(shot->size - gone, sight->size);
	assert_memory_equal(shot->bytes, sight->bytes, 12);
	assert_memory_equal(shot->bytes + 12 + gone, sight->bytes + 12, sight->size - 12);
	assert_int_equal(end->is_out, sight->type == PACKET_OUTGOING);
	assert_int_equal(is_aside ? TP_STATUS_VLAN_VALID | TP_STATUS_VLAN_TPID_VALID : 0, status);
	if (is_aside) {
		assert_int_equal(rt_be16(shot->bytes + 12), sight->aux.tp_vlan_tpid);
		assert_int_equal(rt_be16(shot->bytes + 14), sight->aux.tp_vlan_tci);
	}
	return is_aside;
}

struct kinds { unsigned untagged, in_band, aside, both_in_band, aside_and_in_band, zero_in_band, zero_aside; };

static void count_kind(struct kinds *kinds, const struct shot *shot, bool is_aside)
{
	const unsigned tags = shot->parsed.tags;
	kinds->untagged += tags == 0;
	kinds->aside += tags == 1 && is_aside;
	kinds->in_band += tags == 1 && !is_aside;
	kinds->aside_and_in_band += tags == 2 && is_aside;
	kinds->both_in_band += tags == 2 && !is_aside;
	kinds->zero_aside += tags == 1 && is_aside && shot->parsed.vid[0] == 0;
	kinds->zero_in_band += tags == 1 && !is_aside && shot->parsed.vid[0] == 0;
}

static void check_kinds(const struct kinds *kinds, const struct shot_end *end)
{
	assert_true(kinds->untagged > 0);
	assert_true(kinds->both_in_band > 0);            /* where tags move: with 0x9100 outside */
	assert_true(end->moves_tags == (kinds->aside > 0 && kinds->aside_and_in_band > 0 && kinds->zero_aside > 0));
	assert_true(end->moves_tags != (kinds->in_band > 0 && kinds->zero_in_band > 0));
}

void shots_fire(const struct shots *shots, const struct shot_end *end, int witness)
{
	struct kinds kinds = { 0 };
	int sender = live_sender("v1");
	for (size_t i = 0; i < shots->count; i++)
		assert_int_equal(shots->at[i].size, write(sender, shots->at[i].bytes, shots->at[i].size));
	for (size_t i = 0; i < shots->count; i++) {
		struct sight sight;
		look(witness, &sight);
		count_kind(&kinds, &shots->at[i], check_sight(&shots->at[i], end, &sight));
	}
	check_kinds(&kinds, end);
	close(sender);
	close(witness);
}
