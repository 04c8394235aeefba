/* SPDX-License-Identifier: MIT */
/* sha256.c - bytes to their SHA-256 digest (FIPS 180-4, sections 5 and 6.2). */
#include "crypto.h"

static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t turned(uint32_t x, unsigned by) { return x >> by | x << (32 - by); }

/* The message schedule, of which sixteen words are needed at a time. */
static uint32_t next_word(uint32_t words[16], unsigned i)
{
	uint32_t a = words[(i + 1) % 16], b = words[(i + 14) % 16];
	words[i % 16] += (turned(a, 7) ^ turned(a, 18) ^ a >> 3) + words[(i + 9) % 16] +
	                 (turned(b, 17) ^ turned(b, 19) ^ b >> 10);
	return words[i % 16];
}

static void add_block(struct sha256 *sha, const uint8_t *block)
{
	uint32_t words[16], s[8];
	memcpy(s, sha->state, sizeof s);
	for (unsigned i = 0; i < 64; i++) {
		const uint32_t word = i < 16 ? words[i] = rt_be32(block + 4 * i) : next_word(words, i);
		const uint32_t one = s[7] + (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) +
		                     ((s[4] & s[5]) ^ (~s[4] & s[6])) + constants[i] + word;
		const uint32_t two = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)) +
		                     ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
		memmove(s + 1, s, 7 * sizeof s[0]);
		s[4] += one;
		s[0] = one + two;
	}
	for (unsigned i = 0; i < 8; i++)
		sha->state[i] += s[i];
}

void sha256_start(struct sha256 *sha)
{
	static const uint32_t start[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	                                   0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	memcpy(sha->state, start, sizeof start);
	sha->size = 0;
}

void sha256_add(struct sha256 *sha, const void *bytes, size_t size)
{
	const uint8_t *from = bytes;
	while (size) {
		size_t used = sha->size % SHA256_BLOCK, part = SHA256_BLOCK - used;
		part = part < size ? part : size;
		memcpy(sha->block + used, from, part);
		from += part;
		size -= part;
		sha->size += part;
		if (used + part == SHA256_BLOCK)
			add_block(sha, sha->block);
	}
}

void sha256_end(struct sha256 *sha, uint8_t digest[SHA256_SIZE])
{
	static const uint8_t padding[SHA256_BLOCK] = { 0x80 };
	uint8_t bits[8];
	put_be64(bits, sha->size * 8);
	sha256_add(sha, padding, 1 + (SHA256_BLOCK + 55 - sha->size % SHA256_BLOCK) % SHA256_BLOCK);
	sha256_add(sha, bits, sizeof bits);
	for (unsigned i = 0; i < 8; i++)
		put_be32(digest + 4 * i, sha->state[i]);
}
