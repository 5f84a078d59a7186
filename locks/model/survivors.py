#!/usr/bin/env python3
"""Writes the table of justified survivors from comments in lock headers.

usage: survivors.py OUTPUT TOP HEADER...

A comment that says "survives: why" or "survives as relaxed: why" tells why
the access that follows may keep an order that no check needs. The reason ends
with the comment or an empty line in it.
"""
import pathlib
import re
import sys

COMMENT = re.compile(r"/\*.*?\*/", re.S)
SURVIVES = re.compile(
    r"\bsurvives(?: as (\w+))?:\s*(.*?)(?=\bsurvives(?: as \w+)?:|\Z)", re.S)


def rows(header, top):
    text = header.read_text()
    for comment in COMMENT.finditer(text):
        body = re.sub(r"\n[ \t]*\*?[ \t]*", "\n", comment.group()[2:-2])
        line = text.count("\n", 0, comment.end()) + 1
        for order, why in SURVIVES.findall(body):
            why = " ".join(why.split("\n\n")[0].split())
            why = why.replace("\\", "\\\\").replace('"', '\\"')
            name = header.relative_to(top).as_posix()
            yield (f'    {{"{name}", {line}, "{order}",\n'
                   f'     "{why}", false}},\n')


def main():
    output, top = (pathlib.Path(name) for name in sys.argv[1:3])
    headers = [pathlib.Path(name) for name in sys.argv[3:]]
    text = ('/* Made by survivors.py. */\n#include "locks/model/mutate.h"\n\n'
            "struct model_survivor model_survivors[] = {\n")
    for header in headers:
        text += "".join(rows(header.resolve(), top.resolve()))
    output.write_text(text + '    {NULL, 0, "", "", false},\n};\n')


main()
