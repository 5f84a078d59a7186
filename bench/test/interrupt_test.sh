#!/bin/sh
# SIGINT ends a run after the trial in flight and leaves it readable.
. "$(dirname "$0")/check.sh"

run=$scratch/run
# A background job of sh ignores SIGINT; python gives the program a fresh one.
python3 - "$kspin" "$run" >"$scratch/out" 2>"$scratch/err" <<'PY'
import os, signal, subprocess, sys
kspin, run = sys.argv[1:]
signal.signal(signal.SIGINT, signal.default_int_handler)
bench = subprocess.Popen([kspin, "bench", "--rounds", "1000", "--workloads",
                          "uncontended", "--locks", "ticket", "--out", run])
trials = os.path.join(run, "trials.jsonl")
def finished():
    return os.path.exists(trials) and open(trials).read().count("\n")
while not finished() and bench.poll() is None:
    pass
bench.send_signal(signal.SIGINT)
sys.exit(bench.wait())
PY
status=$?
[ $status = 130 ] || fail "exit status $status, not 130: $(cat "$scratch/err")"
grep -q '"state": "interrupted"' "$run/run.json" ||
  fail 'run.json does not say that it was interrupted'
for file in run.json benchmark.json; do
  python3 -m json.tool "$run/$file" >/dev/null || fail "$file: no JSON"
done
python3 -c '
import json, sys
for line in open(sys.argv[1]):
    json.loads(line)
' "$run/trials.jsonl" || fail 'trials.jsonl cannot be read'
[ "$(wc -l <"$run/summary.csv")" -gt 1 ] || fail 'no summary'
grep -q 'kspin plot' "$scratch/err" || fail 'does not say how to go on'
exit $((failures > 0))
