/* SPDX-License-Identifier: MIT */
/* test_terminal.c - the console as people use it: the lines of the lab on a live capture, typed through a
 * pseudo-terminal and from a pipe; blocks that are pasted, Ctrl-C, another window size, a dumb terminal, history, and
 * that the terminal is in the end what it was. The bytes of the packet are those that the demo makes; what is said about
 * such a packet is what Scapy says (tests/scapy/console.py asks it). */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <ringtap/base.h>
#include "command.h"
#include "live.h"

#define CAPTURE "--demo -f ip and icmp -c 1 -i --each None"
#define ICMP "<ICMP  type=echo-request code=0 chksum=0xe6 id=0x6 seq=0x1 |<Raw  load='\\x00\\x01~01234567' |>>"

/* `~` stands for anything in a line. */
static const struct row { const char *typed, *answer; } rows[] = {
	{ "pkts", "<Sniffed: TCP:0 UDP:0 ICMP:1 Other:0>\n" },
	{ "len(pkts)", "1\n" },
	{ "pkts[0]", "<Ether  dst=02:00:00:00:16:64 src=02:00:00:00:16:34 type=IPv4 |<IP  version=4 ihl=5 ~ "
	             "src=192.168.16.34 dst=192.168.16.100 |" ICMP ">>\n" },
	{ "my_pkt = pkts[0]", "" },
	{ "my_pkt.summary()", "'Ether / IP / ICMP 192.168.16.34 > 192.168.16.100 echo-request 0 / Raw'\n" },
	{ "len(my_pkt.layers())", "4\n" },
	{ "for index in range(4):\n    print(my_pkt[index].name)\n", "Ethernet\nIP\nICMP\nRaw\n" },
	{ "my_pkt.layers()", "[Ether, IP, ICMP, Raw]\n" },
	{ "my_pkt[ICMP]", ICMP "\n" },
	{ "my_pkt[ICMP].show()", "###[ ICMP ]### \n  type      = echo-request\n  code      = 0\n  chksum    = 0xe6\n"
	                         "  id        = 0x6\n  seq       = 0x1\n###[ Raw ]### \n     load      = '~'\n\n" },
	{ "my_pkt[ICMP].seq", "1\n" },
	{ "my_pkt[ICMP].fields", "{'type': 8, 'code': 0, 'chksum': 230, 'id': 6, 'seq': 1}\n" },
};

static bool matches(const char *pattern, const char *text)
{
	for (; *pattern != '~'; pattern++, text++) {
		if (*pattern != *text)
			return false;
		if (!*text)
			return true;
	}
	for (; *text && *text != '\n'; text++)
		if (matches(pattern + 1, text))
			return true;
	return false;
}

static void check_answer(const char *expected, const char *answer)
{
	if (!matches(expected, answer))
		fail_msg("expected: %s\nanswered: %s", expected, answer);
}

static void test_piped(void **state)
{
	char typed[2048] = "", expected[4096] = "";
	(void)state;
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		strcat(strcat(typed, rows[i].typed), "\n");
		strcat(expected, rows[i].answer);
	}
	struct said said = command_fed(typed, strlen(typed), CAPTURE);
	assert_int_equal(0, said.status);
	check_answer(expected, said.out);
	free(said.out);
}

/* ---- a pseudo-terminal ---------------------------------------------------------------------------------------- */

struct session { int fd; pid_t pid; struct termios before; char seen[1 << 16]; size_t size; };

