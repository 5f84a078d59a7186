#!/bin/sh
# What cannot be drawn is named in one line, and nothing half-drawn stays.
. "$(dirname "$0")/check.sh"

# Exit status 2 and one line on stderr that has every given text.
refuses() { # FOLDER OPTION... -- TEXT...
  run=$1
  shift
  options=
  while [ "$1" != -- ]; do
    options="$options $1"
    shift
  done
  shift
  # shellcheck disable=SC2086 # $options is words
  "$kspin" plot "$run" $options >"$scratch/out" 2>"$scratch/err"
  status=$?
  [ $status = 2 ] || fail "$run$options: exit status $status, not 2"
  [ "$(wc -l <"$scratch/err")" = 1 ] ||
    fail "$run$options: not one line: $(cat "$scratch/err")"
  for text; do
    grep -qF -e "$text" "$scratch/err" ||
      fail "$run$options: not '$text' but: $(cat "$scratch/err")"
  done
}

broken=$scratch/broken
fresh_run "$broken"
table=$broken/summary.csv

# Spoils the table by a sed script.
spoil() { sed "$1" "$reference/summary.csv" >"$table"; }

spoil '7s/,/;/'
refuses "$broken" -- "$table:7:" 'fields where the first line has'
spoil '1s/median/medium/'
refuses "$broken" -- "$table:1:" "no column 'median'"
spoil '4s/^\(\([^,]*,\)\{11\}\)[^,]*/\1fast/'
refuses "$broken" -- "$table:4:" "median 'fast' is no number"
: >"$table"
refuses "$broken" -- "$table:1:" workload
[ -z "$(find "$broken/plots" -name '*.svg' -o -name '*.png')" ] ||
  fail "half-drawn: $(ls -A "$broken/plots")"

refuses "$scratch/nowhere" -- "$scratch/nowhere" 'no run'
refuses "$broken" --only release,relaese -- "'relaese'" handoff latency
refuses "$broken" --format gif -- "'gif'" svg png
refuses "$broken" again -- again
echo '{ "schema": ' >"$broken/run.json"
refuses "$broken" -- "$broken/run.json:"

# A workload that was not measured is left out, by name; the others are drawn.
less=$scratch/less
fresh_run "$less"
sed -i '/^handoff,/d' "$less/summary.csv"
"$kspin" plot "$less" --format svg >"$scratch/out" 2>"$scratch/err" ||
  fail "without handoff: exit status $?"
[ "$(grep -c "^handoff .*'handoff'" "$scratch/err")" = "$(
  wc -l <"$scratch/err")" ] ||
  fail "without handoff: says $(cat "$scratch/err")"
[ ! -e "$less/plots/handoff.svg" ] || fail 'handoff is drawn without rows'
[ -s "$less/plots/release.svg" ] || fail 'release is not drawn, too'
# Nor one that has rows, but of nothing that it shows.
sed -e '/^handoff,alternation_ns,/d' -e '/^handoff,timestamp_ns,/d' \
  "$reference/summary.csv" >"$less/summary.csv"
"$kspin" plot "$less" --format svg >"$scratch/out" 2>"$scratch/err" ||
  fail "without figures of handoff: $(cat "$scratch/err")"
grep -q "^handoff .*'handoff'" "$scratch/err" ||
  fail "without figures of handoff: says '$(cat "$scratch/err")'"
"$kspin" plot "$less" --only handoff >/dev/null 2>"$scratch/err"
[ $? = 2 ] || fail 'nothing to draw, and no complaint'

# A plot that fails leaves the one that was there, and no other file.
good=$scratch/good
fresh_run "$good"
"$kspin" plot "$good" --only release --format svg >/dev/null
cp "$good/plots/release.svg" "$scratch/before.svg"
mkdir "$scratch/programs"
cp "$programs"/*.gp "$programs"/*.awk "$scratch/programs"
echo 'plot nothing' >>"$scratch/programs/rows.gp"
KSPIN_PLOTS_DIR=$scratch/programs
refuses "$good" -- rows.gp nothing
cmp -s "$scratch/before.svg" "$good/plots/release.svg" ||
  fail 'a failed plot took the old one away'
[ "$(find "$good/plots" -type f | wc -l)" = 2 ] ||
  fail "left behind: $(ls -A "$good/plots")"
KSPIN_PLOTS_DIR=$scratch/nothing
refuses "$good" -- "$scratch/nothing" KSPIN_PLOTS_DIR
KSPIN_PLOTS_DIR=$programs

# No gnuplot: said in the words of the package.
env PATH="$scratch/nothing" "$(command -v "$kspin")" plot "$good" \
  2>"$scratch/err"
[ $? = 2 ] || fail 'without gnuplot: no complaint'
grep -q 'gnuplot-nox' "$scratch/err" ||
  fail "without gnuplot: $(cat "$scratch/err")"
exit $((failures > 0))
