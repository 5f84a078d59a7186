# CPUs that are there and not to be had: beyond a quota, offline, isolated. The
# same on every machine, so one of them is enough. Sourced.
# shellcheck shell=sh disable=SC2317 # check() calls the functions

quota_is_respected() {
  quota='250000 100000'
  confined "$(echo $cpus | tr ' ' ,)" "$(cat $nodes/has_memory)" \
    inside_a_quota || failures=$((failures + 1))
  quota=
}

inside_a_quota() {
  failures=0
  few='--locks executive/ticket --workloads handoff'
  # shellcheck disable=SC2086 # $few is words
  {
    refused_run '4 threads at once: the control group grants 2.5 CPUs' \
      /tmp/quota first $few --threads 4
    good_run /tmp/quota first $few --pairs "$far_pair"
  }
  grep -q '"threads":[3-9]' /tmp/quota/trials.jsonl && fail 'over the quota'
  grep -q 'left out: more threads: the control group' /tmp/quota.out ||
    fail 'not said that there is a quota'
  [ $failures = 0 ]
}

offline_cpu_is_left_alone() {
  last=${far_pair#*-}
  echo 0 >/sys/devices/system/cpu/cpu$last/online
  kspin topology | grep -q "^allowed .*[-,]$((last - 1))\$" ||
    fail "shows: $(kspin topology | sed -n 2p)"
  refused_run "CPU $last " /tmp/offline first --place "list:0,$last"
}

# An isolated CPU is measured on when it is asked for, which taskset does.
isolated_cpu_is_left_alone() {
  refused_run "CPU $isolated is not allowed" /tmp/isolated first \
    --place "list:0,$isolated"
  confined "$(cat /sys/devices/system/cpu/online)" \
    "$(cat $nodes/has_memory)" with_isolated_cpu ||
    failures=$((failures + 1))
}

with_isolated_cpu() {
  failures=0
  taskset -p ffffffff "$(sh -c 'echo $PPID')" >/dev/null
  good_run /tmp/isolated first --locks executive/ticket \
    --workloads handoff --threads 1 --pairs "0-$isolated"
  [ $failures = 0 ]
}

# The lock lies in a huge page where one is reserved on the node asked for, and
# in small ones where there is none.
huge_page_is_used() {
  pool=$nodes/node1/hugepages/hugepages-2048kB/nr_hugepages
  short='--locks executive/ticket --workloads handoff --threads 1'
  echo 2 >$pool
  [ "$(cat $pool)" = 2 ] || fail "reserved $(cat $pool) huge pages, not 2"
  # shellcheck disable=SC2086 # $short is words
  for home in 1 0; do
    good_run "/tmp/huge-$home" $home $short --pairs "$far_pair"
    grep -q "\"huge_page\":$home" "/tmp/huge-$home/trials.jsonl" ||
      fail "home $home: $(cat "/tmp/huge-$home/trials.jsonl")"
  done
  echo 0 >$pool
}

limits() {
  isolated=$(cat /sys/devices/system/cpu/isolated)
  [ -n "$isolated" ] || return 0
  check quota_is_respected
  check huge_page_is_used
  check isolated_cpu_is_left_alone
  check offline_cpu_is_left_alone # for good: it takes long to come back
}
