#!/bin/sh
# Workloads that are measured on request: each has its rows, each finds out a
# lock that does not exclude.
. "$(dirname "$0")/check.sh"
[ "$(nproc)" -gt 1 ] || exit 77

run=$scratch/run
new='throughput,matrix,latency,lines,oversubscribed,preempted,gbench,counters'
# shellcheck disable=SC2086 # $short is words
"$kspin" bench $short --workloads $new --locks ticket,executive/tas \
  --threads 2 --think-ns 0,500 --cs-lines 4 --out "$run" >"$scratch/table" \
  2>"$scratch/err" || fail "exit status $?: $(cat "$scratch/err")"
if grep -q 'not stamped' "$scratch/table"; then
  echo 'the clock is not trusted here: nothing to see'
  exit $((failures > 0))
fi
python3 - "$run" "$scratch/table" <<'PY' || fail 'rows'
import json, sys
trials = [json.loads(line) for line in open(sys.argv[1] + "/trials.jsonl")]
def of(workload):
    found = [t for t in trials if t["workload"] == workload]
    assert found, workload
    return found
for t in of("throughput") + of("latency"):
    assert t["variant"] in ("lines:4", "think:500 lines:4"), t["variant"]
    if t["threads"] > 1:
        # runs cover all acquisitions: at least one each, none above the longest
        assert 1 <= t["run_p50"] <= t["run_p99"] <= t["longest_run"] * 1.04, t
        assert 0 <= t["handover_share"] <= 1, t
        assert t["segments_disturbed"] or t["verdict"] != "preempted", t
        # no slice is fairer than even, nor is their mean
        assert 0.5 <= t["jain_slice"] <= 1 + 1e-9, t
        assert "node_share" in t or "node_share_random" not in t, t
for t in of("latency"):
    quantiles = [t[k] for k in ("acquire_p50_ns", "acquire_p90_ns",
                                "acquire_p99_ns", "acquire_p999_ns",
                                "acquire_p9999_ns") if k in t]
    assert quantiles == sorted(quantiles), quantiles
    # every acquire is in the histogram
    assert sum(n for _, n in t["acquire_histogram"]) == t["operations"], t
assert {t["variant"] for t in of("lines")} == {"packed", "padded"}
for t in of("lines"):
    assert t["line_spread"] >= 1 if t["verdict"] == "clean" else True, t
for t in of("oversubscribed"):
    cpus = t["cpus"].split()
    assert t["threads"] == len(cpus) and len(set(cpus)) * 2 <= len(cpus), t
    assert t["verdict"] not in ("preempted", "overlap"), t["verdict"]
    # a window, a look at the link, a window, and so on
    assert t["segments"] == 5 and t["probe_between_ns"] > 0, t
assert all("probe_between_ns" not in t for t in of("throughput"))
for t in of("gbench"):
    # as many iterations as it was told, by as many threads of its own
    assert t["operations"] == 200000 // t["threads"] * t["threads"], t
    assert t["op_ns"] > 0 and 0 <= t["overlap"] <= 1, t
    assert t["verdict"] not in ("preempted", "overlap"), t["verdict"]
# In order is: nobody passes a stopped waiter. Without order somebody does.
for t in of("preempted"):
    assert t["stop_ns"] >= 5e5 and t["resume_ns"] > 0, t
    if t["variant"] == "waiter" and t["verdict"] == "clean":
        assert 0 <= t["stuck_share"] <= 1, t
        stands = t["stuck_share"] > 0.9 and t["passed"] == 0
        goes_on = t["stuck_share"] < 0.9 and t["passed"] > 1
        assert goes_on if t["lock"] == "tas" else stands, t
assert {t["variant"] for t in of("preempted")} == {"holder", "waiter"}
assert all("alternation_ns" in t or t["family"] for t in of("matrix"))
# What could be counted is there, for each hand-over; the head says why other
# things could not.
head = open(sys.argv[2]).read()
assert head.count("\ncounters: ") == 1, head
for t in of("counters"):
    assert "op_ns" not in t and "acquire_histogram" not in t, t
    # a thread that had no CPU handed nothing over
    if "counters: 0 events" not in head and "handover_share" in t:
        assert t["counted_cpu_ns"] > 0 and 0 < t["counted_share"] <= 1, t
        assert ("counted_cycles" in t) == ("no hardware" not in head), t
PY

# Readers and writers: every share of reads over every reader/writer lock,
# peers among them.
rm -rf "$run"
# shellcheck disable=SC2086
"$kspin" bench $short --workloads readers --threads 1,2 --out "$run" \
  >"$scratch/table" 2>"$scratch/err" ||
  fail "readers: exit status $?: $(cat "$scratch/err")"
grep -q 'not stamped' "$scratch/table" ||
  python3 - "$run" <<'PY' || fail 'readers'
import json, sys
trials = [json.loads(line) for line in open(sys.argv[1] + "/trials.jsonl")]
cells = {(t["lock"], t["variant"], t["threads"]) for t in trials}
locks = {t["family"] + "/" + t["lock"] for t in trials}
assert {"reader/nt", "reader/phase_fair", "peer/pthread_rwlock"} <= locks, locks
assert all(l.startswith(("reader/", "peer/")) for l in locks), locks
shares = {f"reads:{n}" for n in (0, 50, 90, 99, 100)}
assert len(cells) == len(locks) * 5 * 2, cells
assert {v for _, v, _ in cells} == shares, cells
for t in trials:
    asked = int(t["variant"].split(":")[1]) / 100
    assert t["exclusion_violations"] == 0, t
    if "op_ns" not in t: # all slept through it
        assert t["verdict"] != "clean", t
        continue
    assert 0 <= t["read_share"] <= 1 and abs(t["read_share"] - asked) < 0.05, t
    assert t["segments_disturbed"] or t["verdict"] != "preempted", t
    if t["threads"] > 1:
        assert 0.5 <= t["jain"] <= 1 + 1e-9 and 0 <= t["min_max"] <= 1, t
    assert ("read_p50_ns" in t) == (asked > 0), t
    assert ("write_p50_ns" in t) == (asked < 1) or asked == 0.99, t
PY
for lock in reader/broken peer/broken; do
  rm -rf "$run"
  # shellcheck disable=SC2086
  "$kspin" bench $short --workloads readers --locks $lock --threads 2 \
    --rounds 3 --out "$run" >"$scratch/table" 2>"$scratch/err"
  status=$?
  grep -q 'needs a clock that stamps' "$scratch/err" && continue
  [ $status = 1 ] || fail "readers: $lock: exit status $status, not 1"
  grep -q 'mutual exclusion was violated' "$scratch/err" ||
    fail "readers: $lock: does not say so: $(cat "$scratch/err")"
done

# One that lets everybody in: on request, too, it is found out.
for workload in latency lines oversubscribed; do
  rm -rf "$run"
  # shellcheck disable=SC2086
  "$kspin" bench $short --workloads $workload --locks broken --threads 2 \
    --rounds 10 --out "$run" >/dev/null 2>"$scratch/err"
  status=$?
  # A busy machine may fail the clock's self-test: then there is no such run.
  grep -q 'needs a clock that stamps' "$scratch/err" && continue
  [ $status = 1 ] || fail "$workload: broken: exit status $status, not 1"
  grep -q 'mutual exclusion was violated' "$scratch/err" ||
    fail "$workload: does not say so: $(cat "$scratch/err")"
done
exit $((failures > 0))
