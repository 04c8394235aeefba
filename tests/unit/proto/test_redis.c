/* SPDX-License-Identifier: MIT */
/* test_redis.c - RESP, with the examples of Redis' protocol specification; tshark 4.0.17 reads the same. */
#include "carrier.h"
#include "dissected.h"

#define V4   RT_LINK_IPV4
#define CRLF "0d0a"
#define WORD(size, text) "'$" size "'" CRLF "'" text "'" CRLF

static const struct dissected_packet packets[] = {
	{ { "set", V4, TCP4("c000", "18eb") "'*3'" CRLF WORD("3", "SET") WORD("5", "mykey") WORD("2", "hi") },
	  "IP / TCP / RedisCommand", TCP4_LINE("49152", "6379", "Redis SET mykey, Len: 32"), .is_doubtful = true },
	{ { "ping", V4, TCP4("c000", "18eb") "'*1'" CRLF WORD("4", "PING") "'*1'" CRLF },
	  "IP / TCP / RedisCommand / Raw",
	  TCP4_LINE("49152", "6379", "Redis PING, Len: 18"), .is_doubtful = true },
	{ { "error", V4, TCP4("18eb", "c000") "'-ERR unknown command'" CRLF }, "IP / TCP / RedisReply",
	  TCP4_LINE("6379", "49152", "Redis -ERR unknown command, Len: 22") },
	{ { "binary", V4, TCP4("18eb", "c000") "00" CRLF }, "IP / TCP / Raw",
	  "192.168.16.34:6379 -> 192.168.16.100:49152 TTL: 64, Flags: PA, Seq: 1, Ack: 2, Win: 512, Len: 3" },
	{ { "goes on", V4, TCP4("c000", "18eb") "'*3'" CRLF WORD("3", "SET") "'$900'" CRLF "'abc'" },
	  "IP / TCP / RedisCommand", TCP4_LINE("49152", "6379", "Redis SET abc, Len: 22"), .is_doubtful = true },
};

static const struct dissected_field fields[] = {
	{ "3", "set", "RedisCommand", "count" },
	{ "hi", "set", "RedisCommand", "value" },
	{ "", "ping", "RedisCommand", "key" },
	{ "-", "error", "RedisReply", "type" },
};

DISSECTED_MAIN("redis", packets, fields)
