/* SPDX-License-Identifier: MIT */
/* engine.c - the way of a packet: source -> filter -> number -> sinks. Knows nothing of where frames come from or
 * go to; never copies their bytes. */
#include <ringtap/capture.h>

static bool is_over(const struct rt_run *run)
{
	return (run->stop && run->stop->now) || (run->limit && run->captured >= run->limit);
}

/* Frames that match move to the front of the batch and get their numbers, up to the limit. */
static void choose(struct rt_run *run, struct rt_batch *batch)
{
	size_t kept = 0;
	for (size_t i = 0; i < batch->count && !(run->limit && run->captured >= run->limit); i++) {
		if (!rt_filter_match(run->filter, &batch->frames[i]))
			continue;
		if (kept != i)
			batch->frames[kept] = batch->frames[i];
		batch->frames[kept++].number = ++run->captured;
	}
	batch->count = kept;
}

static int deliver(const struct rt_run *run, const struct rt_batch *batch, struct rt_error *error)
{
	int rc = 0;
	for (size_t i = 0; i < run->sink_count && rc >= 0 && batch->count; i++)
		rc = run->sinks[i]->take(run->sinks[i], batch->frames, batch->count, error);
	for (size_t i = 0; i < run->sink_count && rc >= 0; i++)
		rc = run->sinks[i]->flush(run->sinks[i], error);
	return rc < 0 ? rc : 0;
}

int rt_run(struct rt_run *run, struct rt_error *error)
{
	struct rt_source *source = run->source;
	int rc = 0;
	run->captured = 0;
	while (rc >= 0 && !is_over(run)) {
		struct rt_batch batch = { 0 };
		rc = source->next(source, &batch, error);
		if (rc <= 0)
			break;
		choose(run, &batch);
		rc = deliver(run, &batch, error);
		source->release(source);
	}
	return rc < 0 ? rc : 0;
}
