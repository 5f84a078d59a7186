#!/bin/sh
# A wrong name in the environment ends a program of libkspin with one line that
# names the right ones, and status 2.
# usage: bad_environment.sh PROGRAM VARIABLE NAME...
program=$1
variable=$2
shift 2
# shellcheck disable=SC2086 # what runs programs of another machine is words
said=$(env "$variable=nosuch" ${MESON_EXE_WRAPPER-} "$program" 2>&1)
status=$?
for name in "$@"; do
  case $said in
  *" $name"*) ;;
  *) status="no $name in it" ;;
  esac
done
lines=$(echo "$said" | wc -l)
if [ "$status" = 2 ] && [ "$lines" -eq 1 ]; then
  exit 0
fi
echo "$said"
echo "bad_environment.sh: $status, $lines lines" >&2
exit 1
