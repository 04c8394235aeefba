/* SPDX-License-Identifier: MIT */
/* tls_handshake.c - the handshake messages of TLS that are sent in clear (RFC 8446 section 4, RFC 5246 section 7.4) and
 * their extensions (RFC 6066, RFC 7301), as items of a record's list `msg`. */
#include "flow.h"
#include "tls.h"
#include "words.h"

#define WORD(value, name) { value, name },
static const struct rt_word cipher_words[] = {
#include "names/tls_ciphers.def"
};
static const struct rt_names ciphers = { RT_WORDS(cipher_words) };
static const struct rt_word version_words[] = {
	{ 0x0200, "SSLv2" }, { 0x0300, "SSLv3" }, { 0x0301, "TLS 1.0" }, { 0x0302, "TLS 1.1" }, { 0x0303, "TLS 1.2" },
	{ 0x0304, "TLS 1.3" },
};
const struct rt_names tls_versions = { RT_WORDS(version_words) };
static const struct rt_word type_words[] = {
	{ 0, "hello_request" }, { 1, "client_hello" }, { 2, "server_hello" }, { 3, "hello_verify_request" },
	{ 4, "session_ticket" }, { 6, "hello_retry_request" }, { 8, "encrypted_extensions" }, { 11, "certificate" },
	{ 12, "server_key_exchange" }, { 13, "certificate_request" }, { 14, "server_hello_done" },
	{ 15, "certificate_verify" }, { 16, "client_key_exchange" }, { 20, "finished" }, { 21, "certificate_url" },
	{ 22, "certificate_status" }, { 23, "supplemental_data" }, { 24, "key_update" },
};
const struct rt_names tls_handshake_types = { RT_WORDS(type_words) };
static const struct rt_word extension_words[] = {
	{ 0, "server_name" }, { 1, "max_fragment_length" }, { 5, "status_request" }, { 10, "supported_groups" },
	{ 11, "ec_point_formats" }, { 13, "signature_algorithms" }, { 15, "heartbeat" }, { 16, "alpn" },
	{ 18, "signed_certificate_timestamp" }, { 21, "padding" }, { 22, "encrypt_then_mac" },
	{ 23, "extended_master_secret" }, { 28, "record_size_limit" }, { 35, "session_ticket" },
	{ 41, "pre_shared_key" }, { 42, "early_data_indication" }, { 43, "supported_versions" }, { 44, "cookie" },
	{ 45, "psk_key_exchange_modes" }, { 47, "certificate_authorities" }, { 49, "post_handshake_auth" },
	{ 50, "signature_algorithms_cert" }, { 51, "key_share" }, { 13172, "next_protocol_negotiation" },
	{ 65281, "renegotiation_info" },
};
static const struct rt_names extension_names = { RT_WORDS(extension_words) };
static const struct rt_word group_words[] = {
	{ 19, "secp192r1" }, { 21, "secp224r1" }, { 22, "secp256k1" }, { 23, "secp256r1" }, { 24, "secp384r1" },
	{ 25, "secp521r1" }, { 29, "x25519" }, { 30, "x448" }, { 256, "ffdhe2048" }, { 257, "ffdhe3072" },
	{ 258, "ffdhe4096" }, { 259, "ffdhe6144" }, { 260, "ffdhe8192" }, { 4588, "X25519MLKEM768" },
};
static const struct rt_names groups = { RT_WORDS(group_words) };
static const struct rt_word compression_words[] = { { 0, "null" }, { 1, "deflate" } };
static const struct rt_names compressions = { RT_WORDS(compression_words) };

/* ---- extensions: type, length, value ------------------------------------------------------------------------ */

#define VALUES(c_name, bits, kind, ...) \
	static const struct rt_row c_name##_item_rows[] = { { "value", 0, bits, kind, __VA_ARGS__ } }; \
	static const struct rt_proto c_name##_item = { .name = "value", .spec = "RFC 8446 section 4", \
	                                               RT_ROWS(c_name##_item_rows), .header = (bits) / 8 }; \
	static const struct rt_list c_name##_list = { .other = &c_name##_item, .item_bytes = (bits) / 8, \
	                                              .is_values = true, .last_code = -1 }
