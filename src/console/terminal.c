/* SPDX-License-Identifier: MIT */
/* terminal.c - raw mode, window size and waiting for keys: termios(3), ioctl_tty(2), signalfd(2). */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include "terminal.h"

/* They come through the descriptor while a line is edited, and do what they always do while statements run. */
static void signals_mask(int how, sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGWINCH);
	sigaddset(set, SIGTSTP);
	sigprocmask(how, set, NULL);
}

bool terminal_open(struct terminal *t, int in, int out, int stop)
{
	const char *term = getenv("TERM");
	sigset_t set;
	*t = (struct terminal){ .in = in, .out = out, .stop = stop, .signals = -1 };
	if (!isatty(in) || !isatty(out) || tcgetattr(in, &t->saved) < 0)
		return false;
	t->is_dumb = !term || strcmp(term, "dumb") == 0;
	signals_mask(SIG_BLOCK, &set);
	t->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return true;
}

void terminal_close(struct terminal *t)
{
	if (t->signals < 0)
		return;
	terminal_cooked(t);
	close(t->signals);
	t->signals = -1;
}

/* Output is left alone but for line feeds: what statements print in between looks right either way. */
void terminal_raw(struct terminal *t)
{
	struct termios raw = t->saved;
	sigset_t set;
	signals_mask(SIG_BLOCK, &set);
	raw.c_iflag &= (tcflag_t)~(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
	raw.c_lflag &= (tcflag_t)~(ECHO | ICANON | IEXTEN | ISIG);
	raw.c_cflag |= CS8;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	t->is_raw = tcsetattr(t->in, TCSADRAIN, &raw) == 0;
}

void terminal_cooked(struct terminal *t)
{
	sigset_t set;
	if (t->is_raw)
		tcsetattr(t->in, TCSADRAIN, &t->saved);
	if (t->signals >= 0)
		signals_mask(SIG_UNBLOCK, &set);
	t->is_raw = false;
}

unsigned terminal_columns(const struct terminal *t)
{
	struct winsize size;
	return ioctl(t->out, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

/* Ctrl-Z in raw mode is a key like others; SIGTSTP comes from outside. */
static void handle_signal(struct terminal *t)
{
	struct signalfd_siginfo info;
	while (read(t->signals, &info, sizeof info) == (ssize_t)sizeof info) {
		if (info.ssi_signo != SIGTSTP)
			continue;
		const bool was_raw = t->is_raw;
		terminal_cooked(t);
		kill(getpid(), SIGSTOP);
		if (was_raw)
			terminal_raw(t);
	}
}

enum terminal_event terminal_next(struct terminal *t, bool is_waiting, char *byte)
{
	struct pollfd fds[3] = {
		{ .fd = t->in, .events = POLLIN }, { .fd = t->signals, .events = POLLIN },
		{ .fd = t->stop, .events = POLLIN },
	};
	const int count = poll(fds, RT_COUNT(fds), is_waiting ? -1 : 0);
	if (count < 0)
		return errno == EINTR ? TERMINAL_IDLE : TERMINAL_END;
	if (fds[2].revents)
		return TERMINAL_END;
	if (fds[1].revents) {
		handle_signal(t);
		return TERMINAL_RESIZED;
	}
	if (!fds[0].revents)
		return TERMINAL_IDLE;
	return read(t->in, byte, 1) == 1 ? TERMINAL_BYTE : TERMINAL_END;
}
