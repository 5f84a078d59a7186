#!/bin/sh
# kspin topology --capture: what a report needs, nothing that names the machine
# or its user, and XML that can be read back as the machine that it was.
. "$(dirname "$0")/check.sh"

"$kspin" topology --capture "$scratch/machine" || fail "exit status $?"
for file in machine.xml machine.json clock.json doctor.json; do
  [ -s "$scratch/machine/$file" ] || fail "no $file"
done
grep -q '"distances"' "$scratch/machine/machine.json" || fail 'no distances'
grep -q '"step_ns"' "$scratch/machine/clock.json" || fail 'no clock'
[ "$(grep -c '"severity"' "$scratch/machine/doctor.json")" -ge 10 ] ||
  fail 'no doctor'

# Names of this machine, its user and its folders occur nowhere; what the
# program itself says to everybody is no news.
mkdir "$scratch/news"
for file in "$scratch"/machine/*; do
  grep -vE '"(meaning|remedy)":' "$file" >"$scratch/news/${file##*/}"
done
for name in "$(uname -n)" "$(id -un)" "$HOME" "$scratch" "$PWD" \
  "$(cat /proc/sys/kernel/random/boot_id)" "$(cat /etc/machine-id)"; do
  case $name in '' | localhost | / | root) continue ;; esac
  if grep -rwqF -e "$name" "$scratch/news"; then
    fail "'$name' is in $(grep -rwlF -e "$name" "$scratch/news")"
  fi
done

"$kspin" topology | sed 1d >"$scratch/before"
"$kspin" topology --xml "$scratch/machine/machine.xml" | sed 1d \
  >"$scratch/after"
diff "$scratch/before" "$scratch/after" || fail 'the XML is another machine'
refuses topology --capture "$scratch/machine" -- 'File exists'

# Of a described machine: the machine only.
"$kspin" topology --synthetic 'package:2 core:2 pu:2' \
  --capture "$scratch/other" || fail "exit status $?"
[ "$(find "$scratch/other" -type f | wc -l)" = 2 ] || fail 'more than two files'
exit $((failures > 0))
