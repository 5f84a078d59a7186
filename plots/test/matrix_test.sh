#!/bin/sh
# The map of pairs, from a made-up run on four nodes with four CPUs each: one
# map a home, CPUs in the order of the hardware, borders, medians by level.
. "$(dirname "$0")/check.sh"

run=$scratch/run
mkdir "$run"
cp "$reference/run.json" "$run"

# In this machine neighbours have numbers that are four apart.
layout() {
  echo cpu,core,l2,l3,package,node
  for i in 0 4 8 12 1 5 9 13 2 6 10 14 3 7 11 15; do
    echo "$i,$i,$i,$((i / 4)),$((i / 8)),$((i / 4))"
  done
}

made_up() { # HOMES
  awk -v homes="$1" -f "$(dirname "$0")/four_nodes.awk" >"$run/summary.csv"
}

draw() { # WHAT OPTIONS...
  what=$1
  shift
  "$kspin" plot "$run" --only matrix >/dev/null 2>"$scratch/err" ||
    fail "$what: $(cat "$scratch/err")"
  well_formed "$run/plots/matrix.svg" || fail "$what: is not well-formed"
  good_png "$run/plots/matrix.png" || fail "$what: matrix.png is none"
  texts "$run/plots/matrix.svg" >"$scratch/texts"
}

says() { # TEXT HOW-OFTEN
  [ "$(grep -cxF -- "$1" "$scratch/texts")" = "$2" ] ||
    fail "says '$1' $(grep -cxF -- "$1" "$scratch/texts") times, not $2"
}

# The shape's answer, as gnuplot reads it.
answer() {
  awk -f "$programs/run.awk" -f "$programs/matrix.awk" -v every_home=1 \
    -v one_pair=1 -v workload=matrix -v order='ticket mcs' \
    -v metrics='timestamp_ns alternation_ns' "$@" "$run/summary.csv"
}

layout >"$run/cpus.csv"
made_up '0 1 2 3'
draw 'four homes'
for home in 0 1 2 3; do says "home: node $home" 1; done
says 'handoff of executive/ticket, ns' 4
for level in l3 cross:16 cross:22; do says "$level" 4; done
# The median handoff across the ring, 404, stands in each strip.
[ "$(grep -cx 404 "$scratch/texts")" -ge 4 ] || fail 'no median of cross:22'

# What is 10 and more stands in its field without a decimal.
grep -E '^[0-9]{2,}\.[0-9]$' "$scratch/texts" && fail 'a field is too full'

# In the order of cpus.csv; a border between any two of other nodes.
answer >"$scratch/answer"
sed -n '/^# ticks/,/^$/p' "$scratch/answer" | cut -f 2 | sed -n 3p |
  grep -qx 4 || fail 'CPU 4 does not stand second'
sed -n '/^# borders/,/^$/p' "$scratch/answer" >"$scratch/borders"
[ "$(grep -c '[[:space:]]3$' "$scratch/borders")" = 7 ] ||
  fail 'borders of packages are missing'
# Home 3 is farther for CPUs 0 and 4 than home 0.
near=$(sed -n '/^# handoff 1$/,/^$/p' "$scratch/answer" | sed -n 3p | cut -f 3)
far=$(sed -n '/^# handoff 4$/,/^$/p' "$scratch/answer" | sed -n 3p | cut -f 3)
[ "$near" != "$far" ] || fail "homes 0 and 3 show the same: $near"

answer -v lock=mcs | grep -q '^0 queued mcs$' || fail 'cannot show mcs'
answer -v lock=tas | grep -q "^error .*nothing of lock 'tas'" ||
  fail 'shows a lock that was not measured'

# One home, some pairs only, and a machine that nobody described.
made_up first
sed -i '/,4 5,/d' "$run/summary.csv"
rm "$run/cpus.csv"
draw 'one home'
says 'home: the node of the first thread' 1
grep -q '^cpus.csv does not know all CPUs' "$scratch/texts" ||
  fail 'does not say that the order is that of numbers'

# Whoever has not measured it hears nothing, unless he asks.
fresh_run "$scratch/other"
"$kspin" plot "$scratch/other" --format svg 2>&1 >/dev/null | grep matrix &&
  fail 'speaks of a map that nobody wants'
"$kspin" plot "$scratch/other" --only matrix >/dev/null 2>"$scratch/err" &&
  fail 'draws what is not there'
grep -q "no figure of workload 'matrix'" "$scratch/err" ||
  fail "says: $(cat "$scratch/err")"
exit $((failures > 0))
