#!/bin/sh
# kspin compare on a recorded run: a lock that was slowed down by 5 % is called
# slower, its equal is not. Rounds are drawn from the recorded clean trials of
# one cell, with replacement, as there are fewer than the answer needs.
. "$(dirname "$0")/check.sh"
reference=$2

plant() { # FOLDER FACTOR
  mkdir "$1" && cp "$reference/run.json" "$1" &&
    python3 - "$reference" "$1" "$2" <<'PY'
import json, random, statistics, sys
reference, folder, factor = sys.argv[1], sys.argv[2], float(sys.argv[3])
chosen = random.Random(3)
trials = [json.loads(line) for line in open(reference + "/trials.jsonl")]
cell = [t for t in trials if t["workload"] == "handoff" and
        t["lock"] == "clh" and t["family"] == "executive" and
        t["routines"] == "dpc" and t["verdict"] == "clean" and
        "timestamp_ns" in t]
link = statistics.median(t["probe_ns"] for t in cell)
cell = [t for t in cell if abs(t["probe_ns"] / link - 1) < 0.3]
assert len(cell) >= 8, len(cell)
keep = {"timestamp_ns", "probe_ns", "probe_before_ns", "probe_after_ns"}
with open(folder + "/trials.jsonl", "w") as out:
    for round in range(600):
        for lock in "ticket", "planted":
            t = {k: v for k, v in chosen.choice(cell).items()
                 if k in keep or not isinstance(v, float)}
            t.pop("acquire_histogram", None)
            t.update(lock=lock, round=round,
                     sequence=2 * round + (lock == "planted"))
            t["timestamp_ns"] *= factor if lock == "planted" else 1
            print(json.dumps(t), file=out)
PY
}

plant "$scratch/slow" 1.05 || fail 'cannot plant'
plant "$scratch/equal" 1 || fail 'cannot plant'
"$kspin" compare "$scratch/slow" executive/ticket executive/planted \
  >"$scratch/out"
status=$?
[ $status = 1 ] || fail "5 %: exit status $status, not 1: $(cat "$scratch/out")"
grep -q 'planted.*slower' "$scratch/out" || fail "$(cat "$scratch/out")"
"$kspin" compare "$scratch/slow" executive/planted executive/ticket \
  >"$scratch/out" ||
  fail "the other way round: exit status $?: $(cat "$scratch/out")"
"$kspin" compare "$scratch/equal" executive/ticket executive/planted --json \
  >"$scratch/json" || fail "A/A: exit status $?"
python3 - "$scratch/json" <<'PY' || fail 'A/A: no such answer'
import json, sys
one, = json.load(open(sys.argv[1]))["comparisons"]
assert one["answer"] in ("same", "undecided"), one
assert one["low"] <= one["ratio"] <= one["high"] and one["n"] == 600, one
PY

# Cells of other conditions are rows of their own, and each says which.
mkdir "$scratch/two" && cp "$reference/run.json" "$scratch/two"
python3 - "$scratch/slow" "$scratch/two" <<'PY' || fail 'cannot plant two loads'
import json, sys
with open(sys.argv[2] + "/trials.jsonl", "w") as out:
    for line in open(sys.argv[1] + "/trials.jsonl"):
        t = json.loads(line)
        slower = t["lock"] == "planted" and t["round"] % 2
        t.update(variant="think:500" if t["round"] % 2 else "")
        t["timestamp_ns"] *= 2 if slower else 1
        print(json.dumps(t), file=out)
PY
"$kspin" compare "$scratch/two" executive/ticket executive/planted \
  >"$scratch/out"
[ "$(grep -c '^executive/planted.* plain  1\.0' "$scratch/out")" = 1 ] &&
  [ "$(grep -c '^executive/planted.* think:500  2\.' "$scratch/out")" = 1 ] ||
  fail "two loads: $(cat "$scratch/out")"
"$kspin" compare "$scratch/slow" executive/ticket executive/planted |
  grep -e plain -e section -e home && fail 'says what is not needed'
"$kspin" compare "$scratch/two" executive/ticket executive/planted --json |
  python3 -c 'import json, sys
found = [(c["variant"], c["home"], c["n"])
         for c in json.load(sys.stdin)["comparisons"]]
assert found == [("", "first", 300), ("think:500", "first", 300)], found' ||
  fail 'two loads: other JSON'

refuses compare "$scratch/slow" -- 'wants a run and two locks'
refuses compare "$scratch/slow" mcs queued/mcs -- "'mcs' is no lock"
exit $((failures > 0))
