/* SPDX-License-Identifier: MIT */
/* sample.c - one packet of every kind, and what a printer makes of frames. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>
#include "sample.h"

const struct sample samples[] = {
	{ "syn", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "4500003c12344000400686b1c0a81022c0a81064"   /* IP */
	  "abac1f46000004d200000000a002faf0db700000020405b40402080a000000010000000201030307"   /* TCP */ },
	{ "data", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "45000048000100004006d8d8c0a81022c0a81064"   /* IP */
	  "abac0050ffffffffee6b2800a0190001d30200000101051200000001000000020000000300000004"   /* TCP */
	  "6869002722ff0a1b5b33316d"   /* Raw */ },
	{ "tcp6", 1,
	  "02000000000202000000000186dd"   /* Ether */
	  "6b8123450014064020010db800000000000000000000000120010db8000000000000000000000002"   /* IPv6 */
	  "01bbc93a00000007000000085012000989500000"   /* TCP */ },
	{ "echo", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "45000054c82240004001fc92c0a81022d83accee"   /* IP */
	  "080000e600060001"   /* ICMP */
	  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"
	  "3031323334353637"   /* Raw */ },
	{ "mdns", 1,
	  "01005e0000fb0200000000010800"   /* Ether */
	  "4500003b00010000ff1109ebc0a81022e00000fb"   /* IP */
	  "14e914e90027f22e"   /* UDP */
	  "000000000001000000000000076578616d706c65056c6f63616c0000010001"   /* DNS */ },
	{ "answer", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "4500008b000100004011978509090909c0a81022"   /* IP */
	  "00350d0500779e49"   /* UDP */
	  "12348180000100020000000103777777076578616d706c6503636f6d000001000103777777076578616d706c6503636f"
	  "6d00000500010000003c000d076578616d706c6503636f6d00076578616d706c6503636f6d00000100010000012c0004"
	  "0102030400002904d0000080000000"   /* DNS */ },
	{ "nxdomain", 1,
	  "02000000000202000000000186dd"   /* Ether */
	  "600000000024114020010db800000000000000000000000120010db8000000000000000000000002"   /* IPv6 */
	  "00350d050024080e"   /* UDP */
	  "000081030001000000000000026e6f076578616d706c6500001c0001"   /* DNS */ },
	{ "evil name", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "4500003d000100004011d8d8c0a81022c0a81064"   /* IP */
	  "040000350029d8d9"   /* UDP */
	  "0001010000010000000000000f1b5b33316d0a225cff3c26c3a97b070000010001"   /* DNS */ },
	{ "who-has", 1,
	  "ffffffffffff0200000000010806"   /* Ether */
	  "0001080006040001020000000001c0a81022000000000000c0a81001"   /* ARP */ },
	{ "is-at", 1,
	  "0200000000020200000000010806"   /* Ether */
	  "0001080006040002020000000001c0a81022020000000002c0a81001"   /* ARP */
	  "000000000000000000000000000000000000"   /* Padding */ },
	{ "unreach", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "45000039000100004001d94fc0a81001c0a81022"   /* IP */
	  "0303dff100000000"   /* ICMP */
	  "4500001d00020000401197f4c0a810220a090807"   /* IPerror */
	  "1388829a00090edf"   /* UDPerror */
	  "78"   /* Raw */ },
	{ "redirect", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "45000044000100004001d944c0a81001c0a81022"   /* IP */
	  "05010d49c0a81002"   /* ICMP */
	  "4500002800010000400697f5c0a810220a090807"   /* IPerror */
	  "13880050000000030000000050022000992d0000"   /* TCPerror */ },
	{ "timestamp", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "45000028000100004001d8fdc0a81022c0a81064"   /* IP */
	  "0d00628f0001000202b32c950000000005265bff"   /* ICMP */ },
	{ "vlan", 1,
	  "0200000000020200000000018100"   /* Ether */
	  "60050800"   /* Dot1Q */
	  "45000021000100004011d8f4c0a81022c0a81064"   /* IP */
	  "03e807d0000db8de"   /* UDP */
	  "3132333435"   /* Raw */ },
	{ "qinq", 1,
	  "02000000000202000000000188a8"   /* Ether */
	  "00648100"   /* Dot1AD */
	  "0ffe86dd"   /* Dot1Q */
	  "60000000000b110120010db800000000000000000000000120010db8000000000000000000000002"   /* IPv6 */
	  "03e807d0000bd448"   /* UDP */
	  "616263"   /* Raw */ },
	{ "padded", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "4500001d000100004011d8f8c0a81022c0a81064"   /* IP */
	  "03e807d00009da4c"   /* UDP */
	  "78"   /* Raw */
	  "0000000000000000000000000000000000"   /* Padding */ },
	{ "fragment", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "45000024000120b94011b838c0a81022c0a81064"   /* IP */
	  "30313233343536373839616263646566"   /* Raw */ },
	{ "options", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "49b8002c0001000040112f1bc0a81022c0a81064070b0401010101020202020194040000"   /* IP */
	  "0001000200085e04"   /* UDP */ },
	{ "tunnel", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "45000032000100004004d8f0c0a81022c0a81064"   /* IP */
	  "4500001e0001000009119dcc0a0000010a000002"   /* IP */
	  "03e807d0000a76b1"   /* UDP */
	  "696e"   /* Raw */ },
	{ "solicit", 1,
	  "33330000000102000000000186dd"   /* Ether */
	  "60000000002800fffe800000000000000000000000000001ff020000000000000000000000000001"   /* IPv6 */
	  "3a00050200000100"   /* IPv6ExtHdrHopByHop */
	  "8700150100000000fe800000000000000000000000000003"   /* ICMPv6ND_NS */
	  "0101001122334455"   /* ICMPv6NDOptSrcLLAddr */ },
	{ "advert", 1,
	  "33330000000102000000000186dd"   /* Ether */
	  "6000000000383afffe800000000000000000000000000001ff020000000000000000000000000001"   /* IPv6 */
	  "8600f89c000807080000000000000000"   /* ICMPv6ND_RA */
	  "030440c0ffffffffffffffff0000000020010db8000000000000000000000000"   /* ICMPv6NDOptPrefixInfo */
	  "05010000000005dc"   /* ICMPv6NDOptMTU */ },
	{ "unreach6", 1,
	  "02000000000202000000000186dd"   /* Ether */
	  "6000000000383a4020010db800000000000000000000000220010db8000000000000000000000001"   /* IPv6 */
	  "0104090e00000000"   /* ICMPv6DestUnreach */
	  "6000000000083a4020010db800000000000000000000000120010db8000000000000000000000009"   /* IPerror6 */
	  "8000243e00010002"   /* ICMPv6EchoRequest */ },
	{ "resolver", 1,
	  "33330000000102000000000186dd"   /* Ether */
	  "6000000000383afffe800000000000000000000000000001ff020000000000000000000000000001"   /* IPv6 */
	  "8600bd88400007080000000000000000"   /* ICMPv6ND_RA */
	  "190500000000025820010db800000000000000000000005320010db8000000000000000000000054"   /* ICMPv6NDOptRDNSS */ },
	{ "tagged", 1,
	  "0200000000020200000000018100"   /* Ether */
	  "000588b5"   /* Dot1Q */
	  "6c6f63616c"   /* Raw */ },
	{ "mail", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "45000066000100004006d8bac0a81022c0a81064"   /* IP */
	  "0035040000000001000000025018200043750000"   /* TCP */
	  "003c000781800001000100000000076578616d706c65036f726700000f0001076578616d706c65036f726700000f0001"
	  "0000000a0008000a046d61696c00"   /* DNS */ },
	{ "echo6", 1,
	  "02000000000202000000000186dd"   /* Ether */
	  "60000000000b3a4020010db800000000000000000000000120010db8000000000000000000000002"   /* IPv6 */
	  "80005fdb00030004616263"   /* ICMPv6EchoRequest */ },
	{ "fragment6", 1,
	  "02000000000202000000000186dd"   /* Ether */
	  "6000000000282b4020010db800000000000000000000000120010db8000000000000000000000002"   /* IPv6 */
	  "2c0200010000000020010db8000000000000000000000009"   /* IPv6ExtHdrRouting */
	  "1100001900000007"   /* IPv6ExtHdrFragment */
	  "3031323334353637"   /* Raw */ },
	{ "igmp", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "4500001c00010000010208ffc0a81022e0000016"   /* IP */
	  "160009fae0000005"   /* IGMP */ },
	{ "offer", 1,
	  "0200000000020200000000010800"   /* Ether */
	  "45000136000100004011d842c0a81001c0a81022"   /* IP */
	  "0043004401222b52"   /* UDP */
	  "02010600000012340000000000000000c0a81022c0a81001000000000200000000020000000000000000000000000000"
	  "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
	  "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
	  "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
	  "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000063825363"   /* BOOTP */
	  "3501023604c0a81001330400000e100104ffffff000308c0a81001c0a810020c036c6162fa02010200ff"   /* DHCP */ },
	{ "unknown", 1,
	  "02000000000202000000000188b5"   /* Ether */
	  "6c6f63616c006578706572696d656e74"   /* Raw */ },
	{ "raw ip4", 101,
	  "4500001f000100004011d8f6c0a81022c0a81064"   /* IP */
	  "03e807d0000b8de6"   /* UDP */
	  "616263"   /* Raw */ },
	{ "raw ip6", 101,
	  "600000000014064020010db800000000000000000000000120010db8000000000000000000000002"   /* IPv6 */
	  "00010002000000000000000050022000346b0000"   /* TCP */ },
	{ "cooked", 113,
	  "00040001000602000000000100000800"   /* CookedLinux */
	  "45000028000100004006d8f8c0a81022c0a81064"   /* IP */
	  "00169c4000000000000000005004200051b30000"   /* TCP */ },
	{ "cooked2", 276,
	  "86dd000000000002000100060200000000010000"   /* CookedLinuxV2 */
	  "60000000000b114020010db800000000000000000000000120010db8000000000000000000000002"   /* IPv6 */
	  "03e807d0000bd448"   /* UDP */
	  "616263"   /* Raw */ },
};
const size_t sample_count = RT_COUNT(samples);

