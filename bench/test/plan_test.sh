#!/bin/sh
# A plan says what a run would do, on machines that are only described, too.
. "$(dirname "$0")/check.sh"

# What is planned here is what runs here.
"$kspin" plan --locks ticket --workloads uncontended --rounds 2 --json \
  >"$scratch/plan" || fail "plan: exit status $?"
"$kspin" bench --locks ticket --workloads uncontended \
  --benchmark_list_tests >"$scratch/names" || fail "list: exit status $?"
python3 - "$scratch/plan" "$scratch/names" <<'PY' || fail 'plan and run differ'
import json, sys
plan = json.load(open(sys.argv[1]))
names = open(sys.argv[2]).read().split()
assert plan["cells"] == len(names), (plan["cells"], len(names))
assert plan["rounds"] == 2
assert abs(plan["total_s"] - 2 * plan["round_s"]) < 1e-9 and plan["round_s"] > 0
PY

large='package:8 l3:8 core:16 pu:2'
"$kspin" plan --synthetic "$large" --json >"$scratch/large" ||
  fail '2048 CPUs cannot be planned'
"$kspin" plan --synthetic "$large" --sample 16 --workloads handoff --json \
  --threads 1 --locks queued/mcs >"$scratch/sample" || fail 'no sample'
"$kspin" plan --synthetic "$large" --pairs all --workloads handoff --json \
  --threads 1 --locks queued/mcs >"$scratch/all" || fail 'no matrix'
python3 - "$scratch" <<'PY' || fail 'a large machine is planned wrongly'
import json, sys
def read(name):
    return json.load(open(sys.argv[1] + "/" + name))
assert read("large")["cpus"] == 2048
assert {w["name"] for w in read("large")["workloads"]} == {
    "uncontended", "release", "handoff", "throughput"}
assert read("sample")["cells"] == 4 * 16
assert read("all")["cells"] == 2048 * 2047 // 2
pairs = {s["level"]: s["sets"] for s in read("all")["sets"]
         if s["threads"] == 2}
assert pairs == {"smt": 8 * 8 * 16, "l3": 8 * 8 * (32 * 31 // 2 - 16),
                 "package": 8 * (8 * 7 // 2) * 32 * 32,
                 "cross": 28 * 256 * 256}, pairs
PY
# A matrix of 256 CPUs takes minutes by samples, days by all pairs.
many='package:2 l3:16 core:8 pu:1'
"$kspin" plan --synthetic "$many" --workloads matrix --json \
  >"$scratch/matrix" || fail 'no matrix of 256'
"$kspin" plan --synthetic "$many" --workloads matrix --pairs all --rounds 20 \
  --json >"$scratch/pairs" || fail 'no matrix of all 256'
"$kspin" plan --synthetic "$many" --full --json >"$scratch/full" || fail --full
python3 - "$scratch" <<'PY' || fail 'a matrix of 256 CPUs'
import json, sys
def read(name):
    return json.load(open(sys.argv[1] + "/" + name))
assert read("matrix")["total_s"] < 1800, read("matrix")["total_s"]
assert read("pairs")["total_s"] > 3600, read("pairs")["total_s"]
full = read("full")
assert full["effort"] == "full" and full["rounds"] >= 20, full["rounds"]
assert {"matrix", "latency", "counters"} <= {w["name"]
                                             for w in full["workloads"]}
PY
"$kspin" plan --synthetic "$large" >"$scratch/text" || fail 'no text'
grep -q 'cells, .* rounds: about' "$scratch/text" || fail 'no sum'
# Options from a file; what is typed later wins.
cat >"$scratch/campaign" <<'TEXT'
# two locks, as always
locks = ticket,queued/mcs   # both families have a ticket
workloads=handoff

quick = yes
rounds = 7
TEXT
"$kspin" plan --campaign "$scratch/campaign" --rounds 3 --json \
  >"$scratch/file" || fail '--campaign'
"$kspin" plan --locks ticket,queued/mcs --workloads handoff --rounds 3 \
  --quick --json >"$scratch/typed" || fail 'typed'
cmp "$scratch/file" "$scratch/typed" || fail 'a file is not what is typed'
for line in 'lokcs = x' 'locks' 'locks =' 'quick = no' 'campaign = x'; do
  printf 'seed = 1\n%s\n' "$line" >"$scratch/campaign"
  refuses plan --campaign "$scratch/campaign" -- "campaign:2:"
done
refuses plan --campaign "$scratch/none" -- --campaign "$scratch/none"
refuses plan --campaign "$scratch" -- --campaign "$scratch"
refuses plan --out "$scratch/run" -- --out 'leaves no run'
refuses plan --resume "$scratch/run" -- --resume 'leaves no run'
refuses plan --synthetic pu:2 --xml x -- --synthetic --xml
refuses plan --pairs 0-9999 -- --pairs 0-9999
exit $((failures > 0))