static void start_words(struct session *s, const char *const argv[], const char *term, const char *home)
{
	struct winsize window = { .ws_row = 24, .ws_col = 80 };
	int master, slave;
	assert_int_equal(0, openpty(&master, &slave, NULL, NULL, NULL));
	assert_int_equal(0, tcgetattr(slave, &s->before));
	close(master);
	close(slave);
	s->size = 0;
	s->pid = forkpty(&s->fd, NULL, &s->before, &window);
	assert_true(s->pid >= 0);
	if (s->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		setenv("TERM", term, 1);
		if (home)
			setenv("HOME", home, 1);
		else
			unsetenv("HOME");
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
}

static void start(struct session *s, const char *line, const char *term, const char *home)
{
	struct command_line words;
	command_split(&words, line);
	start_words(s, words.argv, term, home);
}

/* Until `text` was seen; what stands in front of it, without carriage returns, valid until the next call. Fails after
 * twenty seconds. */
static const char *until(struct session *s, const char *text)
{
	static char before[sizeof s->seen];
	const uint64_t end = live_ms() + 20000;
	for (;;) {
		s->seen[s->size] = '\0';
		const char *found = strstr(s->seen, text);
		if (found) {
			char *to = before;
			for (const char *c = s->seen; c < found; c++)
				if (*c != '\r')
					*to++ = *c;
			*to = '\0';
			found += strlen(text);
			s->size -= (size_t)(found - s->seen);
			memmove(s->seen, found, s->size);
			return before;
		}
		struct pollfd ready = { .fd = s->fd, .events = POLLIN };
		if (live_ms() > end || poll(&ready, 1, 1000) < 0 || s->size + 1 == sizeof s->seen)
			fail_msg("\"%s\" was not seen, but: %s", text, s->seen);
		const ssize_t n = ready.revents ? read(s->fd, s->seen + s->size, sizeof s->seen - 1 - s->size) : 0;
		if (n < 0)
			fail_msg("\"%s\" was not seen, but the end: %s", text, s->seen);
		s->size += (size_t)n;
	}
}

static void type(struct session *s, const char *keys)
{
	assert_int_equal(strlen(keys), write(s->fd, keys, strlen(keys)));
}

/* Keys, Enter, and what is said until the next prompt. */
static const char *say(struct session *s, const char *keys, const char *prompt)
{
	type(s, keys);
	type(s, "\r");
	until(s, "\r\n");
	return until(s, prompt);
}

static void expect(struct session *s, const char *keys, const char *answer)
{
	check_answer(answer, say(s, keys, "\r>>> "));
}

/* The terminal must be what it was, and bracketed paste off. */
static void stop(struct session *s, int status)
{
	struct termios after;
	struct pollfd ready = { .fd = s->fd, .events = POLLIN };
	int ended;
	while (poll(&ready, 1, 5000) == 1 && s->size + 1 < sizeof s->seen) {
		const ssize_t n = read(s->fd, s->seen + s->size, sizeof s->seen - 1 - s->size);
		if (n <= 0)
			break;                  /* EIO: nobody has the other end any more */
		s->size += (size_t)n;
	}
	s->seen[s->size] = '\0';
	if (waitpid(s->pid, &ended, WNOHANG) == 0) {
		live_rest(1000);
		kill(s->pid, SIGKILL);          /* rather than waiting for ever: the status tells */
		waitpid(s->pid, &ended, 0);
	}
	assert_true(WIFEXITED(ended));
	assert_int_equal(status, WEXITSTATUS(ended));
	assert_int_equal(0, tcgetattr(s->fd, &after));
	assert_int_equal(s->before.c_lflag, after.c_lflag);
	assert_int_equal(s->before.c_iflag, after.c_iflag);
	assert_int_equal(s->before.c_oflag, after.c_oflag);
	assert_memory_equal(s->before.c_cc, after.c_cc, sizeof after.c_cc);
	close(s->fd);
}

static struct session session;

static struct session *start_console(void)
{
	start(&session, CAPTURE, "vt100", NULL);
	until(&session, "pkts has 1 packet");
	until(&session, "\r>>> ");
	return &session;
}

static void test_typed(void **state)
{
	struct session *s = start_console();
	(void)state;
	for (size_t i = 0; i < RT_COUNT(rows); i++) {
		char line[256];
		const char *at = rows[i].typed;
		for (; strchr(at, '\n'); at = strchr(at, '\n') + 1) {
			snprintf(line, sizeof line, "%.*s", (int)strcspn(at, "\n"), at);
			check_answer("", say(s, line, "\r... "));
		}
		expect(s, at, rows[i].answer);
	}
	type(s, "\x04");
	stop(s, 0);
}

static void test_keys(void **state)
{
	struct session *s = start_console();
	(void)state;
	expect(s, "pkts[0][IC\t].se\t", "1\n");               /* Tab: ICMP, seq */
	expect(s, "1 + 1\x01" "10 * ", "11\n");               /* Ctrl-A */
	type(s, "nonsense\x03");                              /* Ctrl-C gives up the line */
	until(s, "^C");
	until(s, "\r>>> ");
	expect(s, "\x1b[A\x05 + 5", "16\n");                  /* up, Ctrl-E */
	expect(s, "\x12" "ICMP\x05 + 1", "2\n");              /* Ctrl-R */
	check_answer("", say(s, "for i in range(2):", "\r... "));
	check_answer("", say(s, "\tprint(i)", "\r... "));     /* Tab indents */
	expect(s, "", "0\n1\n");
	type(s, "pkts.n\t\t");
	until(s, "nsummary");
	type(s, "\x03");
	until(s, "^C");
	until(s, "\r>>> ");
	type(s, "exit(7)\r");
	stop(s, 7);
}

/* Empty lines of what is pasted end no block; Enter does. */
static void test_paste(void **state)
{
	struct session *s = start_console();
	(void)state;
	type(s, "\x1b[200~def f(x):\n    y = x\n\n    return y + 1\n\nf(41)\n"
	        "for i in range(2):\n\tprint(i)\n\x1b[201~");
	until(s, "\r\n42\r\n");
	until(s, "    print(i)\x1b[K\r");
	until(s, "\r... ");
	expect(s, "", "0\n1\n");
	expect(s, "f(1)", "2\n");
	type(s, "\x04");
	stop(s, 0);
}

/* Ctrl-C is a key while a line is edited, and a signal while something runs. */
static void test_ctrl_c(void **state)
{
	struct session *s = start_console();
	(void)state;
	type(s, "while True: pass\r\r");
	until(s, "... ");
	live_rest(500);
	type(s, "\x03");
	until(s, "KeyboardInterrupt\r\n");
	until(s, "\r>>> ");
	type(s, "p = sniff(iface=\"lo\", timeout=60)\r");
	live_rest(500);
	type(s, "\x03");
	until(s, "\r\n");
	until(s, "\r>>> ");
	expect(s, "len(p)", "0\n");
	expect(s, "1 + 1", "2\n");
	type(s, "\x04");
	stop(s, 0);
}

static void test_window(void **state)
{
	struct session *s = start_console();
	struct winsize narrow = { .ws_row = 24, .ws_col = 30 }, wide = { .ws_row = 24, .ws_col = 120 };
	(void)state;
	type(s, "'0123456789012345678901234567890123456789'");
	until(s, "'0123456789012345678901234567890123456789'");
	assert_int_equal(0, ioctl(s->fd, TIOCSWINSZ, &narrow));
	until(s, "\r>>> <901234567890123456789'");
	assert_int_equal(0, ioctl(s->fd, TIOCSWINSZ, &wide));
	until(s, "\r>>> '0123456789012345678901234567890123456789'");
	expect(s, "", "'0123456789012345678901234567890123456789'\n");
	type(s, "\x04");
	stop(s, 0);
}

/* Not one escape sequence, and it works all the same. */
static void test_dumb(void **state)
{
	struct session *s = &session;
	(void)state;
	start(s, CAPTURE, "dumb", NULL);
	assert_null(strchr(until(s, "\r>>> "), '\x1b'));
	assert_null(strchr(say(s, "pkts[0][ICMP].se\t", "\r>>> "), '\x1b'));
	assert_null(strchr(say(s, "1 + 1\x01" "10 * \x1b[A\x1b[B\x7f+ ", "\r>>> "), '\x1b'));
	type(s, "\x04");
	stop(s, 0);
	assert_null(strchr(s->seen, '\x1b'));
}

/* What was typed is there in the next session, for the user only; without HOME nothing is written (the others). */
static void test_history(void **state)
{
	char home[] = "/tmp/ringtap-home-XXXXXX", path[64], kept[64] = "";
	struct session *s = &session;
	(void)state;
	assert_non_null(mkdtemp(home));
	snprintf(path, sizeof path, "%s/.ringtap_history", home);
	start(s, CAPTURE, "vt100", home);
	until(s, "\r>>> ");
	expect(s, "6 * 7", "42\n");
	type(s, "\x04");
	stop(s, 0);
	const int fd = open(path, O_RDONLY);
	assert_int_equal(6, read(fd, kept, sizeof kept));
	close(fd);
	assert_string_equal("6 * 7\n", kept);
	start(s, CAPTURE, "vt100", home);
	until(s, "\r>>> ");
	expect(s, "\x1b[A + 1", "43\n");
	type(s, "\x04");
	stop(s, 0);
	unlink(path);
	rmdir(home);
}

/* Ctrl-Z stops what runs, as a shell knows it, and it goes on. */
static void test_ctrl_z(void **state)
{
	char script[512];
	const char *const argv[] = { "sh", "-c", script, NULL };
	struct session *s = &session;
	(void)state;
	snprintf(script, sizeof script, "set -m; %s " CAPTURE "; echo stopped; fg; exit 7", command_itself());
	start_words(s, argv, "vt100", NULL);
	until(s, "\r>>> ");
	type(s, "while True: pass\r\r");
	until(s, "... ");
	live_rest(500);
	type(s, "\x1a");
	until(s, "stopped\r\n");
	live_rest(500);
	type(s, "\x03");
	until(s, "KeyboardInterrupt\r\n");
	until(s, "\r>>> ");
	expect(s, "1 + 1", "2\n");
	type(s, "\x04");
	stop(s, 7);
}

/* Signals, while a line is edited and while a statement runs. */
static void test_signals(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP };
	(void)state;
	for (size_t i = 0; i < 2 * RT_COUNT(signals); i++) {
		struct session *s = start_console();
		type(s, i < RT_COUNT(signals) ? "half a li" : "while True: pass\r\r");
		until(s, i < RT_COUNT(signals) ? "half a li" : "... ");
		live_rest(300);
		kill(s->pid, signals[i % RT_COUNT(signals)]);
		stop(s, 0);
	}
}