static unsigned nibble(char c)
{
	const char *digits = "0123456789abcdef", *at = strchr(digits, c);
	assert_true(c && at);
	return (unsigned)(at - digits);
}

size_t sample_bytes(const struct sample *sample, uint8_t bytes[SAMPLE_MAX])
{
	size_t size = 0;
	bool is_text = false;
	for (const char *at = sample->hex; *at; at++) {
		if (*at == '\'') {
			is_text = !is_text;
			continue;
		}
		assert_true(size < SAMPLE_MAX);
		bytes[size++] = is_text ? (uint8_t)at[0] : (uint8_t)(nibble(at[0]) << 4 | nibble(at[1]));
		at += !is_text;
	}
	return size;
}

const struct rt_dissector *sample_dissector(void)
{
	static struct rt_dissector *dissector;
	struct rt_error error = { 0 };
	if (!dissector && rt_dissector_new(&dissector, &error) < 0)
		fail_msg("%s", error.what);
	return dissector;
}

void sample_make(struct sampled *out, unsigned link, const uint8_t *bytes, uint32_t caplen, uint32_t len)
{
	assert_true(caplen <= SAMPLE_MAX);
	memmove(out->bytes, bytes, caplen);
	out->iface = (struct rt_iface){ .name = "eth0", .link = (uint16_t)link };
	out->frame = (struct rt_frame){ .data = out->bytes, .caplen = caplen, .len = len, .time = SAMPLE_TIME,
	                                .number = 1, .iface = &out->iface, .link = (uint16_t)link };
	rt_decode(sample_dissector(), &out->frame, &out->packet);
}

