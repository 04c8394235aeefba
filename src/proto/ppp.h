/* SPDX-License-Identifier: MIT */
/* ppp.h - what the control protocols of PPP begin with (RFC 1661 section 5): code, id and the length of all. */
#ifndef RINGTAP_PROTO_PPP_H
#define RINGTAP_PROTO_PPP_H

#include <ringtap/dissect.h>

#define PPP_CODE(...)   { "code", 0, 8, RT_ENUM, .names = RT_NAMES(__VA_ARGS__), .init = 1 }
#define PPP_ID          { "id",   8, 8, RT_HEX }
#define PPP_LEN         { "len", 16, 16, RT_NUM, RT_FILL_HEADER }

extern const struct rt_word ppp_codes[13];      /* of RFC 1661, and the two of RFC 1962 behind them     */

#endif
