/* SPDX-License-Identifier: MIT */
/* socket.c - the packet socket (packet(7)). Born with protocol 0 it receives nothing; then it gets its filter, and
 * it is bound last. So no frame of another interface, and none in front of the filter, ever comes. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <stdlib.h>
#include <sys/socket.h>
#include "socket.h"

/* "eth0: bind: Operation not permitted", and what helps. */
static int socket_fail(const struct rt_capture *capture, struct rt_error *error, int code, const char *what)
{
	rt_fail(error, code, "%s: %s: %s", capture->interface.name, what, rt_errno_text(code));
	if (code == EPERM || code == EACCES)
		rt_hint(error, "capturing needs the capability CAP_NET_RAW: use sudo, or once: "
		        "sudo setcap cap_net_raw+ep $(command -v ringtap)");
	if (code == EAFNOSUPPORT)
		rt_hint(error, "this kernel has no packet sockets (CONFIG_PACKET)");
	return -code;
}

int socket_open(struct rt_capture *capture, struct rt_error *error)
{
	capture->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	return capture->fd < 0 ? socket_fail(capture, error, errno, "packet socket") : 0;
}

/* ---- the filter ----------------------------------------------------------------------------------------- */

/* In front of a program; jumps are relative, so the rest need not know. Each leaves A as a program finds it, 0. */
#define GATE_SIZE  4u
#define GATES_SIZE (2 * GATE_SIZE)

static bool has_direction_gate(const struct rt_capture *capture) { return capture->skips_in || capture->skips_out; }

/* For an interface of which one direction is not wanted. */
static size_t put_direction_gate(struct sock_filter gate[GATE_SIZE], bool wants_out)
{
	const struct sock_filter insns[GATE_SIZE] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)(SKF_AD_OFF + SKF_AD_PKTTYPE)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PACKET_OUTGOING, wants_out ? 1 : 0, wants_out ? 0 : 1),
		BPF_STMT(BPF_RET | BPF_K, 0),
		BPF_STMT(BPF_LD | BPF_IMM, 0),
	};
	memcpy(gate, insns, sizeof insns);
	return GATE_SIZE;
}

/* Frames whose VLAN tag is aside all pass. */
static size_t put_aside_gate(struct sock_filter gate[GATE_SIZE])
{
	const struct sock_filter insns[GATE_SIZE] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)(SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, RT_SNAPLEN_MAX),
		BPF_STMT(BPF_LD | BPF_IMM, 0),
	};
	memcpy(gate, insns, sizeof insns);
	return GATE_SIZE;
}

static int attach_insns(int fd, struct sock_filter *insns, size_t count)
{
	const struct sock_fprog fprog = { .len = (unsigned short)count, .filter = insns };
	if (count > BPF_MAXINSNS)
		return -E2BIG;
	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &fprog, sizeof fprog) < 0 ? -errno : 0;
}

/* What is decided again needs all its bytes. */
static void return_all(struct sock_filter *insns, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (insns[i].code == (BPF_RET | BPF_K) && insns[i].k)
			insns[i].k = RT_SNAPLEN_MAX;
}

static int attach(const struct rt_capture *capture, const struct sock_filter *program, size_t count, unsigned rest)
{
	size_t gates = 0;
	struct sock_filter *insns = malloc((GATES_SIZE + count) * sizeof *insns);
	if (!insns)
		return -ENOMEM;
	if (has_direction_gate(capture))
		gates += put_direction_gate(insns, capture->skips_in);
	if (rest & RT_FILTER_TAGS)
		gates += put_aside_gate(insns + gates);
	memcpy(insns + gates, program, count * sizeof *insns);
	if (rest)
		return_all(insns + gates, count);
	int rc = attach_insns(capture->fd, insns, gates + count);
	free(insns);
	return rc;
}

/* The most bytes the program lets through: without asking it, the largest of its constants to return. */
static uint32_t largest_return(const struct sock_filter *program, size_t count)
{
	uint32_t largest = 0;
	for (size_t i = 0; i < count; i++)
		if (program[i].code == (BPF_RET | BPF_K) && program[i].k > largest)
			largest = program[i].k;
	return largest;
}

