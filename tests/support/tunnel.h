/* SPDX-License-Identifier: MIT */
/* tunnel.h - what tests of tunnels put around and inside: IPv4 and UDP outside, small packets inside. Checksums are 0. */
#ifndef RINGTAP_TESTS_TUNNEL_H
#define RINGTAP_TESTS_TUNNEL_H

/* IPv4 of `len` bytes, then UDP of `udp_len`, both in hex. */
#define TUNNEL_UDP(len, sport, dport, udp_len) \
	"4500" len "00010000" "4011" "0000" "0a000001" "0a000002" sport dport udp_len "0000"
/* 14, 28 and 48 bytes; what is printed of the latter two begins with ... */
#define TUNNEL_ETHER "020000000002" "020000000001" "0800"
#define TUNNEL_INNER "4500001c00010000" "4011" "0000" "c0a81022" "c0a81064" "03e807d000080000"
#define TUNNEL_INNER6 "6000000000081140" "20010db8000000000000000000000001" "20010db8000000000000000000000002" \
	"03e807d000080000"
#define TUNNEL_ENDS  "192.168.16.34:1000 -> 192.168.16.100:2000 TTL: 64, "
#define TUNNEL_ENDS6 "[2001:db8::1]:1000 -> [2001:db8::2]:2000 HLIM: 64, "

#endif
