#!/bin/sh
# No two locks of a family look alike, without colour as with it; the table of
# looks knows no lock that there is not. One that it does not know is black:
# adding a lock needs no line there, though it looks better with one.
. "$(dirname "$0")/check.sh"

table=$scratch/looks
# shellcheck disable=SC2016 # gnuplot's own dollar
sed -n '/^\$LOOKS/,/^END/p' "$programs/style.gp" | sed '1d;$d' >"$table"
[ -s "$table" ] || fail 'found no table of looks'

check_looks() { # TABLE
  awk '$1 in seen { print "two lines for " $1 }
    { seen[$1] = 1 }
    ($2, $3) in look { print $1 " looks like " look[$2, $3] }
    { look[$2, $3] = $1 }
    ($2, $4) in line { print $1 " has the line of " line[$2, $4] }
    { line[$2, $4] = $1 }
    $1 !~ /^(none|pthread_|ck_)/ && ($3 < 4 || $3 % 2) {
      print $1 ": point " $3 " has no filled fellow" }
    NF != 4 { print $1 ": not four words" }' "$1"
}

[ -z "$(check_looks "$table")" ] || fail "$(check_looks "$table")"

# The check can fail: two alike, and a point that is filled already.
(cat "$table" && echo 'other #0072B2 4 3' && echo 'third #123456 5 1') \
  >"$scratch/spoilt"
[ "$(check_looks "$scratch/spoilt" | wc -l)" -ge 2 ] ||
  fail 'does not see locks that look alike'

# shellcheck disable=SC2020 # three characters, each to a line's end
"$kspin" list --json | tr ',{}' '\n\n\n' |
  sed -n 's/.*"name": *"\(.*\)".*/\1/p' | sort -u >"$scratch/names"
[ -s "$scratch/names" ] || fail 'kspin list names no lock'
while read -r name; do
  grep -q "^$name " "$table" || echo "note: the table of looks has no $name"
done <"$scratch/names"
while read -r name _; do
  case $name in
  ck_* | pthread_*) ;; # not every build has all peers
  *) grep -qx "$name" "$scratch/names" || fail "there is no lock $name" ;;
  esac
done <"$table"

# Every program is installed.
for file in "$programs"/*.gp "$programs"/*.awk "$programs"/report/*; do
  grep -qF "${file#"$programs/"}'" "$programs/meson.build" ||
    fail "meson.build does not install $file"
done
exit $((failures > 0))
