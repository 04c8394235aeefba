/* SPDX-License-Identifier: MIT */
/* filtered.c - a source that lends what matches of another one. A program fits one link type, and a pcapng file may
 * have several, known only when they come: each gets a program of its own when its first frame is seen. Matching
 * frames are cut to what the program returns, as the kernel does it on an interface. */
#include <errno.h>
#include <stdlib.h>
#include <ringtap/filter.h>

struct fit { unsigned link; struct rt_filter *filter; };        /* filter NULL: the text does not fit this link type */

struct filtered {
	struct rt_source source;        /* what others see                                             */
	struct rt_source *inner;
	struct rt_filter_options options;
	struct fit *fits;
	size_t fit_count, last;         /* of `fits`, which the last frame used                        */
	uint64_t fitting, misfits;      /* frames of link types that the text fits, and of others       */
	struct rt_error why;            /* about the first link type that it does not fit               */
	char text[];
};

/* ---- a program for every link type ------------------------------------------------------------------------ */

/* 0, also when the text does not fit; negative only without memory. */
static int add_fit(struct filtered *filtered, unsigned link, struct rt_error *error)
{
	struct fit *fits = realloc(filtered->fits, (filtered->fit_count + 1) * sizeof *fits);
	if (!fits)
		return rt_fail(error, ENOMEM, "no memory for a filter");
	filtered->fits = fits;
	struct fit *fit = &fits[filtered->fit_count];
	struct rt_error why = { 0 };
	*fit = (struct fit){ .link = link };
	filtered->options.link = link;
	if (rt_filter_compile(&fit->filter, filtered->text, &filtered->options, &why) == -ENOMEM) {
		*error = why;
		return -ENOMEM;
	}
	if (!fit->filter && !filtered->why.code)
		filtered->why = why;
	filtered->last = filtered->fit_count++;
	return 0;
}

/* fits[last] becomes the one of this link type. */
static int find_fit(struct filtered *filtered, unsigned link, struct rt_error *error)
{
	if (filtered->fit_count && filtered->fits[filtered->last].link == link)
		return 0;
	for (size_t i = 0; i < filtered->fit_count; i++) {
		if (filtered->fits[i].link == link) {
			filtered->last = i;
			return 0;
		}
	}
	return add_fit(filtered, link, error);
}

/* ---- the source ----------------------------------------------------------------------------------------------- */

static int keep_matching(struct filtered *filtered, struct rt_batch *batch, struct rt_error *error)
{
	size_t kept = 0;
	for (size_t i = 0; i < batch->count; i++) {
		struct rt_frame *frame = &batch->frames[i];
		int rc = find_fit(filtered, frame->link, error);
		if (rc < 0)
			return rc;
		const struct rt_filter *filter = filtered->fits[filtered->last].filter;
		if (!filter) {
			filtered->misfits++;
			continue;
		}
		filtered->fitting++;
		uint32_t keep = rt_filter_run(filter, frame->data, frame->caplen, frame->len);
		if (!keep)
			continue;
		if (frame->caplen > keep)
			frame->caplen = keep;
		batch->frames[kept++] = *frame;
	}
	batch->count = kept;
	return 0;
}

static void show_ifaces(struct filtered *filtered)
{
	filtered->source.ifaces = filtered->inner->ifaces;
	filtered->source.iface_count = filtered->inner->iface_count;
}

static int filtered_next(struct rt_source *source, struct rt_batch *batch, struct rt_error *error)
{
	struct filtered *filtered = RT_OUTER(source, struct filtered, source);
	int rc = filtered->inner->next(filtered->inner, batch, error);
	show_ifaces(filtered);
	if (rc == 0 && filtered->misfits && !filtered->fitting) {
		*error = filtered->why;
		return -error->code;
	}
	if (rc != 1)
		return rc;
	rc = keep_matching(filtered, batch, error);
	if (rc < 0)
		filtered->inner->release(filtered->inner);
	return rc < 0 ? rc : 1;
}

static void filtered_release(struct rt_source *source)
{
	struct rt_source *inner = RT_OUTER(source, struct filtered, source)->inner;
	inner->release(inner);
}

static void filtered_stats(struct rt_source *source, struct rt_stats *stats)
{
	struct rt_source *inner = RT_OUTER(source, struct filtered, source)->inner;
	inner->stats(inner, stats);
}

static void filtered_free(struct filtered *filtered)
{
	for (size_t i = 0; i < filtered->fit_count; i++)
		rt_filter_free(filtered->fits[i].filter);
	free(filtered->fits);
	free(filtered);
}

static void filtered_close(struct rt_source *source)
{
	struct filtered *filtered = RT_OUTER(source, struct filtered, source);
	rt_source_close(filtered->inner);
	filtered_free(filtered);
}

/* ---- opening ---------------------------------------------------------------------------------------------------- */

/* A text that is wrong, or that fits nothing that can come, is told now and not at the end. While interfaces may
 * still come, one link type that it does not fit proves nothing; Ethernet is what nearly every text fits. */
static int check_text(struct filtered *filtered, struct rt_error *error)
{
	const struct rt_source *inner = filtered->inner;
	int rc = find_fit(filtered, inner->iface_count ? inner->ifaces[0]->link : (unsigned)RT_LINK_ETHER, error);
	bool is_fit = rc == 0 && filtered->fits[filtered->last].filter;
	if (rc == 0 && !is_fit && inner->is_growing) {
		rc = find_fit(filtered, RT_LINK_ETHER, error);
		is_fit = rc == 0 && filtered->fits[filtered->last].filter;
	}
	if (rc < 0 || is_fit)
		return rc;
	*error = filtered->why;
	return -error->code;
}

int rt_filtered_open(struct rt_source **filtered_source, struct rt_source *inner, const char *text,
                     const struct rt_filter_options *options, struct rt_error *error)
{
	size_t size = strlen(text ? text : "") + 1;
	struct filtered *filtered = calloc(1, sizeof *filtered + size);
	*filtered_source = NULL;
	if (!filtered)
		return rt_fail(error, ENOMEM, "no memory for a filter");
	memcpy(filtered->text, text ? text : "", size);
	filtered->options = *options;
	filtered->options.is_file = true;
	filtered->inner = inner;
	filtered->source = (struct rt_source){ .next = filtered_next, .release = filtered_release,
	                                       .stats = filtered_stats, .close = filtered_close,
	                                       .is_growing = inner->is_growing };
	show_ifaces(filtered);
	int rc = check_text(filtered, error);
	if (rc < 0) {
		filtered_free(filtered);
		return rc;
	}
	*filtered_source = &filtered->source;
	return 0;
}

uint64_t rt_filtered_misfits(const struct rt_source *source, struct rt_error *why)
{
	const struct filtered *filtered = RT_OUTER(source, const struct filtered, source);
	*why = filtered->why;
	return filtered->misfits;
}
