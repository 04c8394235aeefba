#!/bin/sh
# SPDX-License-Identifier: MIT
# What a packager does: installs into a folder of its own, then builds the lab and the README's C example with
# nothing but what was installed. usage: install.sh SOURCE BUILD CC [FLAG...]
set -eu
source=$1 build=$2 cc=$3
shift 3
to=$(mktemp -d /tmp/ringtap-install-XXXXXX)
trap 'rm -rf "$to"' EXIT

DESTDIR=$to cmake --install "$build" --prefix /usr >/dev/null
lib=$(dirname "$(find "$to/usr" -name libringtap.a)")
for file in "$to/usr/sbin/ringtap" "$to/usr/include/ringtap/ringtap.h" "$to/usr/share/man/man8/ringtap.8" \
	"$lib/libringtap.a"; do
	[ -s "$file" ] || { echo "not installed: ${file#"$to"}"; exit 1; }
done
"$to/usr/sbin/ringtap" --version

# $1 is a source file; the rest are the compiler's.
compile() {
	from=$1
	shift
	"$cc" -std=gnu11 -Wall -Wextra -Werror "$@" -I"$to/usr/include" -o "$to/program" "$from" -L"$lib" -lringtap
}

for header in "$to"/usr/include/ringtap/*.h; do
	name=ringtap/${header##*/}
	echo "#include <$name>" >"$to/alone.c"
	"$cc" -std=gnu11 -Wall -Wextra -Werror -fsyntax-only -I"$to/usr/include" "$to/alone.c" ||
		{ echo "$name cannot be included alone"; exit 1; }
done

compile "$source/tests/lab/lab.c" "$@"
"$to/program" /nonexistent.pcap && { echo "lab: no error for a missing file"; exit 1; }

sed -n '/^```c$/,/^```$/p' "$source/README.md" | sed '1d;$d' >"$to/example.c"
[ -s "$to/example.c" ] || { echo "README.md: no C example"; exit 1; }
compile "$to/example.c" "$@"
echo "installed, and the lab and the README's example build against it"
