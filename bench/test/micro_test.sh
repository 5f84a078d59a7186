#!/bin/sh
# bench_micro fails when what it limits is slow, and says all it measured.
# Whether the limits hold is a matter of `meson benchmark`, not of a test.
micro=$1
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

table=$("$micro" --seed-slow)
status=$?
[ $status = 1 ] || fail "slow: exit status $status, not 1"
for limited in wrapper_empty wrapper_chain record; do
  echo "$table" | grep -q "^$limited .* FAIL" || fail "slow $limited: not seen"
done

"$micro" --seed-slow --json | python3 -c '
import json, sys
costs = json.load(sys.stdin)
rows = {row["name"]: row for row in costs["rows"]}
assert costs["ok"] is False
for name in ("wrapper_empty", "wrapper_chain", "record"):
    assert rows[name]["ok"] is False and rows[name]["limit"] > 0, rows[name]
for name in ("record_wide", "clock_start", "parked", "empty_pair"):
    assert rows[name]["value"] > 0 and rows[name]["ok"], rows[name]
assert "barrier_skew_p50" in rows
' || fail '--json'

said=$("$micro" --fast 2>&1)
status=$?
[ $status = 2 ] || fail "--fast: exit status $status, not 2"
[ "$said" = "bench_micro: '--fast' is neither --json nor --seed-slow" ] ||
  fail "--fast: $said"
exit $((failures > 0))
