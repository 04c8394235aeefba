/* SPDX-License-Identifier: MIT */
/* hkdf.c - a secret and labels to keys: HMAC (RFC 2104) and HKDF (RFC 5869) with SHA-256, as TLS 1.3 writes its labels
 * (RFC 8446 section 7.1). */
#include "crypto.h"

/* The digest of a block, which is the key and a byte, and then of `text`. */
static void keyed_digest(const uint8_t *key, size_t key_size, uint8_t with, const void *text, size_t size,
                         uint8_t digest[SHA256_SIZE])
{
	uint8_t block[SHA256_BLOCK];
	struct sha256 sha;
	for (size_t i = 0; i < SHA256_BLOCK; i++)
		block[i] = i < key_size ? key[i] ^ with : with;
	sha256_start(&sha);
	sha256_add(&sha, block, sizeof block);
	sha256_add(&sha, text, size);
	sha256_end(&sha, digest);
}

void hmac_sha256(const uint8_t *key, size_t key_size, const void *text, size_t size, uint8_t digest[SHA256_SIZE])
{
	uint8_t inner[SHA256_SIZE];
	keyed_digest(key, key_size, 0x36, text, size, inner);
	keyed_digest(key, key_size, 0x5c, inner, sizeof inner, digest);
}

void hkdf_expand_label(const uint8_t secret[SHA256_SIZE], const char *label, uint8_t *out, size_t size)
{
	static const char prefix[] = "tls13 ";
	const size_t prefix_size = sizeof prefix - 1, label_size = strlen(label);
	uint8_t info[3 + sizeof prefix - 1 + HKDF_LABEL_MAX + 2] = { 0, (uint8_t)size }, digest[SHA256_SIZE];
	info[2] = (uint8_t)(prefix_size + label_size);
	memcpy(info + 3, prefix, prefix_size);
	memcpy(info + 3 + prefix_size, label, label_size);
	info[3 + prefix_size + label_size + 1] = 1;     /* behind the size of no context: the first piece of output */
	hmac_sha256(secret, SHA256_SIZE, info, 3 + prefix_size + label_size + 2, digest);
	memcpy(out, digest, size);
}
