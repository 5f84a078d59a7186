#!/bin/sh
# Readers and writers, from a made-up run: a column a team, a place a share of
# reads, curves of both kinds' acquires that end where nobody does that.
. "$(dirname "$0")/check.sh"

run=$scratch/run
mkdir "$run"
cp "$reference/run.json" "$run"

made_up() { # TEAMS
  awk -v shares='0 50 90 100' -v teams="$1" \
    -f "$(dirname "$0")/readers.awk" >"$run/summary.csv"
}

# The shape's answer, as gnuplot reads it.
answer() {
  awk -f "$programs/run.awk" -f "$programs/cells.awk" \
    -f "$programs/curves.awk" -f "$programs/readers.awk" -v one_pair=1 \
    -v every_variant=1 -v workload=readers -v order='nt' \
    -v metrics='op_ns read_p99_ns write_p99_ns' "$run/summary.csv" \
    >"$scratch/answer"
}

# The first two columns of a block: places and figures.
points() { # BLOCK
  sed -n "/^# $1\$/,/^\$/p" "$scratch/answer" |
    awk 'NF == 4 { printf "%s%s:%s", n++ ? " " : "", $1, $2 }'
}

has_points() { # BLOCK POINTS
  [ "$(points "$1")" = "$2" ] || fail "$1 has $(points "$1"), not $2"
}

made_up '1/same 2/l3 8/cross:21'
"$kspin" plot "$run" --only readers >/dev/null 2>"$scratch/err" ||
  fail "$(cat "$scratch/err")"
check_svg "$run/plots/readers.svg" "$run/summary.csv" readers
good_png "$run/plots/readers.png" || fail 'readers.png is none'
for text in '0 %' '50 %' '90 %' '100 %' '2 threads, shared L3' \
  '8 threads, other package, distance 21'; do
  grep -qxF -- "$text" "$scratch/texts" || fail "does not say '$text'"
done
for kind in reader writer; do
  [ "$(grep -c "^a $kind.*acquire, 99th percentile$" "$scratch/texts")" = 2 ] ||
    fail "no acquires of a $kind"
done

# One thread shares with nobody and has no column.
answer
[ "$(grep -c '^# panel ' "$scratch/answer")" = 2 ] || fail 'not two columns'
grep -qx '2 l3 0 50 90 100' "$scratch/answer" || fail 'other shares'
has_points 'curve 1 op_ns 1' '1:400 2:300 3:220 4:200'
has_points 'curve 2 op_ns 2' '1:4800 2:3600 3:2640 4:2400'
has_points 'curve 1 read_p99_ns 1' '2:450 3:250 4:200'
has_points 'curve 1 write_p99_ns 1' '1:800 2:850 3:890'

made_up '1/same'
"$kspin" plot "$run" --only readers >/dev/null 2>"$scratch/err" &&
  fail 'draws one thread'
grep -q '^readers is left out: .*one thread' "$scratch/err" ||
  fail "says: $(cat "$scratch/err")"

# Whoever has not measured it hears nothing, unless he asks.
fresh_run "$scratch/other"
"$kspin" plot "$scratch/other" --format svg 2>&1 >/dev/null | grep readers &&
  fail 'speaks of readers that nobody measured'
[ ! -e "$scratch/other/plots/readers.svg" ] || fail 'draws what is not there'
exit $((failures > 0))
