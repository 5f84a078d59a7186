# CPUs that are there and not to be had: beyond a quota, offline, isolated. The
# same on every machine, so one of them is enough. Sourced.
# shellcheck shell=sh disable=SC2317 # check() calls the functions

quota_is_respected() {
  quota='250000 100000'
  confined '' '' inside_a_quota || failures=$((failures + 1))
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
  taskset -p ffffffff $$ >/dev/null
  far_run good_run /tmp/isolated first --place "list:0,$isolated"
}

limits() {
  isolated=$(cat /sys/devices/system/cpu/isolated)
  [ -n "$isolated" ] || return 0
  check quota_is_respected
  check isolated_cpu_is_left_alone
  check offline_cpu_is_left_alone # for good: it takes long to come back
}
