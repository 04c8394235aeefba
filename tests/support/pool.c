/* SPDX-License-Identifier: MIT */
/* pool.c - test packets and samples in one set. */
#include "pool.h"
#include "sample.h"

struct packet_set pool_make(unsigned link)
{
	struct packet_set set = packets_make_all(link);
	for (size_t i = 0; i < sample_count; i++) {
		uint8_t bytes[SAMPLE_MAX];
		if (samples[i].link == link)
			packets_add(&set, samples[i].name, "sample", bytes, sample_bytes(&samples[i], bytes));
	}
	return set;
}