void sample_get(struct sampled *out, const char *name)
{
	uint8_t bytes[SAMPLE_MAX];
	for (size_t i = 0; i < sample_count; i++) {
		if (strcmp(samples[i].name, name) != 0)
			continue;
		uint32_t size = (uint32_t)sample_bytes(&samples[i], bytes);
		sample_make(out, samples[i].link, bytes, size, size);
		return;
	}
	fail_msg("no sample %s", name);
}

void exact_add(struct exact *exact, const struct rt_frame *like, const uint8_t *bytes, uint32_t caplen)
{
	if (exact->count == exact->room) {
		exact->room = exact->room ? exact->room * 2 : 64;
		exact->frames = realloc(exact->frames, exact->room * sizeof *exact->frames);
		assert_non_null(exact->frames);
	}
	uint8_t *copy = malloc(caplen ? caplen : 1);
	assert_non_null(copy);
	memcpy(copy, bytes, caplen);
	struct rt_frame *frame = &exact->frames[exact->count++];
	*frame = *like;
	frame->data = copy;
	frame->caplen = caplen;
}

void exact_free(struct exact *exact)
{
	for (size_t i = 0; i < exact->count; i++)
		free((void *)(uintptr_t)exact->frames[i].data);
	free(exact->frames);
	*exact = (struct exact){ 0 };
}

static char *read_back(int fd, size_t *size)
{
	off_t end = lseek(fd, 0, SEEK_END);
	assert_true(end >= 0);
	char *text = malloc((size_t)end + 1);
	assert_non_null(text);
	assert_int_equal(pread(fd, text, (size_t)end, 0), end);
	text[end] = '\0';
	*size = (size_t)end;
	return text;
}

char *printed(const struct rt_output_options *options, const struct rt_frame *frames, size_t count,
              size_t *size)
{
	struct rt_sink *sink = NULL;
	struct rt_error error = { 0 };
	int fd = memfd_create("printed", MFD_CLOEXEC);
	assert_true(fd >= 0);
	if (rt_printer_new(&sink, fd, sample_dissector(), options, &error) < 0)
		fail_msg("%s", error.what);
	assert_int_equal(sink->take(sink, frames, count, &error), 0);
	assert_int_equal(sink->flush(sink, &error), 0);
	assert_int_equal(sink->close(sink, &error), 0);
	char *text = read_back(fd, size);
	close(fd);
	return text;
}
