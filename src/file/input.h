/* SPDX-License-Identifier: MIT */
/* input.h - the bytes of a file, in order: mapped when it is a regular file, else through one buffer. */
#ifndef RINGTAP_FILE_INPUT_H
#define RINGTAP_FILE_INPUT_H

#include <sys/types.h>
#include <ringtap/packet.h>

struct input {
	const uint8_t *bytes;    /* the map, or the buffer                                        */
	size_t at, size;         /* next byte, one past the last: places in `bytes`                */
	uint64_t before;         /* bytes of the file in front of bytes[0]                        */
	bool is_at_end;          /* nothing comes after `size`                                    */
	bool is_cut;             /* the mapped file was made shorter while it was read            */
	int  fd;
	void  *map;              /* NULL: streamed                                                */
	size_t map_size;
	uint8_t *buffer;         /* NULL: mapped                                                  */
	size_t room;             /* of `buffer`                                                   */
	struct rt_stop *stop;
	char name[128];          /* for messages: the path, or its end                            */
};

enum input_state { INPUT_STOPPED, INPUT_FILLED };

int  input_open(struct input *input, const char *path, struct rt_stop *stop, struct rt_error *error);
void input_close(struct input *input);
/* Waits for more of a stream, so that at least one byte is new or `is_at_end` holds; room for `need` bytes
 * from `at` is made. Moves what is left, so nothing may borrow. enum input_state or a negative errno. */
int  input_fill(struct input *input, size_t need, struct rt_error *error);
/* A mapped file that was cut meanwhile ends where it now ends. */
void input_check(struct input *input);

static inline size_t input_left(const struct input *input) { return input->size - input->at; }
static inline uint64_t input_offset(const struct input *input) { return input->before + input->at; }

#endif
