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
# Trials that gave no figure are lines and counts all the same; the one transfer
# stands where a column would.
python3 - "$reference" "$scratch/run" <<'PY' || fail 'cannot blind trials'
import json, sys
gone = ("alternation_ns", "timestamp_ns")
with open(sys.argv[2] + "/trials.jsonl", "w") as out:
    for line in open(sys.argv[1] + "/trials.jsonl"):
        trial = json.loads(line)
        if trial["workload"] == "handoff":
            print(json.dumps({name: value for name, value in trial.items()
                              if name not in gone}), file=out)
PY
"$kspin" table "$scratch/run" >"$scratch/blind" || fail "exit status $?"
[ "$(wc -c <"$scratch/blind")" -lt 5000 ] || fail 'no figure: it runs wide'
grep -qE '^executive/ticket dpc +- +[0-9]+ \+[0-9]+$' "$scratch/blind" ||
  fail "no figure: $(cat "$scratch/blind")"
"$kspin" report "$scratch/run" --out "$scratch/blind.html" >/dev/null ||
  fail "no figure: report: exit status $?"
refuses table "$scratch/none" -- "$scratch/none"
exit $((failures > 0))
