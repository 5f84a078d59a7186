# Everything that is checked inside an emulated machine.
# shellcheck shell=sh disable=SC2317 # check() calls the functions
. /checks/lib.sh
. /checks/controls.sh
. /checks/limits.sh

# kspin's view of the machine, what each policy makes of it, levels.
describe() {
  kspin topology --place compact
  for threads in 2 4 8; do
    echo
    echo "$threads threads"
    kspin topology --threads $threads | sed '1,/^placement/d'
  done
}

topology_is_golden() {
  describe >/tmp/topology.txt 2>&1
  diff -u /checks/golden.txt /tmp/topology.txt >/tmp/topology.diff && return
  fail 'kspin topology differs from the golden text:'
  cat /tmp/topology.diff
}

# The sets of 4 CPUs that were planned and not recorded. (Larger ones are in
# the run as well; a hand-over between two is measured on pairs.)
not_recorded() { # FOLDER
  sed -e '1,/^4 threads/d' -e '/^8 threads/,$d' /tmp/topology.txt |
    sed -n 's/^[a-z0-9]* *\([0-9][0-9 ]*\)$/\1/p' | sort -u |
    while read -r cpus; do
      grep -q "\"cpus\":\"$cpus\"" "$1/trials.jsonl" || echo "$cpus"
    done
}

# Policies that offer CPUs on this machine, as --place takes them.
useful_policies() {
  sed -n '/^2 threads/,/^$/s/^\([a-z0-9]*\) *[0-9][0-9 ]*$/\1/p' \
    /tmp/topology.txt | tr '\n' ';' | sed 's/;$//'
}

every_policy_pins_where_planned() {
  good_run /tmp/policies first --locks executive/ticket --workloads handoff \
    --place "$(useful_policies)" --pairs "$far_pair"
  missing=$(not_recorded /tmp/policies)
  [ -z "$missing" ] || fail "planned, but not run: $missing"
}

# Lock line, stacks and blocks, with the wrong node for what is not bound.
every_home_is_kept() {
  for home in $(each "$(cat $nodes/has_memory)") first interleave remote \
    third; do
    good_run "/tmp/home-$home" "$home" --locks executive/mcs \
      --workloads uncontended,handoff --threads 1 --pairs "$far_pair"
  done
}

campaign_is_complete() {
  run=/tmp/campaign
  good_run $run first --locks tas,ticket,none --threads 2,4
  cells=$(sed -n 's/.*"cells": \([0-9]*\).*/\1/p' $run/run.json)
  [ "$(wc -l <$run/trials.jsonl)" = "$cells" ] ||
    fail "$(wc -l <$run/trials.jsonl) trials of $cells cells"
  for file in summary.csv histograms.csv benchmark.json; do
    [ -s $run/$file ] || fail "no $file"
  done
  for row in uncontended,pair_ns,executive,tas \
    'handoff,[a-z]*_ns,queued,ticket'; do
    grep -q "^$row,dpc," $run/summary.csv || fail "no $row in summary.csv"
  done
}

# No figure of such a run may be quoted, and the run says so.
campaign_is_labelled() {
  run=/tmp/campaign
  grep -q '"emulated": true' $run/run.json || fail 'run.json: not emulated'
  grep -q '^emulated machine: ' $run.out || fail "not said: $(head $run.out)"
  # Without a clock that may be trusted, which is so on an emulated x86.
  grep -q 'single events are not stamped' $run.out || return 0
  for workload in release throughput; do
    grep -q "^left out: $workload: needs a clock" $run.out ||
      fail "$workload: not said that it is left out"
  done
}

# Queue nodes and records of the locks lie with their threads.
records_lie_with_their_threads() {
  bench_records_test || fail "status $?"
}

list_nodes >/tmp/nodes
cpus=$(each "$(sed -n 's/^Cpus_allowed_list:[^0-9]*//p' /proc/self/status)")
far_pair=$(echo "$cpus" | sed -n '1p')-$(echo "$cpus" | sed -n '$p')

check topology_is_golden
check every_policy_pins_where_planned
check every_home_is_kept
check campaign_is_complete
check campaign_is_labelled
check records_lie_with_their_threads
controls
limits
[ $failures = 0 ]