/* Lets all through, or at least those that the kernel cannot decide about; in whole, for who decides may look at any
 * byte. */
static int attach_wider(struct rt_capture *capture, const struct sock_filter *program, size_t count, unsigned rest)
{
	const struct sock_filter all = BPF_STMT(BPF_RET | BPF_K, RT_SNAPLEN_MAX);
	capture->kernel_snaplen = RT_SNAPLEN_MAX;
	if (capture->refusal == EOPNOTSUPP && attach(capture, program, count, rest) == 0)
		return 0;
	return attach(capture, &all, 1, 0);
}

/* What a program returns is the snapshot length. One too long for the kernel (BPF_MAXINSNS), or too large for
 * net.core.optmem_max (ENOMEM), or that leaves a rest, is replaced by a wider one, and decided here. */
int socket_attach(struct rt_capture *capture, const struct sock_filter *program, size_t count, unsigned rest,
                  struct rt_error *error)
{
	const struct sock_filter all = BPF_STMT(BPF_RET | BPF_K, capture->snaplen);
	program = count ? program : &all;
	count = count ? count : 1;
	const uint32_t most = largest_return(program, count);
	capture->kernel_snaplen = most < capture->snaplen ? most : capture->snaplen;
	capture->insn_count = count + (has_direction_gate(capture) ? GATE_SIZE : 0);
	int rc = rest ? -EOPNOTSUPP : attach(capture, program, count, 0);
	capture->refusal = -rc;
	if (rc < 0)
		rc = attach_wider(capture, program, count, rest);
	return rc < 0 ? socket_fail(capture, error, -rc, "attach filter") : 0;
}

/* ---- the rest ------------------------------------------------------------------------------------------- */

int socket_bind(struct rt_capture *capture, struct rt_error *error)
{
	const int yes = 1;
	const struct packet_mreq promisc = { .mr_ifindex = capture->interface.index, .mr_type = PACKET_MR_PROMISC };
	const struct sockaddr_ll at = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL),
	                                .sll_ifindex = capture->interface.index };
	if (capture->skips_out)         /* the gate says so too; this (Linux 4.20) saves the copy of every frame sent */
		(void)setsockopt(capture->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes);
	if (!capture->no_promisc &&
	    setsockopt(capture->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promisc, sizeof promisc) < 0 &&
	    capture->ring.map) {    /* what refuses rings mostly refuses all options of packet sockets */
		socket_fail(capture, error, errno, "promiscuous mode");
		rt_hint(error, "-p captures without it");
		return -error->code;
	}
	if (bind(capture->fd, (const void *)&at, sizeof at) < 0)
		return socket_fail(capture, error, errno, "bind");
	return 0;
}

/* Reading clears the kernel's counters, and its tp_packets includes those dropped. The statistics of sockets
 * without a ring are the same but end before tp_freeze_q_cnt. */
void socket_count(struct rt_capture *capture)
{
	struct tpacket_stats_v3 now = { 0 };
	socklen_t size = sizeof now;
	if (getsockopt(capture->fd, SOL_PACKET, PACKET_STATISTICS, &now, &size) < 0) {
		capture->stats.received = capture->receiver.taken;      /* qemu-user: better than nothing */
		return;
	}
	capture->stats.received += now.tp_packets;
	capture->stats.dropped += now.tp_drops;
	capture->stats.frozen += now.tp_freeze_q_cnt;
}

/* The kernel unbinds the socket of a removed interface for good (NETDEV_UNREGISTER); one that is only down, or was
 * renamed, keeps its index. */
bool socket_is_gone(const struct rt_capture *capture)
{
	struct sockaddr_ll at = { 0 };
	socklen_t size = sizeof at;
	return getsockname(capture->fd, (void *)&at, &size) == 0 && at.sll_ifindex != capture->interface.index;
}
