/* SPDX-License-Identifier: MIT */
/* demo_talk.c - ordinary traffic, by real sockets of both ends: pings, DNS, a TCP connection, IPv6, a frame of a VLAN
 * and a port that nobody listens on. ARP and neighbour discovery come by themselves. One process holds the sockets
 * of both namespaces and speaks every part in turn, so nothing has to be synchronized, and all waits are bounded. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <ringtap/base.h>
#include "demo.h"
#include "demo_dns.h"

#define TALK_MS   3000          /* all of it, at most */
#define ANSWER_MS 500           /* waiting for one answer, at most */
#define PAUSE_MS  120           /* between pings */
#define PINGS     4
#define PING_DATA 56

struct talk { int here, there; uint64_t end_by; };

static const uint8_t demo_mac[6] = DEMO_MAC, peer_mac[6] = PEER_MAC;
static const uint8_t demo_ip4[4] = DEMO_IP4, peer_ip4[4] = PEER_IP4;
static const uint8_t demo_ip6[16] = DEMO_IP6, peer_ip6[16] = PEER_IP6;

/* ---- sockets and time ----------------------------------------------------------------------------------- */

static uint64_t milliseconds(void)
{
	struct timespec now = { 0 };
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

static void rest(int ms)
{
	const struct timespec time = { .tv_nsec = ms * 1000000L };
	nanosleep(&time, NULL);
}

static int open_in(int netns, int domain, int type, int protocol)
{
	if (setns(netns, CLONE_NEWNET) < 0)
		return -1;
	return socket(domain, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
}

static bool await(const struct talk *talk, int fd, short events)
{
	uint64_t now = milliseconds(), left = now < talk->end_by ? talk->end_by - now : 0;
	struct pollfd ready = { .fd = fd, .events = events };
	return poll(&ready, 1, left < ANSWER_MS ? (int)left : ANSWER_MS) > 0;
}

static struct sockaddr_in place(const uint8_t ip[4], uint16_t port)
{
	struct sockaddr_in made = { .sin_family = AF_INET, .sin_port = htons(port) };
	memcpy(&made.sin_addr, ip, 4);
	return made;
}

static struct sockaddr_in6 place6(const uint8_t ip[16])
{
	struct sockaddr_in6 made = { .sin6_family = AF_INET6 };
	memcpy(&made.sin6_addr, ip, 16);
	return made;
}

static int bound_in(int netns, int type, const uint8_t ip[4], uint16_t port)
{
	const int yes = 1;
	const struct sockaddr_in at = place(ip, port);
	int fd = open_in(netns, AF_INET, type, 0);
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	(void)bind(fd, (const void *)&at, sizeof at);
	return fd;
}

/* RFC 1071, over bytes in two parts (the first of even size). */
static uint16_t internet_checksum(const uint8_t *one, size_t one_size, const uint8_t *two, size_t two_size)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < one_size; i++)
		sum += i % 2 ? one[i] : (uint32_t)one[i] << 8;
	for (size_t i = 0; i < two_size; i++)
		sum += i % 2 ? two[i] : (uint32_t)two[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

static void put16(uint8_t *at, unsigned value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

/* ---- pings (RFC 792, RFC 4443) -------------------------------------------------------------------------- */

static void make_echo(uint8_t echo[8 + PING_DATA], uint8_t type, unsigned sequence)
{
	const unsigned id = 6;
	memset(echo, 0, 8);
	echo[0] = type;
	put16(echo + 4, id);
	put16(echo + 6, sequence);
	for (size_t i = 0; i < PING_DATA; i++)
		echo[8 + i] = (uint8_t)i;
}

static void ping(const struct talk *talk)
{
	uint8_t echo[8 + PING_DATA], answer[256];
	const struct sockaddr_in to = place(peer_ip4, 0);
	int fd = open_in(talk->here, AF_INET, SOCK_RAW, IPPROTO_ICMP);
	for (unsigned i = 1; i <= PINGS; i++) {
		make_echo(echo, 8, i);
		put16(echo + 2, internet_checksum(echo, sizeof echo, NULL, 0));
		(void)sendto(fd, echo, sizeof echo, 0, (const void *)&to, sizeof to);
		if (await(talk, fd, POLLIN))
			(void)recv(fd, answer, sizeof answer, 0);
		rest(PAUSE_MS);
	}
	close(fd);
}

/* The kernel fills in the checksum. What else comes (neighbour discovery) is not ours to answer. */
static void ping6(const struct talk *talk)
{
	uint8_t echo[8 + PING_DATA];
	const struct sockaddr_in6 to = place6(peer_ip6);
	int fd = open_in(talk->here, AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
	const struct sockaddr_in6 from = place6(demo_ip6);
	(void)bind(fd, (const void *)&from, sizeof from);
	for (unsigned i = 1; i <= 2; i++) {
		make_echo(echo, 128, i);
		(void)sendto(fd, echo, sizeof echo, 0, (const void *)&to, sizeof to);
		rest(PAUSE_MS / 2);
	}
	close(fd);
}

/* ---- DNS ------------------------------------------------------------------------------------------------ */

static void ask_names(const struct talk *talk)
{
	struct dns_message query, answer;
	struct sockaddr_in client;
	const struct sockaddr_in to = place(peer_ip4, 53);
	int server = bound_in(talk->there, SOCK_DGRAM, peer_ip4, 53);
	int fd = bound_in(talk->here, SOCK_DGRAM, demo_ip4, 0);
	for (size_t i = 0; dns_query(i, &query); i++) {
		(void)sendto(fd, query.bytes, query.size, 0, (const void *)&to, sizeof to);
		socklen_t size = sizeof client;
		if (!await(talk, server, POLLIN) ||
		    recvfrom(server, query.bytes, sizeof query.bytes, 0, (void *)&client, &size) < 0)
			continue;
		dns_answer(i, &answer);
		(void)sendto(server, answer.bytes, answer.size, 0, (const void *)&client, size);
		if (await(talk, fd, POLLIN))
			(void)recv(fd, answer.bytes, sizeof answer.bytes, 0);
	}
	close(fd);
	close(server);
}

/* ---- TCP ------------------------------------------------------------------------------------------------ */

static void say(const struct talk *talk, int from, int to, const char *what)
{
	char heard[512];
	(void)send(from, what, strlen(what), MSG_NOSIGNAL);
	if (await(talk, to, POLLIN))
		(void)recv(to, heard, sizeof heard, 0);
}

/* The server closes first, as HTTP servers do, so the client's port may be used again at once. */
static void converse(const struct talk *talk, int client, int listener)
{
	const struct sockaddr_in to = place(peer_ip4, 8006);
	char rest_of_it[64];
	(void)connect(client, (const void *)&to, sizeof to);
	int server = await(talk, listener, POLLIN) ? accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK) : -1;
	if (server < 0 || !await(talk, client, POLLOUT))
		return;
	say(talk, client, server, "GET /hello HTTP/1.1\r\nHost: 192.168.16.100:8006\r\nAccept: */*\r\n\r\n");
	say(talk, server, client, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 14\r\n"
	    "Connection: close\r\n\r\nHello, sniffer");
	shutdown(server, SHUT_WR);
	if (await(talk, client, POLLIN))
		(void)recv(client, rest_of_it, sizeof rest_of_it, 0);
	shutdown(client, SHUT_WR);
	if (await(talk, server, POLLIN))
		(void)recv(server, rest_of_it, sizeof rest_of_it, 0);
	close(server);
}

static void connect_once(const struct talk *talk)
{
	int listener = bound_in(talk->there, SOCK_STREAM, peer_ip4, 8006);
	int client = bound_in(talk->here, SOCK_STREAM, demo_ip4, 43948);
	if (listen(listener, 1) == 0)
		converse(talk, client, listener);
	close(client);
	close(listener);
}

/* ---- a VLAN, and nobody there --------------------------------------------------------------------------- */

#define VLAN_TEXT "<14>switch: hello from VLAN 5"
enum { ETHER = 0, TAG = 12, IP = 18, UDP = IP + 20, TEXT = UDP + 8, FRAME = TEXT + sizeof VLAN_TEXT - 1 };

static void make_tagged(uint8_t frame[FRAME])
{
	static const uint8_t headers[] = {
		0x81, 0x00, 0, 5, 0x08, 0x00,                           /* 802.1Q: VLAN 5, then IPv4 */
		0x45, 0, 0, FRAME - IP, 0, 5, 0x40, 0, 64, 17, 0, 0,    /* IPv4: UDP */
	};
	uint8_t pseudo[12] = { 0 };                                     /* RFC 768 */
	memcpy(frame + ETHER, demo_mac, 6);
	memcpy(frame + ETHER + 6, peer_mac, 6);
	memcpy(frame + TAG, headers, sizeof headers);
	memcpy(frame + IP + 12, peer_ip4, 4);
	memcpy(frame + IP + 16, demo_ip4, 4);
	put16(frame + IP + 10, internet_checksum(frame + IP, 20, NULL, 0));
	put16(frame + UDP, 514);
	put16(frame + UDP + 2, 514);
	put16(frame + UDP + 4, FRAME - UDP);
	put16(frame + UDP + 6, 0);
	memcpy(frame + TEXT, VLAN_TEXT, sizeof VLAN_TEXT - 1);
	memcpy(pseudo, frame + IP + 12, 8);
	pseudo[9] = 17;
	put16(pseudo + 10, FRAME - UDP);
	put16(frame + UDP + 6, internet_checksum(pseudo, sizeof pseudo, frame + UDP, FRAME - UDP));
}

/* Sent with its tag in the bytes; on the other end the kernel moves it aside. */
static void send_tagged(const struct talk *talk)
{
	uint8_t frame[FRAME];
	int fd = open_in(talk->there, AF_PACKET, SOCK_RAW, 0);
	const struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_8021Q),
	                                .sll_ifindex = (int)if_nametoindex(DEMO_PEER), .sll_halen = 6 };
	make_tagged(frame);
	(void)sendto(fd, frame, sizeof frame, 0, (const void *)&to, sizeof to);
	close(fd);
}

static void knock(const struct talk *talk)
{
	static const char question[] = "anybody home?";
	const struct sockaddr_in to = place(peer_ip4, 33434);           /* as traceroute does */
	int fd = bound_in(talk->here, SOCK_DGRAM, demo_ip4, 0);
	(void)connect(fd, (const void *)&to, sizeof to);
	(void)send(fd, question, sizeof question - 1, 0);
	(void)await(talk, fd, POLLIN);                                  /* ECONNREFUSED */
	close(fd);
}

void demo_talk(int here, int there)
{
	const struct talk talk = { here, there, milliseconds() + TALK_MS };
	ping(&talk);
	ask_names(&talk);
	connect_once(&talk);
	ping6(&talk);
	send_tagged(&talk);
	knock(&talk);
}
