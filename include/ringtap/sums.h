/* SPDX-License-Identifier: MIT */
/* sums.h - what a checksum row (RT_FILL_SUM) covers. A row says that once; whether a packet's sum is right (dissect.h),
 * and what it should be, is computed from it. */
#ifndef RINGTAP_SUMS_H
#define RINGTAP_SUMS_H

#include <ringtap/base.h>

struct rt_when;

enum rt_sum_kind {
	RT_SUM_INTERNET,         /* RFC 1071: one's complement, 16 bits at a time                 */
	RT_SUM_SIGNED_END,       /* ... with Cisco's idea of an odd last byte                     */
	RT_SUM_FLETCHER,         /* RFC 905 annex B, behind the age of a link state (RFC 2328)    */
	RT_SUM_CRC32,            /* IEEE 802.3, of what is in front of a trailer                  */
	RT_SUM_CRC32C,           /* RFC 9260 appendix A                                           */
};

enum rt_pseudo {                 /* a pseudo header counts too (RFC 9293 section 3.1, RFC 8200 section 8.1) */
	RT_PSEUDO_NONE,
	RT_PSEUDO_IP6,           /* below IPv6, not below IPv4                                    */
	RT_PSEUDO_ANY,           /* below either; elsewhere the sum is not checked                */
};

enum rt_zero {                   /* what 0 in the place of a sum means                            */
	RT_ZERO_IS_SUM,
	RT_ZERO_IS_ONES,         /* nothing: a sum of 0 is sent as all ones                       */
	RT_ZERO_IS_NONE,         /* that there is no sum                                          */
	RT_ZERO_IS_EITHER,       /* that there is none over IPv4 and in tunnels (RFC 6935); a sum
	                          * of 0 is sent as all ones                                      */
};

struct rt_sum {
	uint8_t kind, pseudo, zero;
	bool is_header;          /* covers the header only ...                                    */
	const char *row;         /* ... and value * unit + add bytes more; without a header so many,
	                          * a value of 0: all of the layer; NULL: does not apply          */
	int8_t unit, add;
	uint8_t bytes;           /* or so many                                                    */
	bool counts_all;         /* the length of the pseudo header is the layer's, not of these   */
	uint8_t skip_at, skip;   /* bytes left out behind the sum (Fletcher: in front), even numbers */
	const struct rt_when *when;      /* NULL: always; else without it there is no sum, or `or`    */
	const struct rt_sum *or;         /* accepted as well; NULL: none                              */
};
#define RT_SUM(...) RT_FILL_SUM, .sum = &(const struct rt_sum){ __VA_ARGS__ }

/* The ends of a pseudo header, as the layers down to a sum say them. */
struct rt_ends {
	const uint8_t *from, *to;
	uint8_t size;            /* bytes of an address; 0: not known                             */
	bool is_part;            /* a fragment: what follows is not all there                     */
};

#endif
