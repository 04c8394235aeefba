#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Measures what a machine's load would make a test of chance: packets lost in a flood, system calls a packet, the size
# of the static binary, CPU time against tcpdump's. Prints figures and ratios; judges nothing. Root; Debian's
# tcpdump, strace, musl-tools, python3.
#
#     tests/bench/accept.sh BUILD [FRAMES [PACKETS]]      a build with tests; frames of the flood, packets of the file
set -euo pipefail
[ $# -ge 1 ] || { sed -n 's/^# *\(tests\/bench.*\)/usage: \1/p' "$0"; exit 2; }
build=$(cd "$1" && pwd) frames=${2:-2000000} packets=${3:-1000000}
bench=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$bench/../.." && pwd)
ringtap=$build/ringtap
work=$(mktemp -d /tmp/ringtap-bench-XXXXXX)
trap 'rm -rf "$work"' EXIT

# ---- a flood over a veth (flood.c) ---------------------------------------------------------------------------------

# $1: name; the rest: the command that captures on v0. What both say on standard error is shown.
flood() {
	echo "$1:"
	shift
	"$build/tests/flood" "$frames" -- "$@" 2>&1 >/dev/null | sed 's/^/    /'
}

floods() {
	flood "-w /dev/null" "$ringtap" v0 -w /dev/null
	flood "every line" "$ringtap" v0
	flood "every line, counted by strace" strace -c -f -o "$work/calls" "$ringtap" v0
	awk -v n="$frames" '$NF == "total" { calls = $4; printf "    %d system calls: one for %d frames\n", calls, n / calls }' \
		"$work/calls"
}

# ---- size ----------------------------------------------------------------------------------------------------------

size() {
	CC=musl-gcc cmake -S "$source" -B "$work/musl" -DCMAKE_BUILD_TYPE=MinSizeRel >/dev/null
	cmake --build "$work/musl" -j"$(nproc)" >/dev/null
	strip -o "$work/stripped" "$work/musl/ringtap"
	echo "static musl binary, stripped: $(stat -c %s "$work/stripped") bytes"
}

# ---- CPU time of reading a file: the least of five runs, taken in turn -----------------------------------------------

cpu() {
	{ TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>&1; } 2>&1 | awk '{ print int(($1 + $2) * 1000) }'
}

least() { sort -n "$1" | head -n 1; }

# $1: name, $2: ringtap's options, $3: tcpdump's
compare() {
	rm -f "$work/ours" "$work/theirs"
	for _ in 1 2 3 4 5; do
		# shellcheck disable=SC2086  # options are words
		cpu "$ringtap" -r "$work/mixed.pcap" $2 >>"$work/ours"
		# shellcheck disable=SC2086
		cpu tcpdump -r "$work/mixed.pcap" $3 >>"$work/theirs"
	done
	awk -v name="$1" -v ours="$(least "$work/ours")" -v theirs="$(least "$work/theirs")" \
		'BEGIN { printf "%s: ringtap %d ms, tcpdump %d ms of CPU: %.1f times\n", name, ours, theirs, theirs / ours }'
}

floods
size
/usr/bin/python3 "$bench/mixed.py" "$work/mixed.pcap" "$packets" >/dev/null
compare "$packets packets, every line" "" "-nS"
compare "... with tcp port 80" "tcp port 80" "-nS tcp port 80"
compare "... into a file" "-w /dev/null" "-w /dev/null"
