#!/bin/sh
# kspin predict: mean errors of a recorded run, other machines marked as
# predictions wherever they stand, refusals in one line.
# $1 is the program, $2 the folder of a recorded run.
. "$(dirname "$0")/check.sh"

run=$scratch/run
mkdir "$run"
cp "$2/run.json" "$2/trials.jsonl" "$run"

says() { # COMMAND-OPTIONS; into $scratch/out
  "$kspin" predict "$@" >"$scratch/out" 2>"$scratch/err" ||
    fail "predict $* ends with $?: $(cat "$scratch/err")"
}

refuses() { # WORDS OPTIONS...
  words=$1
  shift
  "$kspin" predict "$@" >"$scratch/out" 2>"$scratch/err" &&
    fail "predict $* succeeds"
  [ "$(wc -l <"$scratch/err")" = 1 ] && [ ! -s "$scratch/out" ] ||
    fail "predict $*: not one line"
  grep -qF -- "$words" "$scratch/err" ||
    fail "predict $*: no '$words' in: $(cat "$scratch/err")"
}

says "$run"
[ "$(grep -c 'mean error [0-9.]* % over' "$scratch/out")" -ge 2 ] ||
  fail 'fewer than two locks have a mean error'
grep -q '^executive/tas .*not predicted: it is not FIFO$' "$scratch/out" ||
  fail 'predicts a lock without an order'
grep -q 'the model does not explain this lock here$' "$scratch/out" ||
  fail 'explains every lock of a run in which mcs is not explained'
cmp -s "$run/prediction.csv" "$2/prediction.csv" ||
  fail 'prediction.csv differs from the recorded one'

says "$run" --json
grep -q '"mean_error": 0\.' "$scratch/out" || fail 'no mean error in JSON'

# Elsewhere: every page and every line says that it is a prediction.
two='package:2 l3:2 core:4 pu:2'
costs='smt=12,package=90,cross=180'
says "$run" --synthetic "$two" --transfer "$costs"
head -n 1 "$scratch/out" | grep -q '^PREDICTION for synthetic' ||
  fail "begins with $(head -n 1 "$scratch/out")"
grep -q 'cross 180 ns (given)' "$scratch/out" || fail 'no given transfer'
grep -q 'l3 [0-9]* ns (measured by the run)' "$scratch/out" ||
  fail 'no measured transfer'
grep -E '^  [0-9]' "$scratch/out" | grep -vq ' predicted ' &&
  fail 'a figure is not marked as predicted'
grep -q '^  32 ' "$scratch/out" || fail 'not up to all 32 CPUs'
grep -q '^how a hand-over grows .* was not measured' "$scratch/out" ||
  fail 'does not say what it takes for granted'
says "$run" --synthetic "$two" --transfer "$costs" --json --threads 2
[ "$(grep -c '"prediction": true' "$scratch/out")" -ge 7 ] ||
  fail 'JSON is not marked'
[ ! -s "$run/measured.csv" ] && cmp -s "$run/prediction.csv" \
  "$2/prediction.csv" || fail 'a run changed by what is elsewhere'

refuses 'level smt' "$run" --synthetic "$two"
refuses 'should be a level' "$run" --synthetic "$two" --transfer near=3
refuses 'should be a level' "$run" --synthetic "$two" --transfer l3=0
refuses 'for another machine' "$run" --transfer l3=40
refuses 'do not fit' "$run" --synthetic "$two" --transfer "$costs" \
  --threads 33
refuses 'which run' --json
refuses 'No such file' "$scratch/none"
exit $((failures > 0))