VALUES(cipher, 16, RT_XENUM, .names = &ciphers);
VALUES(version, 16, RT_XENUM, .names = &tls_versions);
VALUES(group, 16, RT_ENUM, .names = &groups);
VALUES(scheme, 16, RT_HEX, .names = NULL);
VALUES(compression, 8, RT_ENUM, .names = &compressions);

static const struct rt_row server_name_rows[] = {
	{ "nametype", 0, 8, RT_NUM }, { "namelen", 8, 16, RT_NUM }, { "servername", 24, 0, RT_TEXT },
};
static const struct rt_proto server_name = { .name = "ServerName", .spec = "RFC 6066 section 3",
                                             RT_ROWS(server_name_rows), .header = 3 };
static const struct rt_list server_names = { .other = &server_name, .code_bytes = 1, .length_bytes = 2,
                                             .length_unit = 1, .length_add = 3, .last_code = -1 };
static const struct rt_row protocol_rows[] = { { "len", 0, 8, RT_NUM }, { "protocol", 8, 0, RT_TEXT } };
static const struct rt_proto protocol = { .name = "ProtocolName", .spec = "RFC 7301 section 3.1",
                                          RT_ROWS(protocol_rows), .header = 1 };
static const struct rt_list protocols = { .other = &protocol, .length_bytes = 1, .length_unit = 1, .length_add = 1,
                                          .last_code = -1 };

#define EXTENSION { "type", 0, 16, RT_ENUM, .names = &extension_names }, { "len", 16, 16, RT_NUM }
#define WITH_LIST(c_name, words, size, items) \
	static const struct rt_row c_name[] = { EXTENSION, { words "len", 32, size, RT_NUM }, \
	                                        { words, 32 + (size), 0, RT_LIST, .list = &items } }
WITH_LIST(sni_rows,      "servernames", 16, server_names);
WITH_LIST(alpn_rows,     "protocols",   16, protocols);
WITH_LIST(versions_rows, "versions",     8, version_list);
WITH_LIST(groups_rows,   "groups",      16, group_list);
static const struct rt_row schemes_rows[] = { EXTENSION, { "sig_algs_len", 32, 16, RT_NUM },
                                              { "sig_algs", 48, 0, RT_LIST, .list = &scheme_list } };
static const struct rt_row version_rows[] = { EXTENSION, { "version", 32, 16, RT_XENUM, .names = &tls_versions } };
static const struct rt_row bare_rows[]    = { EXTENSION };
static const struct rt_row bytes_rows[]   = { EXTENSION, { "val", 32, 0, RT_XBYTES } };

#define ITEM(c_name, class, words, rfc, table, bytes) \
	static const struct rt_proto c_name = { .name = class, .title = "TLS Extension - " words, .spec = rfc, \
	                                        RT_ROWS(table), .header = bytes }
ITEM(sni,      "TLS_Ext_ServerName", "Server Name", "RFC 6066 section 3", sni_rows, 6);
ITEM(alpn,     "TLS_Ext_ALPN", "Application Layer Protocol Negotiation", "RFC 7301 section 3.1", alpn_rows, 6);
ITEM(versions, "TLS_Ext_SupportedVersion_CH", "Supported Versions (for ClientHello)", "RFC 8446 section 4.2.1",
     versions_rows, 5);
ITEM(selected, "TLS_Ext_SupportedVersion_SH", "Supported Versions (for ServerHello)", "RFC 8446 section 4.2.1",
     version_rows, 6);
ITEM(groups_extension, "TLS_Ext_SupportedGroups", "Supported Groups", "RFC 8446 section 4.2.7", groups_rows, 6);
ITEM(schemes,  "TLS_Ext_SignatureAlgorithms", "Signature Algorithms", "RFC 8446 section 4.2.3", schemes_rows, 6);
ITEM(then_mac, "TLS_Ext_EncryptThenMAC", "Encrypt-then-MAC", "RFC 7366 section 2", bare_rows, 4);
ITEM(extended, "TLS_Ext_ExtendedMasterSecret", "Extended Master Secret", "RFC 7627 section 5.1", bare_rows, 4);
ITEM(unknown,  "TLS_Ext_Unknown", "Scapy Unknown", "RFC 8446 section 4.2", bytes_rows, 4);

