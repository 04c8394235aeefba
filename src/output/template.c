/* SPDX-License-Identifier: MIT */
/* template.c - writes compiled templates: text and fields in order. Nothing here compares names; rows were found
 * when the template was compiled (template_compile.c). */
#include "template.h"
#include "value.h"

static const struct rt_layer *find_layer(const struct step *step, const struct rt_packet *packet, unsigned self)
{
	if (step->where == WHERE_SELF)
		return &packet->layer[self];
	for (unsigned i = self; step->where == WHERE_NEAR && i-- > 0; )
		if (rt_path_means(&step->path, packet->layer[i].proto))
			return &packet->layer[i];
	return rt_path_layer(&step->path, packet);
}

static bool find_value(const struct step *step, const struct rt_packet *packet, unsigned self, struct rt_value *value)
{
	if (step->path.is_frame) {
		const struct rt_layer frame = rt_frame_layer(packet);
		return rt_path_value(&step->path, packet, &frame, value);
	}
	const struct rt_layer *layer = find_layer(step, packet, self);
	return layer && rt_path_value(&step->path, packet, layer, value);
}

static void put_number(struct rt_text *out, uint64_t number, char base)
{
	if (base == 'd') {
		rt_put_num(out, number);
		return;
	}
	rt_put(out, "0x", 2);
	rt_put_hex(out, number, 1);
}

static void put_field(struct rt_text *out, const struct step *step, const struct rt_packet *packet, unsigned self,
                      enum template_style style)
{
	struct rt_value value;
	if (!find_value(step, packet, self, &value)) {
		rt_put_char(out, '-');
		return;
	}
	if (step->base && step->base != 's' && rt_row_is_number(value.row))
		put_number(out, value.num, step->base);
	else if (step->base == 's' && (value.row->kind == RT_BYTES || value.row->kind == RT_XBYTES))
		rt_put_escaped(out, value.bytes, value.size);
	else if (step->base == 's')
		rt_put_value(out, &value, RT_STYLE_PLAIN);
	else if (style == TEMPLATE_SUMMARY)
		put_summary_value(out, &value, step->path.field != NULL);
	else
		rt_put_value(out, &value, style == TEMPLATE_USER ? RT_STYLE_PLAIN : RT_STYLE_LINE);
}

/* Every field from the step behind `at` up to `end` is there, and none is a list of records. */
static bool has_all(const struct rt_template *template, unsigned at, unsigned end, const struct rt_packet *packet,
                    unsigned self)
{
	struct rt_value value;
	for (unsigned i = at + 1; i < end; i++)
		if (template->steps[i].kind == STEP_FIELD &&
		    (!find_value(&template->steps[i], packet, self, &value) ||
		     (value.row->kind == RT_LIST && !value.row->list->is_values)))
			return false;
	return true;
}

bool template_put(struct rt_text *out, const struct rt_template *template, const struct rt_packet *packet,
                  unsigned self, enum template_style style, bool is_short, bool is_alone)
{
	for (unsigned i = 0; i < template->count; i++) {
		const struct step *step = &template->steps[i];
		switch ((enum step_kind)step->kind) {
		case STEP_TEXT:
			rt_put(out, step->text, step->length);
			break;
		case STEP_FIELD:
			put_field(out, step, packet, self, style);
			break;
		case STEP_MAYBE:
			if (!has_all(template, i, step->skip, packet, self))
				i = step->skip - 1u;
			break;
		case STEP_SHORT:
			if (is_short)
				return false;
			break;
		case STEP_ALONE:
			if (!is_alone)
				return true;
			break;
		}
	}
	return true;
}

void rt_put_template(struct rt_text *out, const struct rt_template *template, const struct rt_packet *packet)
{
	template_put(out, template, packet, 0, TEMPLATE_USER, false, false);
	if (!template->ends_line)
		rt_put_char(out, '\n');
}
