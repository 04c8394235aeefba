/* SPDX-License-Identifier: MIT */
/* test_commands.c - SSH, SMTP, FTP, POP, IMAP and memcached, with lines of their RFCs' examples; tshark 4.0.17 reads
 * the same commands and codes. */
#include "carrier.h"
#include "dissected.h"

#define V4   RT_LINK_IPV4
#define CRLF "0d0a"

static const struct dissected_packet packets[] = {
	{ { "ssh", V4, TCP4("0016", "c000") "'SSH-2.0-OpenSSH_9.2p1 Debian-2'" CRLF }, "IP / TCP / SSH",
	  TCP4_LINE("22", "49152", "SSH SSH-2.0-OpenSSH_9.2p1 Debian-2, Len: 32") },
	{ { "other port", V4, TCP4("c000", "08ae") "'SSH-2.0-x'" CRLF "00" }, "IP / TCP / SSH / Raw",
	  TCP4_LINE("49152", "2222", "SSH SSH-2.0-x, Len: 12") },
	{ { "mail", V4, TCP4("c000", "0019") "'MAIL FROM:<a@b.c>  SIZE=3'" CRLF }, "IP / TCP / SMTPCommand",
	  TCP4_LINE("49152", "25", "SMTP MAIL FROM:<a@b.c>  SIZE=3, Len: 27") },
	{ { "ehlo", V4, TCP4("024b", "c000") "'250-mx at your service'" CRLF "'250 HELP'" CRLF },
	  "IP / TCP / SMTPReply / Raw", TCP4_LINE("587", "49152", "SMTP 250 mx at your service, Len: 34") },
	{ { "letter", V4, TCP4("c000", "0019") "'Dear Bob, '" CRLF }, "IP / TCP / SMTPCommand",
	  TCP4_LINE("49152", "25", "SMTP Dear Bob,, Len: 12"), .is_doubtful = true },
	{ { "encrypted", V4, TCP4("c000", "0019") "'MAIL'" "01" CRLF }, "IP / TCP / Raw",
	  "192.168.16.34:49152 -> 192.168.16.100:25 TTL: 64, Flags: PA, Seq: 1, Ack: 2, Win: 512, Len: 7" },
	{ { "retr", V4, TCP4("c000", "0015") "'RETR a b.txt'" CRLF }, "IP / TCP / FTPCommand",
	  TCP4_LINE("49152", "21", "FTP RETR a b.txt, Len: 14") },
	{ { "bye", V4, TCP4("0015", "c000") "'221 Goodbye.'" CRLF }, "IP / TCP / FTPReply",
	  TCP4_LINE("21", "49152", "FTP 221 Goodbye., Len: 14") },
	{ { "pop", V4, TCP4("c000", "006e") "'STAT'" CRLF }, "IP / TCP / POPCommand",
	  TCP4_LINE("49152", "110", "POP STAT, Len: 6") },
	{ { "pop ok", V4, TCP4("006e", "c000") "'+OK 2 320'" CRLF }, "IP / TCP / POPReply",
	  TCP4_LINE("110", "49152", "POP +OK 2 320, Len: 11") },
	{ { "imap", V4, TCP4("c000", "008f") "'a002 select inbox'" CRLF }, "IP / TCP / IMAP",
	  TCP4_LINE("49152", "143", "IMAP a002 select inbox, Len: 19") },
	{ { "untagged", V4, TCP4("008f", "c000") "'* 18 EXISTS'" CRLF }, "IP / TCP / IMAP",
	  TCP4_LINE("143", "49152", "IMAP * 18 EXISTS, Len: 13") },
	{ { "get", V4, TCP4("c000", "2bcb") "'get foo bar'" CRLF }, "IP / TCP / Memcached",
	  TCP4_LINE("49152", "11211", "memcached get foo bar, Len: 13") },
};

static const struct dissected_field fields[] = {
	{ "SSH-2.0-OpenSSH_9.2p1 Debian-2", "ssh", "SSH", "banner" },
	{ "MAIL", "mail", "SMTPCommand", "command" },
	{ "FROM:<a@b.c>  SIZE=3", "mail", "SMTPCommand", "argument" },
	{ "250", "ehlo", "SMTPReply", "code" },
	{ "", "pop", "POPCommand", "argument" },
	{ "select", "imap", "IMAP", "command" },
	{ "foo bar", "get", "Memcached", "argument" },
};

DISSECTED_MAIN("commands", packets, fields)
