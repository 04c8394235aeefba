#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Second source: statements made at random print the same under python3 and in the console's language.

usage: at_random.py DRIVER SOURCE [STATEMENTS [SEED]]     (default 6000, RINGTAP_SEED of the environment or 5)

Expressions of every type there is, right ones and wrong ones, of which the kind of error is compared; and functions that
are left in every way: loops, try and finally, generators, functions in functions. Numbers stay far from
64 bits and from fractions, where the two differ by design; sets are printed sorted."""
import contextlib
import io
import os
import random
import subprocess
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")
if sys.version_info < (3, 9):
    print("skipped: needs Python 3.9")
    sys.exit(77)

R = random.Random()
TEXTS = ["", "a", "abc", "Hello World", "a,b,,c", "  x y ", "éa€", "12", "-7", "aXbXc", "\\n", "it's", 'say "x"', "xyz" * 3]
FILLS = ["", "*", "0", "é", " ", "<", "x"]
PERCENTS = ["%s", "%r", "%5s|", "%-5d|", "%05d", "%x", "%+d", "%.1s", "%%%d", "%5.3d", "%#o", "%c", "%q"]
BRACES = ["{}|{}", "{0}{1}{0}", "{:>5}{!r}", "{0:{1}}", "{}", "{{}}{}"]


def pick(*choices):
    return R.choice(choices)


def some(count, make, depth):
    return ", ".join(make(depth) for _ in range(R.randint(0, count)))


def number(depth):
    if depth <= 0 or R.random() < 0.2:
        return pick("0", "1", "2", "3", "7", "-1", "-5", "10", "255", "1000", "a", "b", "True", "False")
    n, m = number, number(depth - 1)
    return pick(
        lambda: f"({n(depth - 1)} {pick('+', '-', '//', '%', '&', '|', '^')} {m})",
        lambda: f"({n(depth - 1)} % 97 * ({m} % 89))",
        lambda: f"({n(depth - 1)} % 20) ** ({m} % 4)",
        lambda: f"({n(depth - 1)} {pick('<<', '>>')} {m} % 8)",
        lambda: f"{pick('-', '~', '+')}{m}",
        lambda: f"len({anything(depth - 1)})",
        lambda: f"{text(depth - 1)}.{pick('find', 'rfind', 'count', 'index')}"
        f"({text(depth - 2)}{pick('', ', 1', ', -2', ', 0, 3')})",
        lambda: f"{sequence(depth - 1)}.count({anything(depth - 2)})",
        lambda: f"sum({numbers(depth - 1)})",
        lambda: f"{pick('min', 'max')}({pick(numbers, numbers, sequence)(depth - 1)})",
        lambda: f"int({pick(number, text)(depth - 1)})",
        lambda: f"ord({text(depth - 1)})",
        lambda: f"{sequence(depth - 1)}[{m}]",
        lambda: f"{table(depth - 1)}.get({anything(depth - 2)}, {m})",
        lambda: f"({m} if {truth(depth - 1)} else {n(depth - 1)})",
        lambda: f"abs({m})",
        lambda: f"{raw(depth - 1)}[{m}]",
    )()


def spec(depth):
    fill = pick(*FILLS)
    align = pick("", "<", ">", "^", "=")
    return (fill + align if align else "") + pick("", "", "+", " ", "-") + pick("", "", "#") + pick("", "", "0") + \
        pick("", "5", "9", "12") + pick("", "", "", ",", "_") + pick("", "", "", ".2") + \
        pick("", "", "d", "x", "X", "o", "b", "c", "s", "n", "q")


def text(depth):
    if depth <= 0 or R.random() < 0.2:
        return pick("s", "t", *(pick("'%s'", '"%s"') % t if not set("'\"") & set(t) else repr(t) for t in TEXTS))
    t, n = text(depth - 1), number(depth - 1)
    return pick(
        lambda: f"({t} + {text(depth - 1)})",
        lambda: f"({t} * ({n} % 4))",
        lambda: f"{t}[{n}]",
        lambda: f"{t}[{slice_of(depth - 1)}]",
        lambda: f"{t}.{pick('upper', 'lower', 'title', 'capitalize', 'swapcase', 'strip', 'lstrip', 'rstrip')}()"
        if "é" not in t and "s" not in t and "t" not in t else t,
        lambda: f"{t}.{pick('strip', 'lstrip', 'rstrip', 'removeprefix', 'removesuffix')}({text(depth - 2)})",
        lambda: f"{t}.replace({text(depth - 2)}, {text(depth - 2)}{pick('', ', 1', ', -1', ', 0')})",
        lambda: f"{t}.{pick('center', 'ljust', 'rjust')}({n} % 20{pick('', ', chr(42)')})",
        lambda: f"{t}.zfill({n} % 12)",
        lambda: f"{t}.join({sequence(depth - 1)})",
        lambda: f"{pick('str', 'repr')}({anything(depth - 1)})",
        lambda: f"{pick('hex', 'oct', 'bin', 'str')}({n})",
        lambda: f"format({pick(number, number, text)(depth - 1)}, {spec(depth)!r})",
        lambda: "f'{" + pick("a", "b", "s", "t", "l") + pick("", "!r", "!s") + ":" + spec(depth).replace("'", "") + "}'",
        lambda: f"({pick(*PERCENTS)!r} % {anything(depth - 1)})",
        lambda: f"({t} if {truth(depth - 1)} else {text(depth - 1)})",
        lambda: f"chr({n} % 128 + 1)",
        lambda: f"{raw(depth - 1)}.{pick('decode', 'hex')}()",
        lambda: f"{pick(*BRACES)!r}.format({anything(depth - 1)}, {anything(depth - 2)})",
    )()


def raw(depth):
    if depth <= 0 or R.random() < 0.3:
        return pick("b''", "b'abc'", "b'\\x00\\xff'", "r")
    return pick(
        lambda: f"({raw(depth - 1)} + {raw(depth - 1)})",
        lambda: f"{text(depth - 1)}.encode()",
        lambda: f"{raw(depth - 1)}[{slice_of(depth - 1)}]",
        lambda: f"bytes({pick(numbers, number)(depth - 1)})" if depth < 3 else "bytes(3)",
        lambda: f"{raw(depth - 1)}.{pick('strip(b', 'lstrip(b')}'a')",
        lambda: f"{raw(depth - 1)}.upper()",
    )()


def slice_of(depth):
    parts = [pick("", "", number(depth)) for _ in range(pick(2, 2, 3))]
    return ":".join(parts)


def numbers(depth):
    if depth <= 0:
        return pick("[3, 1, 2]", "range(5)", "[]", "(4, 4)", "{9: 1, 8: 2}")
    return pick(
        lambda: f"[{some(4, number, depth - 1)}]",
        lambda: f"range({number(depth - 1)} % 20{pick('', f', {number(0)} % 20', f', {number(0)} % 9, {number(0)}')})",
        lambda: f"[{pick('x', 'x * 2', '-x', 'x % 3')} for x in {numbers(depth - 1)}{pick('', ' if x % 2')}]",
        lambda: f"sorted({numbers(depth - 1)}{pick('', ', reverse=True', ', key=lambda x: -x')})",
        lambda: f"({pick('x', 'x + 1')} for x in {numbers(depth - 1)})",
        lambda: f"list(map(lambda x: x - 1, {numbers(depth - 1)}))",
    )()


def sequence(depth):
    if depth <= 0 or R.random() < 0.15:
        return pick("l", "m", "[]", "()", "[1, 'a']", "(1, 2, 3)")
    q = sequence
    return pick(
        lambda: f"[{some(4, anything, depth - 1)}]",
        lambda: f"({q(depth - 1)} + {q(depth - 1)})",
        lambda: f"({q(depth - 1)} * ({number(depth - 1)} % 3))",
        lambda: f"{q(depth - 1)}[{slice_of(depth - 1)}]",
        lambda: f"{text(depth - 1)}.{pick('split', 'rsplit')}"
        f"({pick('', text(depth - 2), 'None, 1', text(depth - 2) + ', 1')})",
        lambda: f"{text(depth - 1)}.{pick('partition', 'rpartition')}({text(depth - 2)})",
        lambda: f"{text(depth - 1)}.splitlines({pick('', 'True')})",
        lambda: f"{pick('list', 'tuple', 'sorted')}({anything(depth - 1)})",
        lambda: f"list(zip({anything(depth - 1)}, {anything(depth - 1)}))",
        lambda: f"list(enumerate({anything(depth - 1)}))",
        lambda: f"list(reversed({pick(sequence, text)(depth - 1)}))",
        lambda: f"[{anything(depth - 1)} for x in {pick(sequence, text)(depth - 1)}]",
        lambda: f"list({table(depth - 1)}.{pick('items', 'keys', 'values')}())",
        lambda: f"list({numbers(depth - 1)})",
        lambda: f"sorted({group(depth - 1)})",
    )()


def table(depth):
    if depth <= 0 or R.random() < 0.3:
        return pick("d", "{}", "{'a': 1, 2: 'b'}")
    return pick(
        lambda: "{" + ", ".join(f"{anything(depth - 2)}: {anything(depth - 1)}" for _ in range(R.randint(0, 3))) + "}",
        lambda: f"{{x: {anything(depth - 2)} for x in {sequence(depth - 1)}}}",
        lambda: f"({table(depth - 1)} | {table(depth - 1)})",
        lambda: f"dict(zip({text(depth - 1)}, {sequence(depth - 1)}))",
        lambda: f"dict.fromkeys({pick(text, sequence)(depth - 1)}, {number(depth - 1)})",
    )()


def group(depth):
    if depth <= 0:
        return pick("{1, 2, 3}", "set()", "{2}")
    return pick(
        lambda: f"set({numbers(depth - 1)})",
        lambda: f"({group(depth - 1)} {pick('|', '&', '-', '^')} {group(depth - 1)})",
        lambda: f"{{x % 5 for x in {numbers(depth - 1)}}}",
    )()


def truth(depth):
    return pick(
        lambda: f"({anything(depth - 1)} {pick('==', '!=', '<', '<=', '>', '>=')} {anything(depth - 1)})",
        lambda: f"({number(depth - 1)} {pick('<', '<=')} {number(depth - 1)} {pick('>', '!=')} {number(depth - 1)})",
        lambda: f"({anything(depth - 2)} {pick('in', 'not in')} {anything(depth - 1)})",
        lambda: f"(not {anything(depth - 1)})",
        lambda: f"({anything(depth - 1)} {pick('and', 'or')} {anything(depth - 1)})",
        lambda: f"{text(depth - 1)}.{pick('startswith', 'endswith')}({text(depth - 2)})",
        lambda: f"{text(depth - 1)}.encode().{pick('isdigit', 'isalpha', 'isspace', 'isupper', 'islower', 'isalnum')}()",
        lambda: f"{pick('any', 'all')}({sequence(depth - 1)})",
        lambda: f"({group(depth - 1)} {pick('<=', '<', '==', '>=')} {group(depth - 1)})",
        lambda: f"isinstance({anything(depth - 1)}, {pick('int', 'str', '(list, dict)', 'tuple', 'bool')})",
    )()


def anything(depth):
    return pick(number, number, text, text, sequence, table, truth, raw, lambda d: "None")(depth)


def statement():
    depth = pick(1, 2, 2, 3)
    return pick(
        lambda: f"print(repr({anything(depth)}))",
        lambda: f"print({anything(depth)}, {anything(depth)})",
        lambda: f"print(repr({text(depth)}))",
        lambda: f"print({number(depth)})",
        lambda: f"print(format({number(depth)}, {spec(1)!r}))",
        lambda: f"a = ({number(depth)}) % 1000; print(a)",
        lambda: f"s = ({text(depth)})[:20]; print(repr(s))",
        lambda: f"l = list({sequence(depth)})[:6]; print(l)",
        lambda: f"l[{slice_of(1)}] = {sequence(1)}; del l[8:]; print(l)",
        lambda: f"l[{number(1)}] = {anything(1)}; print(l)",
        lambda: f"del l[{pick(number(1), slice_of(1))}]; print(l)",
        lambda: f"l.{pick('append', 'remove', 'extend', 'index')}({anything(1)}); del l[8:]; print(l)",
        lambda: f"l.insert({number(1)}, {anything(1)}); del l[8:]; print(l)",
        lambda: f"print(l.pop({pick('', number(1))}), l)",
        lambda: f"l = sorted({sequence(depth)}); print(l)",
        lambda: f"l.reverse(); print(l)",
        lambda: f"d[{anything(1)}] = {anything(1)}; print(d)",
        lambda: f"print(d.pop({anything(1)}, {number(1)}), d)",
        lambda: f"del d[{anything(1)}]; print(d)",
        lambda: f"d = {table(depth)}; print(d)",
        lambda: f"{pick('s', 'l', 'd')} {pick('+', '-', '*', '%', '|', '&')}= {anything(1)}; "
        "l = list(l)[:9]; s = s[:30]; print(s, l, d)",
        lambda: f"a, b = {sequence(depth)}; print(a, b); a, b = 3, 4",
        lambda: f"for x in {anything(depth)}: print(x, end=' ')\nprint()",
        lambda: f"print((lambda x, y={number(1)}: {pick('x', 'y', '[x, y]')})({some(2, anything, 1)}))",
    )()


# ---- ways through a function -----------------------------------------------------------------------------------------

def indented(lines):
    return ["    " + line for line in lines]


def mark():
    return f"print({R.randint(0, 99)}, n, end=' ')"


def block(depth, place):
    """place: letters of what may be left: l a loop, e a handler, f a function (always), y a generator."""
    lines = []
    for _ in range(R.randint(1, 3)):
        lines += step(depth, place)
    return lines


def condition():
    return f"n % {R.randint(2, 4)} {pick('==', '!=', '>')} {R.randint(0, 2)}"


def step(depth, place):
    simple = [lambda: [mark()], lambda: ["n += 1"], lambda: [f"if {condition()}: {leave(place)}"],
              lambda: [f"m = [n + i for i in range({R.randint(0, 3)}) if i != n]; print(m, end=' ')"],
              lambda: ["print(sum(i * n for i in range(3)), end=' ')"]]
    if "y" in place:
        simple.append(lambda: [f"yield {pick('n', 'None', '(n, 1)')}"])
    if depth <= 0:
        return pick(*simple)()
    inner = depth - 1
    return pick(
        *simple,
        lambda: [f"if {condition()}:"] + indented(block(inner, place)) +
        pick([], [f"elif {condition()}:"] + indented(block(inner, place)), ["else:"] + indented(block(inner, place))),
        lambda: [f"for {pick('i', 'j', 'n')} in {pick('range(3)', '[n, 1]', '(5, 2)', 'range(n % 3)')}:"] +
        indented(block(inner, place + "l")) + pick([], ["else:"] + indented(block(inner, place))),
        lambda: [f"w{depth} = 0", f"while w{depth} < {R.randint(1, 3)}:", f"    w{depth} += 1"] +
        indented(block(inner, place + "l")) + pick([], ["else:"] + indented(block(inner, place))),
        lambda: attempt(inner, place), lambda: attempt(inner, place), lambda: attempt(inner, place),
        lambda: nested(inner),
        lambda: [f"print([(lambda k=n: (k, n))() for _ in range(2)], end=' ')"],
    )()


def leave(place):
    ways = ["return n", "return", "raise ValueError(n)", "raise KeyError('k')", "[][n]", "n // 0"]
    if "l" in place:
        ways += ["break", "continue"] * 3
    if "e" in place:
        ways += ["raise"] * 2
    if "y" in place:
        ways += ["yield n"] * 3
    return pick(*ways)


def attempt(depth, place):
    lines = ["try:"] + indented(block(depth, place))
    kinds = R.sample(["ValueError", "KeyError", "(IndexError, ZeroDivisionError)", "LookupError", "Exception"],
                     R.randint(0, 3))
    for kind in kinds:
        name = R.random() < 0.5
        lines += [f"except {kind}{' as e' if name else ''}:"]
        lines += indented((["print(type(e).__name__, e, end=' ')"] if name else []) + block(depth, place + "e"))
    if kinds and R.random() < 0.3:
        lines += ["else:"] + indented(block(depth, place))
    if not kinds or R.random() < 0.5:
        lines += ["finally:"] + indented(block(depth, place.replace("e", "")))
    return lines


def nested(depth):
    inside = indented(["nonlocal n"] + block(depth, "f")) if R.random() < 0.5 else indented(["print(n, end=' ')"])
    return ["def g():"] + inside + ["g()"]


def function(name):
    kind = pick("f", "f", "fy")
    body = ["n = 0"] + block(3, kind) + ["return n"]
    call = f"list({name}())" if "y" in kind else f"{name}()"
    # a generator that never comes to its `yield` is still one
    return [f"def {name}():"] + indented(body + (["yield 'end'"] if "y" in kind else [])) + \
        ["try:", f"    print('=', {call})", "except Exception as e:", "    print('!', type(e).__name__, e)"]


def ways(count):
    lines = []
    for index in range(count):
        lines += [f"print({index}, end=': ')", "try:", "    pass", "except ValueError: pass"] + function(f"f{index}")
    return "\n".join(lines) + "\n"


def program(count):
    lines = ["a, b, s, t, l, m, d, r = 5, -3, 'some text', 'é€x', [1, 2, 3], ['b', 'a'], {'k': 1}, b'raw'"]
    for index in range(count):
        lines.append(f"print({index}, end=': ')\ntry:\n" + "\n".join("    " + line for line in statement().split("\n")) +
                     "\nexcept Exception as e:\n    print('!', type(e).__name__)\n"
                     "if not isinstance(a, int) or not isinstance(b, int): a, b = 5, -3\n"
                     "if not isinstance(s, str): s = 'x'\n"
                     "if not isinstance(l, list): l = [1]\n"
                     "if not isinstance(d, dict): d = {}")
    return "\n".join(lines) + "\n"


def compiles(source):
    try:
        compile(source, "program", "exec")
        return True
    except (SyntaxError, ValueError):
        return False


def by_python(source):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, "program", "exec"), {})
    return out.getvalue()


def by_us(driver, source):
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(source)
        file.flush()
        done = subprocess.run([driver, file.name], capture_output=True, timeout=100)
    return done.stdout.decode(), done.stderr.decode()


def statement_of(source, line):
    parts = source.split(f"print({line.split(':')[0]}, end=': ')\ntry:\n")
    return parts[1].split("\nexcept")[0] if len(parts) > 1 else ""


def differences(driver, make, count):
    """None: more code than a function of ours may have, for `finally` is compiled into every way out."""
    source = make(count)
    while not compiles(source):
        source = make(count)
    theirs, (ours, errors) = by_python(source), by_us(driver, source)
    if "too much code in one function" in errors:
        return None
    found = [(x, y) for x, y in zip(theirs.split("\n"), ours.split("\n")) if x != y]
    if errors or found or len(theirs) != len(ours):
        path = os.path.join(tempfile.gettempdir(), f"ringtap-at-random-{os.getpid()}.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(source)
        print(f"in {path}:", errors)
        for x, y in found[:10]:
            print(f"{statement_of(source, x)}\npython3: {x}\nringtap: {y}")
        return True
    return False


def main():
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 6000
    seed = int(sys.argv[4] if len(sys.argv) > 4 else os.environ.get("RINGTAP_SEED", "5"))
    R.seed(seed)
    results = [differences(sys.argv[1], *kind) for _ in range(count // 50) for kind in ((program, 40), (ways, 10))]
    failed, too_big = results.count(True), results.count(None)
    print(f"{count} statements, seed {seed}, {failed} programs differ, {too_big} are too big")
    return failed > 0 or too_big > len(results) // 40


if __name__ == "__main__":
    sys.exit(main())
