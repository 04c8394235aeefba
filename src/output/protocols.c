/* SPDX-License-Identifier: MIT */
/* protocols.c - --protocols: every layer with its specification and fields, read from the tables. */
#include <ringtap/output.h>

static const char *kind_text(const struct rt_row *row)
{
	static const char *const texts[] = {
		[RT_NUM] = "number", [RT_HEX] = "hex number", [RT_ENUM] = "enumeration", [RT_XENUM] = "enumeration",
		[RT_FLAGS] = "flags", [RT_MAC] = "MAC address", [RT_IP4] = "IPv4 address", [RT_IP6] = "IPv6 address",
		[RT_PREFIX4] = "IPv4 prefix", [RT_PREFIX6] = "IPv6 prefix",
		[RT_BYTES] = "bytes", [RT_XBYTES] = "bytes", [RT_TEXT] = "text", [RT_OID] = "object identifier",
			[RT_NETBIOS] = "NetBIOS name",
		[RT_NAME] = "domain name",
		[RT_TIME] = "time", [RT_CLOCK] = "milliseconds since midnight", [RT_PAIR] = "two numbers",
		[RT_LIST] = "list", [RT_INT] = "signed number", [RT_SEVENS] = "number",
		[RT_FIXED] = "decimal number", [RT_OUI] = "OUI",
	};
	return texts[row->kind];
}

/* A field may stand in several rows; it is listed once for each kind it may be of. */
static bool is_repeated(const struct rt_proto *proto, unsigned row)
{
	const struct rt_row *rows = proto->rows;
	for (unsigned i = 0; i < row; i++)
		if (strcmp(rows[i].name, rows[row].name) == 0 && strcmp(kind_text(&rows[i]), kind_text(&rows[row])) == 0)
			return true;
	return false;
}

void rt_put_protocol(struct rt_text *out, const struct rt_proto *proto)
{
	rt_put_format(out, "%s (%s)\n", proto->name, proto->spec);
	for (unsigned i = 0; i < proto->row_count; i++) {
		const struct rt_row *row = &proto->rows[i];
		if (is_repeated(proto, i))
			continue;
		size_t length = strlen(row->name);
		rt_put_format(out, "    %s", row->name);
		rt_put_spaces(out, length < 20 ? 20 - length : 1);
		rt_put_string(out, kind_text(row));
		if (row->width && row->kind != RT_TIME)
			rt_put_format(out, ", %u bit%s", row->width, row->width == 1 ? "" : "s");
		rt_put_string(out, row->is_aside ? " (not in --json)\n" : "\n");
	}
}

void rt_protocols_print(struct rt_text *out)
{
	for (size_t id = 0; id < rt_proto_count(); id++)
		rt_put_protocol(out, rt_proto_at(id));
}
