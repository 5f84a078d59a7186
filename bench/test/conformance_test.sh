#!/bin/sh
# kspin conformance: every numbered behaviour has a result over every lock it
# is about, and none fails.
# usage: conformance_test.sh KSPIN SPECIFICATION
. "$(dirname "$0")/check.sh"
specification=$2

"$kspin" conformance --json >"$scratch/out" || fail "exit status $?"
"$kspin" list --json >"$scratch/list" || fail 'kspin list --json'
python3 - "$scratch/out" "$scratch/list" "$specification" <<'PY' || fail 'rows'
import json, re, sys
rows = json.load(open(sys.argv[1]))["behaviours"]
locks = {(l["family"], l["name"]) for l in json.load(open(sys.argv[2]))["locks"]
         if l["family"] != "peer"}
text = open(sys.argv[3]).read()
section = re.search(r"^## 3\..*?(?=^## 4\.)", text, re.S | re.M).group()
asked = {int(n) for n in re.findall(r"^(\d+)\. ", section, re.M)}
assert len(asked) >= 137, len(asked)
missing = asked - {r["number"] for r in rows}
assert not missing, f"no result of {sorted(missing)}"
for r in rows:
    assert r["result"] in ("pass", "not-applicable"), r
    # Not dropped: what cannot be shown says why.
    assert r["result"] == "pass" or r["detail"], r
    assert r["label"] and r["source"] and r["behaviour"], r
shown = {(r["family"], r["lock"]) for r in rows if r["result"] == "pass"}
assert locks <= shown, locks - shown
PY

"$kspin" conformance --lock ticket >"$scratch/out" || fail "exit status $?"
grep -q '^[0-9]* pass, 0 fail, [0-9]* not applicable$' "$scratch/out" ||
  fail "--lock ticket: $(tail -n 1 "$scratch/out")"
refuses conformance --lock tickte -- --lock tickte ticket
exit $((failures > 0))
