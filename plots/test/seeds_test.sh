#!/bin/sh
# The checks of the plot tests can fail: each is shown a fault.
. "$(dirname "$0")/check.sh"

fresh_run "$scratch/run"
"$kspin" plot "$scratch/run" --only release >/dev/null || exit 1
svg=$scratch/run/plots/release.svg
png=$scratch/run/plots/release.png
table=$scratch/run/summary.csv
seed=$scratch/seed
check_svg "$svg" "$table" release
[ $failures = 0 ] || exit 1
caught=0

# check_svg must complain of the file.
must_complain() { # WHAT
  before=$failures
  check_svg "$seed" "$table" release >"$scratch/said"
  if [ "$failures" = "$before" ]; then
    echo "not seen: $1"
    caught=1
  fi
  failures=$before
}

head -n 100 "$svg" >"$seed"
must_complain 'half a file'
sed 's|<text>ticket</text>|<text></text>|' "$svg" >"$seed"
must_complain 'a lock without a name'
sed 's|<text>ns</text>||' "$svg" >"$seed"
must_complain 'no unit'
cpu=$(sed -n 's/.*"cpu_model": "\(.*\)".*/\1/p' "$reference/run.json")
grep -vF "$cpu" "$svg" >"$seed"
must_complain 'no machine'

for fault in 'head -c 1000' 'tail -c +2' 'head -c -20'; do
  $fault "$png" >"$seed"
  if good_png "$seed"; then
    echo "not seen: $fault of a PNG"
    caught=1
  fi
done
exit $caught
