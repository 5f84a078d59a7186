#!/bin/sh
# Each header compiles alone, twice in a row, without a warning. A template
# is excused that says in a comment what "the includer defines".
# Arguments after the tree: the C compiler and its options.
. "$(dirname "$0")/tree.sh"
shift
[ $# -gt 0 ] || set -- "${CC:-cc}"

libraries=$(pkg-config --cflags hwloc numa jansson benchmark cmocka)
faults=$(mktemp) || exit 2
trap 'rm -f "$faults"' EXIT

alone() { # HEADER COMPILER...
  header=$1
  shift
  # shellcheck disable=SC2086 # $libraries are options
  printf '#include "%s"\n#include "%s"\nextern int end;\n' \
    "$header" "$header" |
    "$@" -x c -std=c17 -D_GNU_SOURCE -I. -Ilocks/nt $libraries \
      -Wall -Wextra -Wpedantic -Werror -fsyntax-only - 2>"$faults" ||
    { echo "$header:1: does not compile alone" && head -n 5 "$faults"; }
}

# Not every machine has the library that a peer comes from.
lacks_its_library() { # HEADER COMPILER...
  case $1 in locks/peer/ck.h | locks/peer/ck_*) ;; *) return 1 ;; esac
  shift
  ! echo '#include <ck_spinlock.h>' | "$@" -E -x c - >/dev/null 2>&1
}

headers=$(files '*.h')
{
  [ -n "$headers" ] || echo "$0: found no header"
  for header in $headers; do
    tr -s '\n *' ' ' <"$header" | grep -qi 'the includer defines' && continue
    lacks_its_library "$header" "$@" && continue
    alone "$header" "$@"
  done
} | verdict
