/* SPDX-License-Identifier: MIT */
/* flow.h - rows without a fixed place (struct rt_proto.is_flow): where they stand and how many bytes they take. */
#ifndef RINGTAP_PROTO_FLOW_H
#define RINGTAP_PROTO_FLOW_H

#include <ringtap/dissect.h>

/* A condition, in a header of `size` bytes. */
bool when_holds(const uint8_t *header, uint32_t size, const struct rt_when *when);
/* Does the condition of the row hold? Conditions look at captured bytes of the header. */
bool row_is_given(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row);
/* Where a row that is given stands. Rows of the fixed part keep the place that the caller has set. */
void flow_place(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row,
                struct rt_place *place);
/* The value of the row that counts `row` (RT_COUNTED); 0 when it is not captured. */
uint32_t flow_count(const struct rt_frame *frame, const struct rt_layer *layer, const struct rt_row *row);
/* Bytes of the header, captured or not, of a layer whose `at` and `end` are known. */
uint32_t flow_size(const struct rt_frame *frame, const struct rt_layer *layer);

#endif
