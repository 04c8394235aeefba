/* SPDX-License-Identifier: MIT */
/* fields.c - the C API's getters: a layer and a field by their Scapy names, read from the tables. */
#include <errno.h>
#include <ringtap/ringtap.h>

bool rt_has(const struct rt_packet *packet, const char *layer) { return rt_layer_find(packet, layer, 1) != NULL; }

static bool find(const struct rt_packet *packet, const char *layer, const char *field, struct rt_value *value)
{
	if (strcmp(layer, "frame") == 0) {
		const struct rt_layer frame = rt_frame_layer(packet);
		return rt_value_find(packet, &frame, field, value);
	}
	const struct rt_layer *found = rt_layer_find(packet, layer, 1);
	return found && rt_value_find(packet, found, field, value);
}

bool rt_get_number(const struct rt_packet *packet, const char *layer, const char *field, uint64_t *number)
{
	struct rt_value value;
	if (!find(packet, layer, field, &value) || !rt_row_is_number(value.row))
		return false;
	*number = value.num;
	return true;
}

const uint8_t *rt_get_bytes(const struct rt_packet *packet, const char *layer, const char *field, size_t *size)
{
	struct rt_value value;
	if (!find(packet, layer, field, &value) || rt_row_is_number(value.row))
		return NULL;
	*size = value.size;
	return value.bytes;
}

static size_t finish(struct rt_text *out)
{
	*out->at = '\0';
	return rt_text_length(out);
}

static bool begin(struct rt_text *out, char *text, size_t size)
{
	if (size)
		rt_text_init(out, text, size - 1, -1);
	return size != 0;
}

size_t rt_get_text(const struct rt_packet *packet, const char *layer, const char *field, char *text, size_t size)
{
	struct rt_value value;
	struct rt_text out;
	if (!begin(&out, text, size))
		return 0;
	if (find(packet, layer, field, &value))
		rt_put_value(&out, &value, RT_STYLE_PLAIN);
	return finish(&out);
}

int rt_field_find(struct rt_field *field, const char *path, struct rt_error *error)
{
	const char *dot = strchr(path, '.');
	field->proto = dot ? rt_proto_find(path, (size_t)(dot - path)) : NULL;
	field->row = field->proto ? rt_row_find(field->proto, dot + 1, strlen(dot + 1)) : NULL;
	return field->row ? 0 : rt_fail(error, ENOENT, "%s: no such field", path);
}

bool rt_field_number(const struct rt_field *field, const struct rt_packet *packet, uint64_t *number)
{
	struct rt_value value;
	for (unsigned i = 0; i < packet->count; i++) {
		if (packet->layer[i].proto != field->proto)
			continue;
		if (!rt_value_get(packet, &packet->layer[i], field->row, &value) || !rt_row_is_number(field->row))
			return false;
		*number = value.num;
		return true;
	}
	return false;
}

size_t rt_summary(const struct rt_packet *packet, char *text, size_t size)
{
	struct rt_text out;
	if (!begin(&out, text, size))
		return 0;
	rt_put_summary(&out, packet);
	return finish(&out);
}

size_t rt_show(const struct rt_packet *packet, char *text, size_t size)
{
	struct rt_text out;
	if (!begin(&out, text, size))
		return 0;
	rt_put_show(&out, packet, 0);
	return finish(&out);
}

size_t rt_json(const struct rt_packet *packet, char *text, size_t size)
{
	struct rt_text out;
	if (!begin(&out, text, size))
		return 0;
	rt_put_json(&out, packet);
	return finish(&out);
}
