#!/bin/sh
# Memory orders in locks/: explicit, labelled, explained, and nothing that a
# sanitizer cannot see.
. "$(dirname "$0")/tree.sh"

files 'locks/*.h' | grep -v -e '^locks/test/' -e '^locks/model/' |
  examine "$(cat "$checks/atomics.awk")" | verdict
