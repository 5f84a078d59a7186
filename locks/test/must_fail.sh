#!/bin/sh
# Runs a program that has to find a fault.
# usage: must_fail.sh PATTERN PROGRAM [ARGUMENT...]
# Passes when the program says no by its exit status (not by a signal) and its
# output has PATTERN.
pattern=$1
shift
# shellcheck disable=SC2086 # what runs programs of another machine is words
output=$(${MESON_EXE_WRAPPER-} "$@" 2>&1)
status=$?
if [ "$status" -eq 0 ] || [ "$status" -ge 126 ]; then
  echo "$output"
  echo "must_fail.sh: exit status $status: the fault was not found" >&2
  exit 1
fi
case $output in
*"$pattern"*) exit 0 ;;
esac
echo "$output"
echo "must_fail.sh: failed for another reason than '$pattern'" >&2
exit 1
