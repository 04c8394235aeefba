/* SPDX-License-Identifier: MIT */
/* gcm.c - reads what AES-128 in Galois/Counter Mode protects (NIST SP 800-38D). A block is a polynomial whose first bit
 * has the lowest power; a table of the sixteen products with half a byte, made for each key, multiplies by its H. */
#include "crypto.h"

struct product { uint64_t high, low; };

struct ghash {
	struct product table[16];        /* half a byte times H                                   */
	struct product sum;
};

/* Times x^4: what falls out at the end comes back as multiples of x^128 = x^7 + x^2 + x + 1. */
static struct product shifted(struct product p)
{
	static const uint16_t back[16] = { 0x0000, 0x1c20, 0x3840, 0x2460, 0x7080, 0x6ca0, 0x48c0, 0x54e0,
	                                   0xe100, 0xfd20, 0xd940, 0xc560, 0x9180, 0x8da0, 0xa9c0, 0xb5e0 };
	return (struct product){ p.high >> 4 ^ (uint64_t)back[p.low & 15] << 48, p.high << 60 | p.low >> 4 };
}

static struct product added(struct product a, struct product b)
{
	return (struct product){ a.high ^ b.high, a.low ^ b.low };
}

static void ghash_start(struct ghash *hash, const struct aes *aes)
{
	static const uint8_t zeros[AES_SIZE];
	uint8_t h[AES_SIZE];
	aes_encrypt(aes, zeros, h);
	memset(hash, 0, sizeof *hash);
	struct product p = { rt_be64(h), rt_be64(h + 8) };
	for (unsigned bit = 8; bit; bit /= 2) {         /* 8 is the power 0 */
		hash->table[bit] = p;
		p = (struct product){ p.high >> 1 ^ (p.low & 1 ? 0xe1ull << 56 : 0), p.high << 63 | p.low >> 1 };
	}
	for (unsigned bit = 2; bit < 16; bit *= 2)
		for (unsigned rest = 1; rest < bit; rest++)
			hash->table[bit + rest] = added(hash->table[bit], hash->table[rest]);
}

static void ghash_block(struct ghash *hash, struct product block)
{
	const struct product factor = added(hash->sum, block);
	struct product sum = { 0, 0 };
	for (unsigned i = 0; i < 32; i++) {
		const uint64_t half = i < 16 ? factor.low : factor.high;
		sum = added(shifted(sum), hash->table[half >> (i % 16 * 4) & 15]);
	}
	hash->sum = sum;
}

/* The last block is filled up with zeros. */
static void ghash_add(struct ghash *hash, const uint8_t *bytes, size_t size)
{
	for (; size >= AES_SIZE; bytes += AES_SIZE, size -= AES_SIZE)
		ghash_block(hash, (struct product){ rt_be64(bytes), rt_be64(bytes + 8) });
	if (size) {
		uint8_t last[AES_SIZE] = { 0 };
		memcpy(last, bytes, size);
		ghash_block(hash, (struct product){ rt_be64(last), rt_be64(last + 8) });
	}
}

/* The block that the counter makes: 1 is for the tag, data begin at 2. */
static void counter_block(const struct aes *aes, const uint8_t nonce[GCM_NONCE], uint32_t counter,
                          uint8_t out[AES_SIZE])
{
	memcpy(out, nonce, GCM_NONCE);
	put_be32(out + GCM_NONCE, counter);
	aes_encrypt(aes, out, out);
}

static bool is_authentic(const struct aes *aes, const uint8_t nonce[GCM_NONCE], const uint8_t *aside, size_t aside_size,
                         const uint8_t *bytes, size_t size)
{
	struct ghash hash;
	uint8_t tag[GCM_TAG];
	ghash_start(&hash, aes);
	ghash_add(&hash, aside, aside_size);
	ghash_add(&hash, bytes, size);
	ghash_block(&hash, (struct product){ (uint64_t)aside_size * 8, (uint64_t)size * 8 });
	counter_block(aes, nonce, 1, tag);
	return (rt_be64(tag) ^ hash.sum.high) == rt_be64(bytes + size) &&
	       (rt_be64(tag + 8) ^ hash.sum.low) == rt_be64(bytes + size + 8);
}

bool gcm_open(const struct aes *aes, const uint8_t nonce[GCM_NONCE], const uint8_t *aside, size_t aside_size,
              uint8_t *bytes, size_t size)
{
	uint8_t block[AES_SIZE];
	if (!is_authentic(aes, nonce, aside, aside_size, bytes, size))
		return false;
	for (size_t i = 0; i < size; i++) {
		if (i % AES_SIZE == 0)
			counter_block(aes, nonce, 2 + (uint32_t)(i / AES_SIZE), block);
		bytes[i] ^= block[i % AES_SIZE];
	}
	return true;
}
