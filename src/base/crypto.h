/* SPDX-License-Identifier: MIT */
/* crypto.h - what opens packets whose keys anybody can derive: SHA-256 (FIPS 180-4), HMAC (RFC 2104) and HKDF
 * (RFC 5869) with it, AES-128 (FIPS 197), and GCM (NIST SP 800-38D) to read with. Small rather than fast, and with no
 * care for who measures how long it takes: none of this guards a secret. Nothing here allocates. */
#ifndef RINGTAP_BASE_CRYPTO_H
#define RINGTAP_BASE_CRYPTO_H

#include <ringtap/base.h>

#define SHA256_SIZE  32
#define SHA256_BLOCK 64
#define AES_SIZE     16          /* of a block, and of the key                                    */
#define GCM_NONCE    12
#define GCM_TAG      16

static inline void put_be32(uint8_t *p, uint32_t value)
{
	for (unsigned i = 4; i-- > 0; value >>= 8)
		p[i] = (uint8_t)value;
}
static inline void put_be64(uint8_t *p, uint64_t value)
{
	put_be32(p, (uint32_t)(value >> 32));
	put_be32(p + 4, (uint32_t)value);
}

/* ---- sha256.c ------------------------------------------------------------------------------------ */

struct sha256 {
	uint32_t state[8];
	uint64_t size;           /* bytes so far                                                  */
	uint8_t block[SHA256_BLOCK];     /* those of them that make no whole block yet            */
};

void sha256_start(struct sha256 *sha);
void sha256_add(struct sha256 *sha, const void *bytes, size_t size);
void sha256_end(struct sha256 *sha, uint8_t digest[SHA256_SIZE]);

/* ---- hkdf.c -------------------------------------------------------------------------------------- */

/* Keys of at most SHA256_BLOCK bytes. */
void hmac_sha256(const uint8_t *key, size_t key_size, const void *text, size_t size, uint8_t digest[SHA256_SIZE]);
/* HKDF-Expand-Label of TLS 1.3 (RFC 8446 section 7.1) without a context: at most SHA256_SIZE bytes; labels have at most
 * HKDF_LABEL_MAX. HKDF-Extract is hmac_sha256 with the salt as its key. */
#define HKDF_LABEL_MAX 32
void hkdf_expand_label(const uint8_t secret[SHA256_SIZE], const char *label, uint8_t *out, size_t size);

/* ---- aes.c, gcm.c -------------------------------------------------------------------------------- */

struct aes { uint32_t round_keys[44]; };

void aes_start(struct aes *aes, const uint8_t key[AES_SIZE]);
void aes_encrypt(const struct aes *aes, const uint8_t in[AES_SIZE], uint8_t out[AES_SIZE]);      /* may be the same */

/* Decrypts `size` bytes in place; their tag stands behind them. `aside`: what is only authenticated. false: the tag is
 * wrong, and nothing was changed. */
bool gcm_open(const struct aes *aes, const uint8_t nonce[GCM_NONCE], const uint8_t *aside, size_t aside_size,
              uint8_t *bytes, size_t size);

#endif
