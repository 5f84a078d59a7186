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

# What the suite itself costs and what disturbs, before and after.
for text in '^clock [a-z_]*: step .* ns, a stamp costs .* ns' \
  '^suite: the floor (none) is .* ns a pair, a record costs .* ns' \
  '^disturbance: .* lost .* % of its time, in .* gaps a second' \
  '^clock_offset: ' '^counters: ' '^[0-9]* trials, .*[0-9]* [a-z]* (.* %)' \
  '^a link of the delay chain lasted .* frequency was'; do
  grep -q "$text" "$scratch/table" || fail "does not say $text"
done
python3 - "$run/run.json" <<'CHECK' || fail 'run.json: no costs'
import json, sys
suite = json.load(open(sys.argv[1]))["suite"]
assert suite["floor_ns"] > 0 and suite["stamp_ns"] > 0, suite
assert suite["record_ns"] >= 0 and suite["chain_ns"] > 0, suite
assert 0 <= suite["lost_share"] < 1 and suite["gaps_per_s"] >= 0, suite
CHECK
"$kspin" table "$run" | grep . >"$scratch/again" || fail 'kspin table'
grep -vxF -f "$scratch/table" "$scratch/again" && fail 'another table'

# Each histogram is there in HdrHistogram's text, too: percentiles ascend to 1.
python3 - "$run" <<'PY' || fail 'hdr'
import csv, glob, sys
for path in glob.glob(sys.argv[1] + "/hdr/*.hgrm"):
    rows = [line.split() for line in open(path) if line[0] not in "#\n"][1:]
    shares = [float(row[1]) for row in rows]
    assert shares == sorted(shares) and shares[-1] == 1, path
    counts = [int(row[2]) for row in rows]
    assert counts == sorted(counts), path
for row in csv.DictReader(open(sys.argv[1] + "/quantiles.csv")):
    value = float(row["value_ns"])
    # An end is its bucket's highest value, the quantile lies within its own.
    assert not row["high_ns"] or value <= float(row["high_ns"]) * 1.04, row
    assert not row["low_ns"] or float(row["low_ns"]) <= value * 1.04 + 1, row
PY
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