/* The same key ends the capture, and then the console is there. */
static void test_capture(void **state)
{
	struct session *s = &session;
	(void)state;
	if (!live_begin())
		skip();
	const int sender = live_sender("v0");
	start(s, "v1 -f ether proto 0x88b5 -l -t -q -i", "vt100", NULL);
	struct pollfd ready = { .fd = s->fd, .events = POLLIN };
	for (uint32_t i = 0; i < 100 && poll(&ready, 1, 100) == 0; i++)
		live_send(sender, 60, i, 1);            /* until it listens, and shows one */
	type(s, "\x03");
	until(s, "captured");
	until(s, "\r>>> ");
	expect(s, "len(pkts) > 0, pkts[0].type == 0x88b5, len(pkts[0])", "(True, True, 60)\n");
	type(s, "\x04");
	stop(s, 0);
	close(sender);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_piped), cmocka_unit_test(test_typed), cmocka_unit_test(test_keys),
		cmocka_unit_test(test_paste), cmocka_unit_test(test_ctrl_c), cmocka_unit_test(test_window),
		cmocka_unit_test(test_dumb), cmocka_unit_test(test_history), cmocka_unit_test(test_signals),
		cmocka_unit_test(test_ctrl_z), cmocka_unit_test(test_capture),
	};
	return cmocka_run_group_tests_name("terminal", tests, NULL, NULL);
}
