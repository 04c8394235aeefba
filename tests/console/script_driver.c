/* SPDX-License-Identifier: MIT */
/* script_driver.c - runs scripts of the console's language: a file (-s: with garbage collected at every allocation),
 * or what is given as an argument behind -c, or lines as a console would take them (-i).
 *
 *     script_driver [-s] FILE | -c TEXT | -i */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ringtap/console.h>

#define TEXT_MAX (4u << 20)

static char output[1 << 16], text[TEXT_MAX];

static int report(const struct rt_script_error *error)
{
	fprintf(stderr, "%s:%d:%d: %s\n", error->file, error->line, error->column, error->what);
	return 1;
}

static int run(struct rt_script *script, struct rt_text *out, size_t size, const char *file, unsigned flags)
{
	struct rt_script_error error;
	const int rc = rt_script_run(script, text, size, file, flags, &error);
	rt_text_flush(out);
	return rc == -ECANCELED ? error.status : rc < 0 ? report(&error) : 0;
}

/* Blocks end with an empty line. */
static int run_lines(struct rt_script *script, struct rt_text *out)
{
	size_t size = 0;
	int rc = 0;
	while (fgets(text + size, (int)(sizeof text - size), stdin)) {
		size += strlen(text + size);
		if (rt_script_wants_more(script, text, size))
			continue;
		rc = run(script, out, size, "<console>", RT_SCRIPT_ECHO);
		size = 0;
	}
	return rc;
}

static size_t read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	const size_t size = file ? fread(text, 1, sizeof text, file) : 0;
	if (file)
		fclose(file);
	return size;
}

int main(int argc, char **argv)
{
	struct rt_text out;
	struct rt_error error;
	struct rt_script *script;
	const char *option = argc > 1 && argv[1][0] == '-' ? argv[1] : "", *path = argv[argc - 1];
	const bool is_lines = strcmp(option, "-i") == 0, is_text = strcmp(option, "-c") == 0;
	rt_text_init(&out, output, sizeof output, 1);
	const struct rt_script_options options = {
		.out = &out, .memory = 64u << 20, .is_stressed = strcmp(option, "-s") == 0
	};
	if (argc < 2 || rt_script_new(&script, &options, &error) < 0)
		return 2;
	size_t size = 0;
	if (is_text)
		size = (size_t)snprintf(text, sizeof text, "%s", path);
	else if (!is_lines)
		size = read_file(path);
	const int rc = is_lines ? run_lines(script, &out) : run(script, &out, size, is_text ? "<text>" : path, 0);
	rt_script_free(script);
	return rc;
}
