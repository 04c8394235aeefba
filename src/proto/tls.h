/* SPDX-License-Identifier: MIT */
/* tls.h - what the records (tls.c) and the handshake messages (tls_handshake.c) of TLS share. */
#ifndef RINGTAP_PROTO_TLS_H
#define RINGTAP_PROTO_TLS_H

#include <ringtap/dissect.h>

enum { TLS_CHANGE_CIPHER_SPEC = 20, TLS_ALERT, TLS_HANDSHAKE, TLS_APPLICATION_DATA, TLS_HEARTBEAT };
enum { TLS_HELLO_REQUEST, TLS_CLIENT_HELLO, TLS_SERVER_HELLO, TLS_CERTIFICATE = 11, TLS_HELLO_DONE = 14 };

/* What rows say about a message, their `init`. */
enum { TLS_SAYS_TYPE, TLS_SAYS_SERVER, TLS_SAYS_ALPN, TLS_SAYS_VERSION };

extern const struct rt_names tls_versions, tls_handshake_types;
extern const struct rt_proto tls_client_hello, tls_server_hello, tls_certificate, tls_hello_request, tls_hello_done,
                             tls_message,
                             tls_encrypted;     /* what cannot be read without the keys                     */

/* The protocol of a handshake message: one that is longer than its whole record, or of an unknown type, is
 * encrypted. */
const struct rt_proto *tls_handshake_proto(uint8_t type);
/* Where that stands, from the start of the layer; false: the message does not say it, or was cut in front of it. */
bool tls_place(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_layer *message,
               uint32_t what, struct rt_place *place);

#endif
