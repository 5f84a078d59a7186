#!/bin/sh
# Bad input: one line that names it and lists what would be right, status 2.
. "$(dirname "$0")/check.sh"

refuses banch -- banch list topology bench plot
refuses bench --qick -- --qick --quick --locks
refuses bench --rounds -- --rounds N
refuses bench --rounds 0 -- --rounds "'0'" '1 to'
refuses bench --rounds 1x -- "'1x'"
refuses bench --seed -1 -- --seed "'-1'"
refuses bench --quick=yes -- --quick 'no value'
refuses bench nonsense -- nonsense
refuses bench --locks tickte -- --locks tickte executive/ticket queued/mcs
refuses bench --against ticket -- --against executive/ticket
refuses bench --workloads relase -- --workloads relase release handoff
refuses bench --pairs 0-999 -- --pairs 0-999
refuses bench --threads 99999999 -- --threads 99999999
refuses bench --threads 9999 -- 9999
refuses bench --place copmact -- copmact compact scatter
refuses bench --place list:0,9999 -- 9999
refuses bench --home 77 -- 77 first interleave
refuses bench --cs-ns x -- --cs-ns "'x'"
refuses bench --benchmark_fliter=x -- --benchmark_fliter
refuses bench --benchmark_out=x -- --benchmark_out --out
refuses bench --benchmark_filter=nothing_is_called_so -- --benchmark_filter
refuses bench --quick --out /proc/no/such -- /proc/no/such
refuses plan --synthetic nonsense -- nonsense
refuses plan --synthetic pu:2 --xml x -- --synthetic --xml
refuses plan --lokcs x -- --lokcs --locks --synthetic
refuses bench --sample 0 -- --sample "'0'"
refuses list --josn -- --josn --json
refuses list more -- more
refuses list -j -- "'-j'" --json
refuses list --js -- "'--js'" --json
refuses topology --=1 -- "'--=1'" --between
refuses topology --synthetic 99999999 -- 99999999 8192
refuses topology --threads 0 -- "'0'" 'from 1 to'
refuses topology --place x -- "placement 'x'" compact
refuses doctor --threads 99999999999 -- 99999999999 'from 1 to'
refuses bench --home x -- "home 'x'" first
refuses bench --pairs 4294967296-1 -- 4294967296-1

# What `refuses` cannot be given: a `--`, and an argument of two lines.
for odd in -- "$(printf 'a\nb')"; do
  "$kspin" plan "$odd" x >/dev/null 2>"$scratch/err"
  status=$?
  [ $status = 2 ] || fail "plan '$odd' x: exit status $status, not 2"
  [ "$(wc -l <"$scratch/err")" = 1 ] || fail "plan '$odd' x: not one line"
done
"$kspin" "$(printf 'a\nb')" 2>"$scratch/err"
[ "$(wc -l <"$scratch/err")" = 1 ] || fail 'command: two lines'

for command in list topology doctor bench plot; do
  "$kspin" $command --help >"$scratch/help" 2>&1 || fail "$command --help"
  grep -q Usage "$scratch/help" || fail "$command --help says nothing"
  "$kspin" $command --version | grep -q '^kspin [0-9]' ||
    fail "$command --version"
done
"$kspin" --help | grep -q bench || fail '--help'
"$kspin" --version | grep -q '^kspin [0-9]' || fail '--version'

"$kspin" list --json | python3 -c '
import json, sys
locks = json.load(sys.stdin)["locks"]
names = [lock["family"] + "/" + lock["name"] for lock in locks]
assert "executive/ticket" in names and "queued/mcs" in names, names
assert len(set(names)) == len(names), names
assert not any("broken" in name for name in names), names
' || fail 'list --json'
"$kspin" bench --benchmark_list_tests --locks queued/mcs |
  grep -q '^uncontended/queued/mcs/dpc/' || fail '--benchmark_list_tests'
exit $((failures > 0))