static const struct rt_item client_items[] = {
	{ 0, &sni }, { 10, &groups_extension }, { 13, &schemes }, { 16, &alpn }, { 22, &then_mac },
	{ 23, &extended }, { 43, &versions },
};
static const struct rt_item server_items[] = {
	{ 16, &alpn }, { 22, &then_mac }, { 23, &extended }, { 43, &selected },
};
#define EXTENSIONS(items) { RT_ITEMS(items), .other = &unknown, .code_bytes = 2, .length_bytes = 2, .length_unit = 1, \
                            .length_add = 4, .last_code = -1 }
static const struct rt_list client_extensions = EXTENSIONS(client_items);
static const struct rt_list server_extensions = EXTENSIONS(server_items);

/* ---- messages ------------------------------------------------------------------------------------------------- */

#define START { "msgtype", 0, 8, RT_ENUM, .names = &tls_handshake_types }, { "msglen", 8, 24, RT_NUM }
#define HELLO { "version", 32, 16, RT_XENUM, .names = &tls_versions }, { "gmt_unix_time", 48, 32, RT_NUM }, \
              { "random_bytes", 80, 224, RT_XBYTES }, { "sidlen", 304, 8, RT_NUM }, \
              { "sid", 312, 0, RT_BYTES, RT_COUNTED(1, 1, 0) }
#define BEHIND 312                      /* bits of the fixed part of a hello                              */

static const struct rt_row client_hello_rows[] = {
	START, HELLO,
	{ "cipherslen", BEHIND, 16, RT_NUM }, { "ciphers", BEHIND, 0, RT_LIST, .list = &cipher_list,
		RT_COUNTED(1, 1, 0) },
	{ "complen", BEHIND, 8, RT_NUM }, { "comp", BEHIND, 0, RT_LIST, .list = &compression_list,
		RT_COUNTED(1, 1, 0) },
	{ "extlen", BEHIND, 16, RT_NUM }, { "ext", BEHIND, 0, RT_LIST, .list = &client_extensions,
		RT_COUNTED(1, 1, 0) },
};
static const struct rt_row server_hello_rows[] = {
	START, HELLO,
	{ "cipher", BEHIND, 16, RT_XENUM, .names = &ciphers }, { "comp", BEHIND, 8, RT_ENUM, .names = &compressions },
	{ "extlen", BEHIND, 16, RT_NUM }, { "ext", BEHIND, 0, RT_LIST, .list = &server_extensions,
		RT_COUNTED(1, 1, 0) },
};
static const struct rt_row cert_rows[] = { { "len", 0, 24, RT_NUM },
	{ "data", 24, 0, RT_XBYTES, RT_COUNTED(1, 1, 0) } };
static const struct rt_proto cert = { .name = "Cert", .title = "Certificate", .spec = "RFC 5246 section 7.4.2",
                                      RT_ROWS(cert_rows), .header = 3, .is_flow = true };
static const struct rt_list certs = { .other = &cert, .is_sized = true, .last_code = -1 };
static const struct rt_row certificate_rows[] = {
	START, { "certslen", 32, 24, RT_NUM }, { "certs", 56, 0, RT_LIST, .list = &certs },
};
static const struct rt_row short_rows[] = { START };
static const struct rt_row other_rows[] = { START, { "data", 32, 0, RT_XBYTES } };
static const struct rt_row encrypted_rows[] = { { "load", 0, 0, RT_XBYTES } };

#define MESSAGE(c_name, class, words, rfc, table, bytes, ...) \
	const struct rt_proto c_name = { .name = class, .title = "TLS Handshake" words, .spec = rfc, \
	                                        RT_ROWS(table), .header = bytes, __VA_ARGS__ }
MESSAGE(tls_client_hello, "TLSClientHello", " - Client Hello", "RFC 8446 section 4.1.2", client_hello_rows, 39,
        .is_flow = true);
MESSAGE(tls_server_hello, "TLSServerHello", " - Server Hello", "RFC 8446 section 4.1.3", server_hello_rows, 39,
        .is_flow = true);
