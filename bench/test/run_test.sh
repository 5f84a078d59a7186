#!/bin/sh
# A run leaves every file, each readable, and a figure for every cell.
. "$(dirname "$0")/check.sh"

run=$scratch/run
# shellcheck disable=SC2086 # $short is words
"$kspin" bench $short --locks ticket,queued/mcs,none --out "$run" \
  >"$scratch/table" 2>"$scratch/err" || fail "exit status $?"
cat "$scratch/err"

for file in run.json trials.jsonl summary.csv histograms.csv benchmark.json; do
  [ -s "$run/$file" ] || fail "no $file"
done
grep -q '"state": "complete"' "$run/run.json" || fail 'run.json: not complete'
for file in run.json benchmark.json; do
  python3 -m json.tool "$run/$file" >/dev/null || fail "$file: no JSON"
done
trials=$(wc -l <"$run/trials.jsonl")
reports=$(grep -c '"repetition_index"' "$run/benchmark.json")
[ "$trials" = "$reports" ] ||
  fail "$trials trials, but $reports in Google Benchmark's report"
grep -q 'executive/ticket dpc' "$scratch/table" || fail 'no table'
[ ! -e "$run/benchmark.json.part" ] || fail 'a part was left behind'

python3 - "$run/run.json" <<'CHECK' || fail 'run.json: no findings'
import json, sys
checks = json.load(open(sys.argv[1]))["doctor"]["checks"]
assert {"cpus", "clocksource", "guest"} <= {c["name"] for c in checks}, checks
CHECK
python3 -c '
import json, sys
for c in json.load(open(sys.argv[1]))["doctor"]["checks"]:
    if c["severity"] != "info":
        print("%s: %s: %s" % (c["severity"], c["name"], c["value"]))
' "$run/run.json" | while read -r complaint; do
  grep -qxF -e "$complaint" "$scratch/table" || echo "$complaint"
done >"$scratch/unsaid"
[ ! -s "$scratch/unsaid" ] || fail "not said: $(cat "$scratch/unsaid")"

# With two CPUs and a clock to trust every lock is in all four workloads,
# beside the probe; else the table says what is left out.
stamped='release throughput'
if grep -q 'not stamped' "$scratch/table"; then
  stamped=
  grep -q '^left out: release' "$scratch/table" || fail 'release is just gone'
fi
if [ "$(nproc)" -gt 1 ]; then
  for workload in uncontended handoff $stamped; do
    for lock in executive,ticket queued,mcs queued,ticket; do
      grep -q "^$workload,[a-z0-9_]*,$lock,dpc," "$run/summary.csv" ||
        fail "$workload has no $lock"
    done
    grep -q "^$workload,one_way_ns,probe,line," "$run/summary.csv" ||
      fail "$workload has no probe"
  done
  for row in uncontended,pair_ns release,drained_ns handoff,alternation_ns; do
    awk -F, -v row="$row," 'index($0, row) == 1 && $20 == "" { exit 1 }' \
      "$run/summary.csv" || fail "$row: ratio_to_probe is empty"
  done
fi

refuses bench --quick --rounds 1 --out "$run" -- "$run" 'run already'
[ "$(wc -l <"$run/trials.jsonl")" = "$trials" ] || fail 'the run was touched'
exit $((failures > 0))
