#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Second source: what the rows of tests/unit/console/language.txt expect must be what python3 says.

usage: language.py DRIVER SOURCE

Rows whose name goes on behind " ~ " differ by design, and say why there; all others are run here. Messages are those
of Python 3.11: with another version only the kind of an error is compared."""
import ast
import contextlib
import io
import os
import sys
import traceback
import warnings

IS_311 = sys.version_info[:2] == (3, 11)
warnings.simplefilter("ignore")


def read_rows(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for row in ("\n" + text).split("\n=== ")[1:]:
        name, source = row.split("\n", 1)
        if source.startswith("---\n"):
            source = "\n" + source
        source, expected = source.split("\n---\n", 1) if "\n---\n" in source else (source[:-4], "")
        # the line end that split() took, but for a row without output, or the last one
        yield name, source + "\n", expected if not expected or expected.endswith("\n") else expected + "\n"


def run(source, is_console):
    out = io.StringIO()
    names = {"__name__": "__main__"}
    with contextlib.redirect_stdout(out):
        try:
            if is_console:
                for node in ast.parse(source).body:
                    exec(compile(ast.Interactive([node]), "row", "single"), names)
            else:
                exec(compile(source, "row", "exec"), names)
        except SyntaxError as error:
            out.write(f"! {type(error).__name__}: {error.msg}\n")
        except BaseException as error:
            out.write("! " + traceback.format_exception_only(type(error), error)[-1])
    return out.getvalue()


def comparable(text):
    if IS_311:
        return text
    return "\n".join(line.split(":")[0] if line.startswith("! ") else line for line in text.split("\n"))


def main():
    path = os.path.join(sys.argv[2], "tests/unit/console/language.txt")
    compared = designed = failed = 0
    for name, source, expected in read_rows(path):
        if " ~ " in name:
            designed += 1
            failed += not name.split(" ~ ", 1)[1].strip()
            continue
        said = run(source, name.startswith("console"))
        compared += 1
        if comparable(said) != comparable(expected):
            failed += 1
            print(f"=== {name}\n{source}--- expected\n{expected}--- python3\n{said}")
    print(f"{compared} rows compared with Python {sys.version.split()[0]}, {designed} differ by design, {failed} wrong")
    return failed > 0 or compared + designed < 400


if __name__ == "__main__":
    sys.exit(main())