MESSAGE(tls_certificate, "TLSCertificate", " - Certificate", "RFC 5246 section 7.4.2", certificate_rows, 7,
	.is_flow = false);
MESSAGE(tls_hello_request, "TLSHelloRequest", " - Hello Request", "RFC 5246 section 7.4.1.1", short_rows, 4,
        .is_flow = false);
MESSAGE(tls_hello_done, "TLSServerHelloDone", " - Server Hello Done", "RFC 5246 section 7.4.5", short_rows, 4,
        .is_flow = false);
MESSAGE(tls_message, "TLSHandshake", "", "RFC 8446 section 4", other_rows, 4, .is_flow = false);
const struct rt_proto tls_encrypted = { .name = "TLSEncryptedContent", .title = "Encrypted Content",
                                        .spec = "RFC 8446 section 5.2", RT_ROWS(encrypted_rows), .header = 1 };

const struct rt_proto *tls_handshake_proto(uint8_t type)
{
	switch (type) {
	case TLS_HELLO_REQUEST: return &tls_hello_request;
	case TLS_CLIENT_HELLO:  return &tls_client_hello;
	case TLS_SERVER_HELLO:  return &tls_server_hello;
	case TLS_CERTIFICATE:   return &tls_certificate;
	case TLS_HELLO_DONE:    return &tls_hello_done;
	default:                return rt_names_find(&tls_handshake_types, type) ? &tls_message : &tls_encrypted;
	}
}

/* ---- what lines say about a message --------------------------------------------------------------------------- */

/* The extension of that number in a client's or server's hello, of which the end may be missing. */
static bool find_extension(const struct rt_frame *frame, const struct rt_layer *hello, uint16_t number,
                           struct rt_layer *found)
{
	const struct rt_row *row = rt_row_find(hello->proto, "ext", 3);
	struct rt_place place = { 0, 0 };
	if (!row)
		return false;
	flow_place(frame, hello, row, &place);
	if (place.bit / 8 > hello->header)
		return false;
	const uint32_t at = hello->at + place.bit / 8, left = hello->at + hello->header - at, size = place.width / 8;
	struct rt_walk walk = { .frame = frame, .list = row->list, .owner = *hello, .at = at,
	                        .end = at + (size < left ? size : left), .most = RT_ITEMS_MAX };
	while (rt_walk_next(&walk, found))
		if (found->header >= 4 && rt_be16(frame->data + found->at) == number)
			return true;
	return false;
}

/* A server says its version in an extension since TLS 1.3. */
static bool place_version(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_layer *hello,
                          struct rt_place *place)
{
	struct rt_layer extension;
	bool is_extended = frame->data[hello->at] == TLS_SERVER_HELLO && find_extension(frame, hello, 43, &extension);
	uint32_t at = is_extended ? extension.at : hello->at;
	*place = (struct rt_place){ (at + 4 - layer->at) * 8, 16 };
	return frame->data[hello->at] <= TLS_SERVER_HELLO;
}

/* The first string of a list in an extension; `skip` bytes stand in front of it, the last `size_bytes` its length. */
static bool place_string(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_layer *extension,
                         uint32_t skip, unsigned size_bytes, struct rt_place *place)
{
	uint32_t at = extension->at + skip;
	if (at > extension->end)
		return false;
	uint32_t size = size_bytes == 2 ? rt_be16(frame->data + at - 2) : frame->data[at - 1];
	*place = (struct rt_place){ (at - layer->at) * 8, size * 8 };
	return size <= extension->end - at;
}

bool tls_place(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_layer *message,
               uint32_t what, struct rt_place *place)
{
	struct rt_layer extension;
	*place = (struct rt_place){ (message->at - layer->at) * 8, 8 };
	switch (what) {
	case TLS_SAYS_SERVER:  return find_extension(frame, message, 0, &extension) &&
	                              place_string(frame, layer, &extension, 9, 2, place);
	case TLS_SAYS_ALPN:    return find_extension(frame, message, 16, &extension) &&
	                              place_string(frame, layer, &extension, 7, 1, place);
	case TLS_SAYS_VERSION: return place_version(frame, layer, message, place);
	default:               return true;
	}
}
