#!/usr/bin/env python3
"""Makes the changed copy of a lock header that a structural seed asks for.

usage: copy.py SEED TOP OUTPUT

SEED names the header in its first line and then holds the text to replace
between "<<<<" and "====" and the new text between "====" and ">>>>"; white
space between words does not count. When the text is not there any more the
copy is the header as it is, with MODEL_SEED_GONE defined: the seed then fails
when it is run.
"""
import pathlib
import re
import sys


def pattern(text):
    words = re.findall(r"\w+|[^\w\s]", text)
    return re.compile(r"\s*".join(re.escape(word) for word in words))


def main():
    seed, top, output = (pathlib.Path(name) for name in sys.argv[1:])
    header, _, rest = seed.read_text().partition("\n")
    text = (top / header.strip()).read_text()
    changes = re.findall(r"^<<<<\n(.*?)^====\n(.*?)^>>>>$", rest, re.S | re.M)
    gone = not changes
    for old, new in changes:
        text, count = pattern(old).subn(lambda _: new.strip(), text)
        gone |= count != 1
    if gone:
        unchanged = (top / header.strip()).read_text()
        text = "#define MODEL_SEED_GONE 1\n" + unchanged
    output.write_text(text)


main()
