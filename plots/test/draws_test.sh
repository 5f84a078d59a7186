#!/bin/sh
# Every plot of a recorded run is there, as SVG and PNG, and says what it must.
. "$(dirname "$0")/check.sh"

[ "$(plot_names | wc -l)" -ge 5 ] || fail 'the help lists no plots'
fresh_run "$scratch/run"
"$kspin" plot "$scratch/run" >"$scratch/out" 2>"$scratch/err" ||
  fail "exit status $?: $(cat "$scratch/err")"
[ ! -s "$scratch/err" ] || fail "complains: $(cat "$scratch/err")"

for name in $(plot_names); do
  for ending in svg png; do
    grep -qxF "$scratch/run/plots/$name.$ending" "$scratch/out" ||
      fail "does not name $name.$ending"
  done
  case $name in
  latency) table=histograms.csv workload=throughput ;;
  prediction) table=prediction.csv workload=throughput ;;
  *) table=summary.csv workload=$name ;;
  esac
  check_svg "$scratch/run/plots/$name.svg" "$scratch/run/$table" "$workload"
  good_png "$scratch/run/plots/$name.png" || fail "$name.png is none"
done
# Nothing else: no temporary file.
[ "$(find "$scratch/run/plots" -type f | wc -l)" = \
  $((2 * $(plot_names | wc -l) + 1)) ] ||
  fail "more than the plots: $(ls -A "$scratch/run/plots")"

# By hand, as each program says of itself.
for name in $(plot_names); do
  usage=$(sed -n 's/^# *gnuplot -e "\(.*\)" .*/\1/p' "$programs/$name.gp")
  (cd "$scratch" && gnuplot -d -e "$(echo "$usage" | sed 's/RUN/run/')" \
    "$programs/$name.gp") 2>"$scratch/err" || fail "$name.gp by hand fails"
  [ ! -s "$scratch/err" ] || fail "$name.gp complains: $(cat "$scratch/err")"
  good_png "$scratch/$name.png" || fail "$name.png by hand is none"
  cmp -s "$scratch/$name.png" "$scratch/run/plots/$name.png" ||
    fail "$name.png by hand is another one"
done

# Workloads on request: from a run of theirs.
reference=$(dirname "$reference")/on-request
fresh_run "$scratch/more"
for name in preempted spectrum; do
  "$kspin" plot "$scratch/more" --only "$name" >"$scratch/out" \
    2>"$scratch/err" || fail "$name: exit status $?: $(cat "$scratch/err")"
  case $name in
  spectrum) table=histograms.csv workload=latency ;;
  *) table=summary.csv workload=$name ;;
  esac
  check_svg "$scratch/more/plots/$name.svg" "$scratch/more/$table" "$workload"
  good_png "$scratch/more/plots/$name.png" || fail "$name.png is none"
done

"$kspin" plot "$scratch/run" --only handoff --format svg --out "$scratch" \
  >"$scratch/out" || fail '--only --format --out fails'
[ "$(cat "$scratch/out")" = "$scratch/handoff.svg" ] ||
  fail "--only handoff --format svg draws $(cat "$scratch/out")"
exit $((failures > 0))
