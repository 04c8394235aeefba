/* SPDX-License-Identifier: MIT */
/* raw.c - what nobody claims (Raw), and what lies past the length that a header states (Padding). */
#include "list.h"

static const struct rt_row rows[] = { { "load", 0, 0, RT_BYTES } };

const struct rt_proto proto_raw = { .name = "Raw", .spec = "Scapy", RT_ROWS(rows) };
const struct rt_proto proto_padding = { .name = "Padding", .spec = "Scapy", RT_ROWS(rows) };
