#!/bin/sh
# Shows that a measured kernel never leaves itself: disassembles every
# function of an object or archive, and fails on each call, each jump into
# another function, each indirect jump and each system call.
#
#   no_calls.sh OBJECT [ALLOWED]   ALLOWED: an extended regular expression
#                                  that names the symbols it may call, whole,
#                                  and system call instructions that it may use
#
# Exits with 0: none, 1: some (printed as `function: address: instruction`),
# 77: there is no objdump here (OBJDUMP names another one, for cross builds).
set -u

object=${1:?an object file or archive}
allowed=${2:-}
objdump=${OBJDUMP:-objdump}

command -v "$objdump" >/dev/null || {
  echo "no $objdump here: cannot disassemble $object" >&2
  exit 77
}

case $("$objdump" -f "$object" 2>&1) in
*x86-64* | *i386*) machine=x86 ;;
*aarch64*) machine=aarch64 ;;
*riscv*) machine=riscv ;;
*)
  echo "$object: objdump knows no x86-64, aarch64 or riscv code in it" >&2
  exit 1
  ;;
esac

LC_ALL=C "$objdump" -dr --no-show-raw-insn "$object" |
  awk -v machine="$machine" -v allowed="$allowed" -v object="$object" \
    -f "$(dirname "$0")/no_calls.awk"
