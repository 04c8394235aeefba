/* SPDX-License-Identifier: MIT */
/* ring.c - frames out of a TPACKET_V3 ring (Documentation/networking/packet_mmap.rst, net/packet/af_packet.c). The
 * kernel fills blocks of frames; a block belongs to us from the moment its status says USER until we say KERNEL,
 * and that is the lease: parts of it are lent as batches, then it goes back whole. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include "socket.h"

/* 64 KiB blocks silently cut 64 KB frames (loopback, GSO), 128 KiB ones cut BIG TCP of up to 184 KB. It is also a
 * multiple of every page size. */
#define BLOCK_BYTES  (256u << 10)
#define BLOCK_KIB    (BLOCK_BYTES >> 10)
#define FRAME_BYTES  2048u      /* means nothing in V3, but is checked: frames * size = blocks * size */
#define BLOCKS_LEAST 2u
#define BLOCKS_MOST  4096u      /* 1 GiB */

/* ---- the size ------------------------------------------------------------------------------------------- */

/* 1.5 % of the free memory, from 1 to 16 MiB; or what was asked for. In blocks. */
static uint32_t choose_blocks(uint32_t asked_kib)
{
	uint64_t kib = asked_kib;
	if (!kib) {
		kib = rt_memory_available() / 1024 / 64;
		kib = kib < 1024 ? 1024 : kib > 16384 ? 16384 : kib;
	}
	const uint64_t blocks = kib / BLOCK_KIB + (kib % BLOCK_KIB != 0);
	return blocks < BLOCKS_LEAST ? BLOCKS_LEAST : blocks > BLOCKS_MOST ? BLOCKS_MOST : (uint32_t)blocks;
}

/* ---- opening and closing -------------------------------------------------------------------------------- */

/* PACKET_RESERVE must come before the ring. 4 bytes are room for a VLAN tag, and IP headers stay aligned. */
static int prepare(int fd)
{
	const int version = TPACKET_V3, reserve = TAG_BYTES;
	if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version) < 0 ||
	    setsockopt(fd, SOL_PACKET, PACKET_RESERVE, &reserve, sizeof reserve) < 0)
		return -errno;
	return 0;
}

/* No blocks: no ring. */
static int request_blocks(int fd, uint32_t blocks, uint32_t latency_ms)
{
	struct tpacket_req3 request = {
		.tp_block_size = blocks ? BLOCK_BYTES : 0, .tp_block_nr = blocks,
		.tp_frame_size = blocks ? FRAME_BYTES : 0, .tp_frame_nr = blocks * (BLOCK_BYTES / FRAME_BYTES),
		.tp_retire_blk_tov = latency_ms,
	};
	return setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof request) < 0 ? -errno : 0;
}

/* A ring that cannot be mapped is taken away again, or the frames would still go into it. */
static int make_ring(struct rt_capture *capture, uint32_t blocks)
{
	int rc = request_blocks(capture->fd, blocks, capture->latency_ms);
	if (rc < 0)
		return rc;
	void *map = mmap(NULL, (size_t)blocks * BLOCK_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, capture->fd, 0);
	if (map == MAP_FAILED) {
		rc = -errno;
		(void)request_blocks(capture->fd, 0, 0);
		return rc;
	}
	capture->ring = (struct ring){ .map = map, .block_count = blocks };
	return 0;
}

int ring_open(struct rt_capture *capture)
{
	uint32_t blocks = choose_blocks(capture->ring_kib);
	int rc = prepare(capture->fd);
	if (rc < 0)
		return rc;
	while ((rc = make_ring(capture, blocks)) == -ENOMEM && blocks / 2 >= BLOCKS_LEAST)
		blocks /= 2;
	return rc;
}

void ring_close(struct ring *ring)
{
	if (ring->map)
		munmap(ring->map, (size_t)ring->block_count * BLOCK_BYTES);
	*ring = (struct ring){ 0 };
}

uint32_t rt_capture_ring_kib(const struct rt_capture *capture)
{
	return capture->ring.map ? capture->ring.block_count * BLOCK_KIB : 0;
}

/* ---- leases --------------------------------------------------------------------------------------------- */

static struct tpacket_block_desc *current_block(const struct ring *ring)
{
	return (void *)(ring->map + (size_t)ring->current * BLOCK_BYTES);
}

/* Nothing of a block may be read before its status says that it is ours (acquire), nor after we gave it back
 * (store-release). */
static bool lease(struct ring *ring)
{
	struct tpacket_block_desc *block = current_block(ring);
	if (!(__atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER))
		return false;
	ring->left = block->hdr.bh1.num_pkts;           /* 0: kernels 3.2 to 3.18 give out empty blocks too */
	ring->packet = (uint8_t *)block + block->hdr.bh1.offset_to_first_pkt;
	ring->is_leased = true;
	return true;
}

void ring_release(struct ring *ring)
{
	if (!ring->is_leased || ring->left)
		return;
	__atomic_store_n(&current_block(ring)->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
	ring->current = ring->current + 1 < ring->block_count ? ring->current + 1 : 0;
	ring->is_leased = false;
}

/* ---- frames --------------------------------------------------------------------------------------------- */

/* Where the sockaddr_ll of a packet stands, from its header. */
enum { FROM_AT = TPACKET_ALIGN((int)sizeof(struct tpacket3_hdr)) };

static struct arrival read_packet(uint8_t *packet)
{
	const struct tpacket3_hdr *header = (const void *)packet;
	const struct sockaddr_ll *from = (const void *)(packet + FROM_AT);
	return (struct arrival){
		.data = packet + header->tp_mac, .caplen = header->tp_snaplen, .len = header->tp_len,
		.time = (uint64_t)header->tp_sec * 1000000000u + header->tp_nsec, .status = header->tp_status,
		.vlan_tci = header->hv1.tp_vlan_tci, .vlan_tpid = header->hv1.tp_vlan_tpid,
		.type = from->sll_pkttype,
	};
}

bool ring_take(struct rt_capture *capture, struct rt_batch *batch)
{
	struct ring *ring = &capture->ring;
	size_t count = 0;
	if (!ring->is_leased && !lease(ring))
		return false;
	while (ring->left && count < BATCH_FRAMES) {
		struct arrival arrival = read_packet(ring->packet);
		ring->packet += ((const struct tpacket3_hdr *)(const void *)ring->packet)->tp_next_offset;
		ring->left--;
		count += arrival_frame(capture, &arrival, &capture->frames[count]);
	}
	*batch = (struct rt_batch){ .frames = capture->frames, .count = count };
	return true;
}
