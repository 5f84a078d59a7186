#!/bin/sh
# kspin table prints a recorded run again; percentiles of fewer than ten steps
# of its clock stand in brackets.
. "$(dirname "$0")/check.sh"
reference=$2

"$kspin" table "$reference" >"$scratch/table" || fail "exit status $?"
grep -q '^executive/ticket dpc ' "$scratch/table" || fail 'no table'
mkdir "$scratch/run"
cp "$reference/trials.jsonl" "$scratch/run"
for step in 0.001 1000000; do
  python3 -c '
import json, sys
record = json.load(open(sys.argv[1] + "/run.json"))
record["clock"]["step_ns"] = float(sys.argv[3])
json.dump(record, open(sys.argv[2] + "/run.json", "w"))
' "$reference" "$scratch/run" $step
  "$kspin" table "$scratch/run" >"$scratch/$step" || fail "exit status $?"
done
grep -q '([0-9.]* ±' "$scratch/0.001" && fail 'a fine clock: brackets'
grep -q '([0-9.]* ±.*([0-9.]* ±' "$scratch/1000000" || fail 'no brackets'
# Means are finer than the clock: only the two percentiles are bracketed.
grep -q '([0-9.]* ±.*([0-9.]* ±.*([0-9.]* ±' "$scratch/1000000" &&
  fail 'more than percentiles are in brackets'
refuses table "$scratch/none" -- "$scratch/none"
exit $((failures > 0))
