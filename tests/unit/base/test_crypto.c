/* SPDX-License-Identifier: MIT */
/* test_crypto.c - SHA-256, HMAC, HKDF, AES-128 and GCM with the examples of their specifications; digests of other
 * sizes are those of python3's hashlib, "all bits" and "aside only" those of python3-cryptography. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "src/base/crypto.h"
#include "bodies.h"
#include "rows.h"

#define LONGEST 128

static void check_bytes(const char *expected, const uint8_t *bytes, size_t size)
{
	char text[2 * LONGEST + 1];
	struct rt_text out;
	rt_text_init(&out, text, sizeof text - 1, -1);
	rt_put_hex_bytes(&out, bytes, size);
	*out.at = '\0';
	assert_string_equal(expected, text);
}

/* ---- SHA-256 --------------------------------------------------------------------------------------------------- */

struct digest_row { const char *name, *expected; size_t size; };

/* Byte i is 7 * i + 3. */
static const struct digest_row digest_rows[] = {
	{ "nothing",              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0 },
	{ "three bytes",          "6ab0dba1f4f1dfbb37b4f9eeb092c09fca4900ad32bdcd147d8dde35d6c87c35", 3 },
	{ "room for the size",    "e7313d333c272e639f790978283f9eb392e843d0f29b7016828bb1daa4aac70b", 55 },
	{ "no room for the size", "4324d65f3c103567f5589c710bc08f8523f929a9272e3af36fc968e52abc6c27", 56 },
	{ "almost a block",       "81c80242132f230c3bd41b3e63bbcff16107339549214a99614ff26664625055", 63 },
	{ "a block",              "39e3d7b6b5d075d37d053ad89b24b41bef4f3c29760c84447cab3f3be1882241", 64 },
	{ "a block and a byte",   "aacca6ff74fdbb296d165a45cecfa04e5127bc008770fbbdd48006f2d2fae95e", 65 },
	{ "room in the second",   "9ce7368e4daf32341631b492e80359dc9f594b48453cd0dd5bf0b19279cc177e", 119 },
	{ "no room there",        "7836b787757e95e58b3ca5aec90b1b004e8deba1e50e9675af9cabf1a13a04b5", 120 },
	{ "many blocks",          "1e9bc38cbf860b9ec31918b065f9b52476c549a782e0e7990bed8ce3868d2371", 1000 },
};

/* In one piece, and in pieces of every size up to a block. */
static void test_digest(void **state)
{
	const struct digest_row *row = *state;
	uint8_t bytes[1000], digest[SHA256_SIZE];
	struct sha256 sha;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(7 * i + 3);
	for (size_t piece = 1; piece <= SHA256_BLOCK + 1; piece++) {
		sha256_start(&sha);
		for (size_t at = 0; at < row->size; at += piece)
			sha256_add(&sha, bytes + at, row->size - at < piece ? row->size - at : piece);
		sha256_end(&sha, digest);
		check_bytes(row->expected, digest, sizeof digest);
	}
}

struct text_row { const char *name, *expected, *text; };

static const struct text_row text_rows[] = {            /* FIPS 180-4, examples of the NIST */
	{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "abc" },
	{ "two blocks", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
	  "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq" },
};

static void test_text(void **state)
{
	const struct text_row *row = *state;
	uint8_t digest[SHA256_SIZE];
	struct sha256 sha;
	sha256_start(&sha);
	sha256_add(&sha, row->text, strlen(row->text));
	sha256_end(&sha, digest);
	check_bytes(row->expected, digest, sizeof digest);
}

/* ---- keys ------------------------------------------------------------------------------------------------------ */

struct hmac_row { const char *name, *expected, *key, *text; };

static const struct hmac_row hmac_rows[] = {            /* RFC 4231 sections 4.2 to 4.4; the last: RFC 9001 A.1 */
	{ "greeting", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
	  "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265" },
	{ "short key", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
	  "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f" },
	{ "bytes", "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  "dddddddddddddddddddddddddddddddddddddddddddddddddddd"
	  "dddddddddddddddddddddddddddddddddddddddddddddddd" },
	{ "initial secret", "7db5df06e7a69e432496adedb00851923595221596ae2ae9fb8115c1e9ed0a44",
	  "38762cf7f55934b34d179ae6a4c80cadccbb7f0a", "8394c8f03e515708" },
};

static void test_hmac(void **state)
{
	const struct hmac_row *row = *state;
	uint8_t key[LONGEST], text[LONGEST], digest[SHA256_SIZE];
	size_t key_size = hex_put(key, row->key), size = hex_put(text, row->text);
	hmac_sha256(key, key_size, text, size, digest);
	check_bytes(row->expected, digest, sizeof digest);
}

struct label_row { const char *expected, *secret, *label; };

#define INITIAL "7db5df06e7a69e432496adedb00851923595221596ae2ae9fb8115c1e9ed0a44"
#define CLIENT  "c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea"
#define SERVER  "3c199828fd139efd216c155ad844cc81fb82fa8d7446fa7d78be803acdda951b"

static const struct label_row label_rows[] = {          /* RFC 9001 A.1 */
	{ CLIENT, INITIAL, "client in" },
	{ SERVER, INITIAL, "server in" },
	{ "1f369613dd76d5467730efcbe3b1a22d", CLIENT, "quic key" },
	{ "fa044b2f42a3fd3b46fb255c", CLIENT, "quic iv" },
	{ "9f50449e04a0e810283a1e9933adedd2", CLIENT, "quic hp" },
};

