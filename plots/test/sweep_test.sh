#!/bin/sh
# Curves over think time, critical section and payload, from a run made of the
# recorded one: there when an axis has three sizes, each point at its place, and
# no picture when it has two.
# shellcheck disable=SC2016 # awk, not sh, reads the dollars
. "$(dirname "$0")/check.sh"

run=$scratch/run
fresh_run "$run"

# Repeats rows of two threads at other loads: "CS VARIANT" each, the figures
# those of the recorded run times the number of the load.
widen() { # TABLE LOAD...
  table=$1
  shift
  printf '%s\n' "$@" | awk -F, -v OFS=, '
    NR == FNR { load[++n] = $0; next }
    FNR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; print; next }
    { print }
    $c["workload"] == "throughput" && $c["threads"] == 2 &&
        $c["family"] != "probe" && $c["metric"] ~ /_ns$/ {
      line = $0
      for (i = 1; i <= n; i++) {
        $0 = line
        $c["cs_ns"] = load[i] + 0
        $c["variant"] = substr(load[i], index(load[i], " ") + 1)
        split("median ci_low ci_high predicted", figures, " ")
        for (k = 1; k <= 4; k++)
          if (figures[k] in c && $c[figures[k]] != "")
            $c[figures[k]] *= i + 1
        print
      }
    }' - "$reference/$table" >"$run/$table"
}

draw() { # WHAT
  "$kspin" plot "$run" --only sweep >/dev/null 2>"$scratch/err" ||
    fail "$1: $(cat "$scratch/err")"
  awk -F, 'FNR == 1 { for (i = 1; i <= NF; i++) c[$i] = i }
    FNR == 1 || $c["threads"] > 1' "$run/summary.csv" >"$scratch/teams.csv"
  check_svg "$run/plots/sweep.svg" "$scratch/teams.csv" throughput
  good_png "$run/plots/sweep.png" || fail "$1: sweep.png is none"
  texts "$run/plots/sweep.svg" >"$scratch/texts"
}

says() { # TEXT WHAT
  grep -qxF -- "$1" "$scratch/texts" || fail "$2: does not say '$1'"
}

# The shape's answer, as gnuplot reads it.
answer() {
  awk -f "$programs/run.awk" -f "$programs/cells.awk" \
    -f "$programs/curves.awk" -f "$programs/sweep.awk" -v every_load=1 \
    -v one_pair=1 -v workload=throughput -v predictions="$run/prediction.csv" \
    -v metrics='op_ns handover_ns jain' "$@" "$run/summary.csv"
}

for table in summary.csv prediction.csv; do
  widen $table '0 think:200' '0 think:800'
done
draw 'three think times'
says 'ns of think time asked for' 'three think times'
grep -q 'Dotted: predicted' "$scratch/texts" || fail 'no prediction'
for size in 0 200 800; do says $size 'three think times'; done
answer >"$scratch/answer"
[ "$(head -n 1 "$scratch/answer" | cut -d ' ' -f 2)" = 1 ] ||
  fail 'not one column'
# The places of 0, 200, 800, and the figures there: the third is three times the
# first.
for block in 'curve 1 op_ns 1' 'predicted 1 1'; do
  sed -n "/^# $block\$/,/^\$/p" "$scratch/answer" |
    awk '/^[0-9]/ { place = place " " $1; v[++n] = $2 }
      END { exit !(place == " 0.0000 1.0000 2.3219" &&
        v[3] > 2.99 * v[1] && v[3] < 3.01 * v[1]) }' ||
    fail "$block has other points"
done

# All three at once: of the others each shows the least.
widen summary.csv '0 think:200' '0 think:800' '100 ' '400 ' '100 think:800' \
  '0 lines:4' '0 lines:8' '0 think:200 lines:4'
draw 'three axes'
for axis in 'ns of think time asked for' 'ns of critical section asked for' \
  'lines written in the critical section'; do says "$axis" 'three axes'; done
team=$(awk '/^# panel/ { getline; print $2, $3; exit }' "$scratch/answer")
answer | sed -n '/^# panel/{n;p}' >"$scratch/panels"
diff - "$scratch/panels" <<END || fail 'other columns'
think $team - 0 0 0.0000:0 1.0000:200 2.3219:800
cs $team 0 - 0 0.0000:0 1.0000:100 2.3219:400
lines $team 0 0 - 0.0000:0 1.0000:4 1.5850:8
END
answer -v cs=100 | grep -q '^none ' || fail 'cs=100: has no three sizes'

# Two sizes are no curve; nobody hears of it who does not ask.
widen summary.csv '0 think:200' '100 '
rm -r "$run/plots"
"$kspin" plot "$run" --format svg 2>&1 >/dev/null | grep sweep &&
  fail 'speaks of a sweep that nobody wants'
[ ! -e "$run/plots/sweep.svg" ] || fail 'two sizes: drawn'
"$kspin" plot "$run" --only sweep >/dev/null 2>"$scratch/err" &&
  fail 'draws what is not there'
grep -q '^sweep is left out: .*in three sizes' "$scratch/err" ||
  fail "says: $(cat "$scratch/err")"
exit $((failures > 0))
