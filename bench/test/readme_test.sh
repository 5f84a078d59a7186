#!/bin/sh
# README's table of locks is what kspin list prints, but for the peers that
# come with a library.
# usage: readme_test.sh KSPIN README
. "$(dirname "$0")/check.sh"
readme=$2

own='^| peer | `ck_'
"$kspin" list --markdown | grep -v "$own" >"$scratch/printed" ||
  fail 'kspin list --markdown'
[ "$(wc -l <"$scratch/printed")" -gt 20 ] || fail 'hardly a lock is printed'
sed -n '/^<!-- kspin list --markdown -->$/,/^<!-- end -->$/p' "$readme" |
  grep -v -e '^<!--' -e "$own" >"$scratch/there"
diff "$scratch/there" "$scratch/printed" ||
  fail "$readme: replace the table by what kspin list --markdown prints"
# And --json has the same locks.
"$kspin" list --markdown | awk 'NR > 2 { gsub("`", ""); print $2, $4 }' \
  >"$scratch/names"
"$kspin" list --json | python3 -c '
import json, sys
for lock in json.load(sys.stdin)["locks"]:
    print(lock["family"], lock["name"])' | diff - "$scratch/names" ||
  fail 'kspin list --json has other locks'
exit $((failures > 0))
