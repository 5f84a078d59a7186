#!/bin/sh
# Every header compiles alone and without a warning, in C17 and, where it is
# for drivers, in C++17, with each compiler that there is.
# usage: headers.sh c|c++ INCLUDE_OPTIONS HEADER...
language=$1
includes=$2
shift 2
case $language in
c) compilers="gcc clang" standard=c17 ;;
c++) compilers="g++ clang++" standard=c++17 ;;
esac
warnings="-Wall -Wextra -Wpedantic -Wshadow -Wundef -Wcast-align -Werror"
found=
failed=
for compiler in $compilers; do
  command -v "$compiler" >/dev/null || continue
  found=yes
  for header in "$@"; do
    # shellcheck disable=SC2086
    printf '#include "%s"\nextern int end_of_unit;\n' "$header" |
      "$compiler" -x "$language" -std=$standard -D_GNU_SOURCE $warnings \
        $includes -fsyntax-only - || {
      echo "headers.sh: $compiler does not take $header alone" >&2
      failed=yes
    }
  done
done
[ -n "$found" ] || { echo "none of $compilers is here"; exit 77; }
[ -z "$failed" ]
