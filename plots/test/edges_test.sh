#!/bin/sh
# Tables at the edge of what a run can leave, each made from the recorded one.
# shellcheck disable=SC2016 # awk, not sh, reads the dollars
. "$(dirname "$0")/check.sh"

run="$scratch/it's a \$(run) of \`mine\`"
fresh_run "$run"

# Rewrites columns of the table by an awk program over named fields. The few
# trials of another line transfer are left out.
rewrite() { # PROGRAM
  awk -F, -v OFS=, 'FNR == 1 { for (i = 1; i <= NF; i++) c[$i] = i }
    FNR > 1 && !$c["link_main"] { next }
    FNR > 1 { '"$1"' } { print }' "$reference/summary.csv" >"$run/summary.csv"
}

# Draws all; the texts of plot NAME are in $scratch/texts then.
draw() { # NAME WHAT
  "$kspin" plot "$run" --format svg >/dev/null 2>"$scratch/err" ||
    fail "$2: $(cat "$scratch/err")"
  for name in $(plot_names); do
    well_formed "$run/plots/$name.svg" || fail "$2: $name is not well-formed"
  done
  texts "$run/plots/$1.svg" >"$scratch/texts"
  "$kspin" plot "$run" --format png --only "$1" >/dev/null
  good_png "$run/plots/$1.png" || fail "$2: $1.png is none"
}

says() { # TEXT WHAT
  grep -qF -- "$1" "$scratch/texts" || fail "$2: does not say '$1'"
}

rewrite ''
draw release 'as recorded'

rewrite '$c["ci_low"] = $c["ci_high"] = ""'
draw release 'no intervals'

# One of two estimators, or of two states, is enough for a picture.
rewrite 'if ($c["metric"] == "alternation_ns") next'
draw handoff 'time stamps only'
rewrite 'if ($c["metric"] ~ /^remote_/) next'
draw uncontended 'one CPU only'

# A run of the lock that does nothing: all it costs is the clock's doubt.
rewrite 'if ($c["metric"] == "pair_ns") $c["median"] = $c["ci_low"] = \
  $c["ci_high"] = 0'
draw uncontended 'nothing but zeros'

# Every figure with a star, and what the star means.
rewrite '$c["basis"] = "all"'
draw release 'basis all'
says 'fewer than 3 undisturbed trials' 'basis all'
[ "$(grep -c '^[0-9.]* \*$' "$scratch/texts")" -ge 4 ] ||
  fail 'basis all: figures have no star'
rewrite '$c["basis"] = "clean"'
draw release 'basis clean'
! grep -qF '*' "$scratch/texts" || fail 'basis clean: there are stars'

# One bar far beyond the others leaves the axis, and its number counts.
rewrite 'if ($c["metric"] == "retire_ns" && !far++) $c["median"] = 9876543'
draw release 'far out'
says '> 9876543' 'far out'
says 'longer than the axis' 'far out'

# Two homes: the first is shown, the other named.
rewrite 'print; $c["home"] = "7"; if ($c["median"] != "") $c["median"] *= 2'
draw handoff 'two homes'
says 'also measured: 7' 'two homes'

# Hardly any sampled latency: the curves go as far as there is something.
rewrite ''
awk -F, -v OFS=, 'FNR == 1 { for (i = 1; i <= NF; i++) c[$i] = i }
  FNR > 1 { if (++seen[$c["lock"]] > 2) next; $c["count"] = 1 } { print }' \
  "$reference/histograms.csv" >"$run/histograms.csv"
draw latency 'hardly any latency'
cp "$reference/histograms.csv" "$run"

# Trials of which most met another line transfer: not shown beside the others;
# what was measured so only is, with a sign.
rewrite '$c["link_main"] = $c["lock"] == "mcs" ? 0 : 1
  if ($c["lock"] == "mcs") $c["link"] = "777ns"
  else { print; $c["link"] = "888ns"; $c["link_main"] = 0
    if ($c["median"] != "") $c["median"] = 4444 }'
draw release 'other transfers'
says '888ns' 'other transfers'
says 'only under another line transfer (777ns)' 'other transfers'
grep -q '^[0-9.]* \**+$' "$scratch/texts" || fail 'other transfers: no sign'
! grep -q '^4444' "$scratch/texts" || fail 'other transfers: shown'

# A lock that the table of looks does not know, with the text it may have.
rewrite 'if ($c["lock"] == "ticket") $c["lock"] = "new&<_lock"'
draw release 'a new lock'
says 'new&<_lock' 'a new lock'

# More threads than are shown side by side, and several distances.
rewrite 'print; if ($c["family"] != "probe" && $c["threads"] > 1) {
  $c["level"] = "cross:21"; print; $c["threads"] *= 8; print
  $c["level"] = "smt"; print; $c["threads"] *= 4 }'
draw handoff 'many threads'
says 'other package, distance 21' 'many threads'
says 'SMT siblings' 'many threads'
exit $((failures > 0))
