#!/bin/sh
# --against prints ratios with intervals of pairs of one round, --aa the rate
# of false differences with its own.
. "$(dirname "$0")/check.sh"

# The peers that CK brings, where it is built in.
pair='executive/ticket peer/pthread_spin'
if "$kspin" list | grep -q '^peer *ck_mcs'; then
  pair='queued/mcs peer/ck_mcs'
fi
ours=${pair% *} theirs=${pair#* }

"$kspin" bench --quick --workloads uncontended --locks "$ours" \
  --routines dpc,native --against "$theirs" --rounds 12 --out "$scratch/run" \
  >"$scratch/table" 2>"$scratch/err" || fail "--against: $(cat "$scratch/err")"
grep -q "^$ours against $theirs dpc .*pair_ns" "$scratch/table" ||
  fail "no ratio: $(cat "$scratch/table")"
number='[0-9][0-9.]*'
grep "^$ours against" "$scratch/table" |
  grep -v -e "  $number \[$number,$number\]  [a-z].* n=[0-9]" \
    -e 'no interval  undecided' >"$scratch/odd"
[ ! -s "$scratch/odd" ] || fail "not a ratio: $(cat "$scratch/odd")"
grep -q '^[0-9]* compared: .* faster, .* slower' "$scratch/table" ||
  fail 'no count'

"$kspin" bench --aa --workloads uncontended --locks none --rounds 12 \
  --out "$scratch/self" >"$scratch/table" 2>"$scratch/err" ||
  fail "--aa: $(cat "$scratch/err")"
grep -q 'false differences \[[0-9.]*,[0-9.]*\] at n = ' "$scratch/table" ||
  grep -q 'A/A: too few clean trials' "$scratch/table" ||
  fail "no rate: $(tail -4 "$scratch/table")"
# Twenty pairs are forty trials and a few; disturbed ones do not count.
"$kspin" plan --aa --locks none | grep -q '44 clean trials' ||
  fail 'plan: not 44 clean trials'

refuses bench --against nobody -- --against nobody
exit $((failures > 0))
