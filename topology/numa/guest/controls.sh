# Negative controls: what must fail, and that the checks would notice if it
# did not. Sourced.
# shellcheck shell=sh disable=SC2317 # check() calls the functions

cgroup=/sys/fs/cgroup

# A short run on the two CPUs that are farthest apart.
far_run() { # FUNCTION-AND-ITS-ARGUMENTS...
  "$@" --locks executive/ticket --workloads handoff --threads 1 \
    --pairs "$far_pair"
}

# The same with the machine misbehaving; see saboteur.c.
sabotaged() { # SABOTAGE FUNCTION-AND-ITS-ARGUMENTS...
  export KSPIN_SABOTAGE="$1" KSPIN_SABOTAGE_NODE=1
  sabotage=/lib/saboteur.so
  shift
  far_run "$@"
  sabotage=
  unset KSPIN_SABOTAGE KSPIN_SABOTAGE_NODE
}

wrong_node_is_refused() {
  sabotaged home refused_run 'home 0: a page lies on another node' /tmp/wrong 0
}

lost_pin_is_refused() {
  sabotaged pin refused_run 'the pin did not take' /tmp/wrong first
}

# Under the saboteur kspin is deceived; the judge must not be.
judge_sees() { # SABOTAGE WORDS...
  sabotaged "$1" bench /tmp/wrong 0 || fail "$1: kspin noticed"
  judge /tmp/wrong 0 >/tmp/faults && fail "$1: the judge saw nothing"
  shift
  for words; do
    grep -qE "$words" /tmp/faults ||
      fail "not '$words' but: $(head -n 5 /tmp/faults)"
  done
}

wrong_node_is_seen() {
  judge_sees home+lie 'the line should lie on node 0, lies at N1=' \
    'the block of CPU 0 should lie on node 0, lies at N1='
}

lost_pin_is_seen() {
  judge_sees pin+lie 'a thread on CPU [0-9]+ may run on CPUs [0-9a-f]*f'
}

# Runs in a control group that has only these CPUs and nodes, and no quota but
# $quota.
confined() { # CPUS NODES COMMAND...
  mkdir -p $cgroup/cell
  echo "$1" >$cgroup/cell/cpuset.cpus
  echo "$2" >$cgroup/cell/cpuset.mems
  echo "${quota:-max}" >$cgroup/cell/cpu.max
  shift 2
  (
    sh -c 'echo $PPID' >$cgroup/cell/cgroup.procs
    "$@"
  )
}

cpuset_is_respected() {
  cpus_1=$(cat $nodes/node1/cpulist)
  first=$(each "$cpus_1" | head -n 1)
  last=$(each "$cpus_1" | tail -n 1)
  confined "$cpus_1" 1 inside_a_cpuset || failures=$((failures + 1))
}

inside_a_cpuset() {
  failures=0
  short='--locks executive/ticket --workloads handoff --threads 1'
  # shellcheck disable=SC2086 # $short is words
  {
    good_run /tmp/cell 1 $short --pairs "$first-$last"
    refused_run 'CPU 0 is not allowed' /tmp/cell 1 $short --place list:0,$first
    refused_run 'no such home' /tmp/cell 0 $short --pairs "$first-$last"
    refused_run 'threads do not fit' /tmp/cell 1 --threads 9
  }
  [ $failures = 0 ]
}

# Taken away under way, which unties the other threads, too: the run must
# stop, and say where.
lost_cpuset_is_noticed() {
  all=$(echo $cpus | tr ' ' ,)
  last=${far_pair#*-}
  rm -f /tmp/lost.err
  confined "$all" "$(cat $nodes/has_memory)" \
    far_run bench /tmp/lost first --rounds 1000 &
  for i in $(seq 100); do
    [ -s /tmp/lost/trials.jsonl ] && break
    sleep 0.1
  done
  echo "${all%,"$last"}" >$cgroup/cell/cpuset.cpus
  wait $! && fail 'a run goes on without its CPU'
  grep -qE 'CPU [0-9]+: .*(not allowed|did not take)' /tmp/lost.err ||
    fail "says: $(cat /tmp/lost.err)"
}

controls() {
  check wrong_node_is_refused
  check wrong_node_is_seen
  check lost_pin_is_refused
  check lost_pin_is_seen
  check cpuset_is_respected
  check lost_cpuset_is_noticed
}
