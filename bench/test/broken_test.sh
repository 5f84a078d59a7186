#!/bin/sh
# A lock that does not exclude is found out by the measurement itself.
. "$(dirname "$0")/check.sh"
[ "$(nproc)" -gt 1 ] || exit 77

run=$scratch/run
# shellcheck disable=SC2086 # $short is words
"$kspin" bench $short --locks broken --workloads throughput --threads 2 \
  --rounds 3 --out "$run" >"$scratch/out" 2>"$scratch/err"
status=$?
[ $status = 1 ] || fail "exit status $status, not 1"
grep -q 'mutual exclusion was violated' "$scratch/err" ||
  fail "does not say so: $(cat "$scratch/err")"
grep -q '"violated"' "$run/trials.jsonl" || fail 'no such verdict is stored'
exit $((failures > 0))
