#!/bin/sh
# 256 real threads on whatever CPUs there are start, compete, stop and report;
# the report says what that took, and their files stay small. 1024 threads and
# 2048 CPUs are planned at once.
. "$(dirname "$0")/check.sh"

if "$kspin" bench --quick --rounds 1 --workloads oversubscribed \
  --locks executive/tas,peer/pthread_mutex --threads 256 \
  --out "$scratch/run" >"$scratch/table" 2>"$scratch/err"; then :; else
  fail "exit status $?: $(cat "$scratch/err")"
fi
if grep -q 'nothing to measure' "$scratch/err"; then
  echo 'the clock is not trusted here: nothing to see'
  exit 77
fi
trials=$(wc -l <"$scratch/run/trials.jsonl")
[ "$trials" -ge 2 ] || fail 'fewer than two trials'
[ "$(grep -c '"threads":256,' "$scratch/run/trials.jsonl")" = "$trials" ] ||
  fail 'not of 256 threads'
line='^largest team: 256 threads with [0-9]* KiB each on their nodes, set out'
line="$line within [0-9.]* us; the report took [0-9.]* s\$"
grep -q "$line" "$scratch/table" || fail 'does not say what it took'
[ "$(du -sk "$scratch/run" | cut -f 1)" -lt 4096 ] || fail 'leaves over 4 MB'

# Nobody but that workload takes more threads than CPUs.
refuses bench --workloads throughput --threads 4096 -- 'do not fit'

large='package:8 l3:16 core:8 pu:2'
began=$(date +%s)
"$kspin" plan --synthetic "$large" >"$scratch/plan" || fail 'no plan of 2048'
[ $(($(date +%s) - began)) -le 2 ] || fail 'planning 2048 CPUs takes over 2 s'
grep -q '^[0-9]* cells, [0-9]* rounds: about [0-9.]* [a-z]*$' "$scratch/plan" ||
  fail 'does not say how long the campaign will take'
"$kspin" plan --synthetic "$large" --threads 1024 \
  --place 'compact;scatter;cores' >"$scratch/plan" || fail 'no 1024 threads'
grep -q '^1024  *3  cross' "$scratch/plan" ||
  fail "1024 threads are not placed: $(cat "$scratch/plan")"
exit $((failures > 0))
