#!/bin/sh
# --ci ends each cell when it is known well enough, or the run with its
# budget, and says which.
. "$(dirname "$0")/check.sh"

cells="--locks ticket --workloads uncontended --routines dpc"

# As wide as may be: every cell is narrow after its least trials.
# shellcheck disable=SC2086 # $cells is words
"$kspin" bench $cells --ci 50 --budget 60 --out "$scratch/wide" \
  >"$scratch/out" 2>"$scratch/err" || fail "--ci 50: $(cat "$scratch/err")"
# As narrow as may be: the budget ends first.
# shellcheck disable=SC2086
"$kspin" bench $cells --ci 0.01% --budget 1 --out "$scratch/narrow" \
  >"$scratch/spent" 2>"$scratch/err" || fail "--ci 0.01%: $(cat "$scratch/err")"
grep -q 'cells are known to ±50 %' "$scratch/out" || fail 'says nothing'
grep -q '^  ±.*uncontended/.*/ticket/' "$scratch/spent" ||
  grep -q '^  too few clean.*/ticket/' "$scratch/spent" ||
  fail "does not say which: $(cat "$scratch/spent")"

python3 - "$scratch" <<'PY' || fail 'precision'
import json, sys
def read(name):
    folder = sys.argv[1] + "/" + name
    trials = [json.loads(line) for line in open(folder + "/trials.jsonl")]
    return json.load(open(folder + "/run.json"))["precision"], trials
wide, trials = read("wide")
assert wide["wanted"] == 0.5, wide
for cell in wide["cells"]:
    assert cell["narrow"] == (cell["half_width"] is not None and
                              cell["half_width"] <= 0.5), cell
# A cell rests from the round on in which it is known; others go on.
by_lock = {}
for t in trials:
    by_lock.setdefault((t["family"], t["lock"]), []).append(t)
for cell in by_lock.values():
    clean = sum(t["verdict"] == "clean" for t in cell[:-1])
    assert clean < len(cell) and len(cell) >= 8, len(cell)
narrow, trials = read("narrow")
assert not all(cell["narrow"] for cell in narrow["cells"]), narrow
assert max(t["started_ns"] for t in trials) < 60e9
PY

refuses bench --ci none -- --ci none percentage
refuses plan --ci 0 -- --ci
refuses bench --quick --full -- --quick --full
"$kspin" plan --ci 2% | grep -q 'known to ±2 %' || fail 'plan: no precision'
"$kspin" plan --full | grep -q '^full \*  *3600 s' || fail 'plan: no effort'
exit $((failures > 0))
