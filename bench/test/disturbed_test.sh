#!/bin/sh
# Beside a thief of one CPU, disturbed segments are counted and told; without
# counting there would be no trial with any.
. "$(dirname "$0")/check.sh"

cpus=$("$kspin" topology --place compact --threads 2 | awk '$1 == "compact"')
[ -n "$cpus" ] || exit 77 # one CPU: nothing is handed off
victim=${cpus##* }
pair=$(echo "$cpus" | awk '{ print $2 "-" $3 }')

taskset -c "$victim" sh -c 'while :; do :; done' &
thief=$!
trap 'kill $thief; rm -rf "$scratch"' EXIT

# A handoff takes a millisecond, which a thief often misses; a window does not.
for part in handoff,release,uncontended:40 throughput:4; do
  "$kspin" bench --quick --locks ticket --pairs "$pair" --threads 2 \
    --workloads "${part%:*}" --rounds "${part#*:}" --out "$scratch/${part#*:}" \
    >>"$scratch/said" 2>"$scratch/err" ||
    fail "${part%:*}: exit status $?: $(cat "$scratch/err")"
done
cat "$scratch"/*/trials.jsonl >"$scratch/trials"

python3 - "$scratch/trials" "$scratch/said" <<'CHECK' || failures=1
import json, re, sys

trials = [json.loads(line) for line in open(sys.argv[1])]
assert trials, "no trials"
for trial in trials:
    assert "segments_disturbed" in trial, "segments are not counted"
    causes = [trial["segments_" + c] for c in ("migrated", "preempted", "gap")]
    disturbed = trial["segments_disturbed"]
    assert sum(causes) == disturbed <= trial["segments"], trial
    assert trial["parked"] >= (trial["segments_preempted"] > 0), trial
    if trial["segments_disturbed"] == 0 and trial["verdict"] == "preempted":
        sys.exit("preempted, but no segment was: %s" % trial)
# What is said at the end is what was counted.
said = open(sys.argv[2]).read()
counted = sum(t["segments_preempted"] for t in trials)
told = re.findall(r"segments of them.* (\d+) preempted", said)
assert sum(map(int, told)) == counted, (told, counted)
# Segments of a pair's trials are counted by the same code.
for workloads in {"handoff", "release"}, {"uncontended"}, {"throughput"}:
    of = [t for t in trials if t["workload"] in workloads]
    assert not of or any(t["segments_preempted"] for t in of), (
        "%s: nobody saw the thief" % workloads
    )
CHECK
exit $((failures > 0))