static void test_label(void **state)
{
	const struct label_row *row = *state;
	uint8_t secret[SHA256_SIZE], out[SHA256_SIZE];
	size_t size = strlen(row->expected) / 2;
	hex_put(secret, row->secret);
	hkdf_expand_label(secret, row->label, out, size);
	check_bytes(row->expected, out, size);
}

/* ---- AES-128 and GCM ------------------------------------------------------------------------------------------- */

struct block_row { const char *name, *expected, *key, *block; };

static const struct block_row block_rows[] = {
	{ "FIPS 197 B", "3925841d02dc09fbdc118597196a0b32", "2b7e151628aed2a6abf7158809cf4f3c",
	  "3243f6a8885a308d313198a2e0370734" },
	{ "FIPS 197 C.1", "69c4e0d86a7b0430d8cdb78070b4c55a", "000102030405060708090a0b0c0d0e0f",
	  "00112233445566778899aabbccddeeff" },
	{ "all bits", "bcbf217cb280cf30b2517052193ab979", "ffffffffffffffffffffffffffffffff",
	  "ffffffffffffffffffffffffffffffff" },
	{ "RFC 9001 A.2", "437b9aec36be423400cdd115d9db3241", "9f50449e04a0e810283a1e9933adedd2",
	  "d1b1c98dd7689fb8ec11d242b123dc9b" },
};

static void test_block(void **state)
{
	const struct block_row *row = *state;
	uint8_t key[AES_SIZE], block[AES_SIZE];
	struct aes aes;
	hex_put(key, row->key);
	hex_put(block, row->block);
	aes_start(&aes, key);
	aes_encrypt(&aes, block, block);
	check_bytes(row->expected, block, sizeof block);
}

struct gcm_row { const char *name, *expected, *sealed, *key, *nonce, *aside; };

#define ZEROS  "00000000000000000000000000000000"
#define KEY    "feffe9928665731c6d6a8f9467308308"
#define NONCE  "cafebabefacedbaddecaf888"
#define PLAIN  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" \
               "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
#define SEALED "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e" \
               "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
#define ASIDE  "feedfacedeadbeeffeedfacedeadbeefabaddad2"

static const struct gcm_row gcm_rows[] = {              /* the test cases of the proposal to the NIST */
	{ "case 1", "", "58e2fccefa7e3061367f1d57a4e7455a", ZEROS, "000000000000000000000000", "" },
	{ "case 2", ZEROS, "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf", ZEROS,
	  "000000000000000000000000", "" },
	{ "case 3", PLAIN "1aafd255", SEALED "473f5985" "4d5c2af327cd64a62cf35abd2ba6fab4", KEY, NONCE, "" },
	{ "case 4", PLAIN, SEALED "5bc94fbc3221a5db94fae95ae7121a47", KEY, NONCE, ASIDE },
	{ "aside only", "", "346434fd51d5cd0c5887ec63e39b907a", KEY, NONCE, ASIDE },
};

/* With any bit turned over nothing is opened. */
static void test_gcm(void **state)
{
	const struct gcm_row *row = *state;
	uint8_t key[AES_SIZE], nonce[GCM_NONCE], aside[LONGEST], bytes[LONGEST], before[LONGEST];
	const size_t aside_size = hex_put(aside, row->aside), all = hex_put(bytes, row->sealed), size = all - GCM_TAG;
	struct aes aes;
	hex_put(key, row->key);
	hex_put(nonce, row->nonce);
	aes_start(&aes, key);
	for (size_t bit = 0; bit < 8 * (all + aside_size); bit++) {
		uint8_t *spoilt = bit / 8 < all ? bytes + bit / 8 : aside + bit / 8 - all;
		*spoilt ^= (uint8_t)(1 << bit % 8);
		memcpy(before, bytes, all);
		assert_false(gcm_open(&aes, nonce, aside, aside_size, bytes, size));
		assert_memory_equal(before, bytes, all);
		*spoilt ^= (uint8_t)(1 << bit % 8);
	}
	assert_true(gcm_open(&aes, nonce, aside, aside_size, bytes, size));
	check_bytes(row->expected, bytes, size);
}

int main(void)
{
	for (size_t i = 0; i < RT_COUNT(digest_rows); i++)
		rows_add("SHA-256", digest_rows[i].name, test_digest, &digest_rows[i]);
	for (size_t i = 0; i < RT_COUNT(text_rows); i++)
		rows_add("SHA-256", text_rows[i].name, test_text, &text_rows[i]);
	for (size_t i = 0; i < RT_COUNT(hmac_rows); i++)
		rows_add("HMAC", hmac_rows[i].name, test_hmac, &hmac_rows[i]);
	for (size_t i = 0; i < RT_COUNT(label_rows); i++)
		rows_add("HKDF", label_rows[i].label, test_label, &label_rows[i]);
	for (size_t i = 0; i < RT_COUNT(block_rows); i++)
		rows_add("AES", block_rows[i].name, test_block, &block_rows[i]);
	for (size_t i = 0; i < RT_COUNT(gcm_rows); i++)
		rows_add("GCM", gcm_rows[i].name, test_gcm, &gcm_rows[i]);
	return rows_run("crypto");
}
