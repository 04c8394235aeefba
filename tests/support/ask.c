/* SPDX-License-Identifier: MIT */
/* ask.c - put a question to another program. The question goes through a memory file, so that neither side
 * can wait for the other. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "ask.h"

static void become(const char *const argv[], int input, int output, int errors)
{
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
	dup2(input >= 0 ? input : nowhere, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	dup2(errors >= 0 ? errors : nowhere, STDERR_FILENO);
	alarm(120);
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static int question(const void *input, size_t size)
{
	int fd = input ? memfd_create("question", MFD_CLOEXEC) : -1;
	for (size_t done = 0; fd >= 0 && done < size; ) {
		ssize_t n = write(fd, (const char *)input + done, size - done);
		assert_true(n > 0);
		done += (size_t)n;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static void read_all(int fd, struct answer *answer)
{
	size_t room = 1 << 16;
	answer->text = malloc(room);
	for (;;) {
		assert_non_null(answer->text);
		ssize_t n = read(fd, answer->text + answer->size, room - 1 - answer->size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		answer->size += (size_t)n;
		if (room - 1 - answer->size == 0)
			answer->text = realloc(answer->text, room *= 2);
	}
	answer->text[answer->size] = '\0';
}

static void read_errors(int fd, char *errors, size_t room)
{
	lseek(fd, 0, SEEK_SET);
	ssize_t n = read(fd, errors, room - 1);
	errors[n > 0 ? n : 0] = '\0';
	close(fd);
}

struct answer ask_both(const char *const argv[], const void *input, size_t size, char *errors, size_t room)
{
	struct answer answer = { 0 };
	int in = question(input, size), err = errors ? memfd_create("errors", MFD_CLOEXEC) : -1, out[2], status = 0;
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		become(argv, in, out[1], err);
	close(out[1]);
	if (in >= 0)
		close(in);
	read_all(out[0], &answer);
	close(out[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	answer.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (errors)
		read_errors(err, errors, room);
	return answer;
}

struct answer ask(const char *const argv[], const void *input, size_t size)
{
	return ask_both(argv, input, size, NULL, 0);
}

void need_program(const char *name)
{
	char command[128];
	snprintf(command, sizeof command, "command -v %s", name);
	struct answer answer = ask((const char *const[]){ "sh", "-c", command, NULL }, NULL, 0);
	free(answer.text);
	if (answer.status) {
		print_message("skipped: %s is not installed\n", name);
		skip();
	}
}

static unsigned hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	assert_in_range(c, 'a', 'f');
	return (unsigned)(c - 'a') + 10;
}

unsigned hex_pair(const char *digits) { return hex_digit(digits[0]) << 4 | hex_digit(digits[1]); }
