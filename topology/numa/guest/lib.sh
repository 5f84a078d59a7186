# What the checks inside an emulated machine share. Sourced.
# shellcheck shell=sh

failures=0
nodes=/sys/devices/system/node

seconds() { cut -d' ' -f1 /proc/uptime; }

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# Runs a check, a function of this name, and says how long it took.
check() { # NAME
  began=$(seconds)
  before=$failures
  "$1"
  verdict=ok
  [ $failures = "$before" ] || verdict=FAILED
  echo "$verdict $1 $(echo "$(seconds) $began" | awk '{ print $1 - $2 }') s"
}

# `0-3,8` as one number a line.
each() {
  echo "$1" | tr ',' '\n' | awk -F- 'NF { for (i = $1; i <= $NF; i++) print i }'
}

# What the kernel says of CPUs and nodes, as judge.awk reads it.
list_nodes() {
  for node in $(each "$(cat $nodes/online)"); do
    for cpu in $(each "$(cat "$nodes/node$node/cpulist")"); do
      echo "cpu $cpu $node"
    done
  done
  for node in $(each "$(cat $nodes/has_memory)"); do echo "memory $node"; done
}

# One pass over few cells, with short critical sections: it is not about time.
# There is no gnuplot here, and a run that is complete may complain of that.
bench() { # FOLDER HOME ARGS...
  folder=$1
  home=$2
  shift 2
  rm -rf "$folder" "$folder.witness"
  timeout 90 env KSPIN_WITNESS="$folder.witness" \
    LD_PRELOAD="${sabotage-} /lib/witness.so" \
    kspin bench --quick --rounds 1 --cs-ns 100 --home "$home" \
    --out "$folder" "$@" >"$folder.out" 2>"$folder.err" ||
    { [ $? = 2 ] && grep -q '^kspin plot: ' "$folder.err"; }
}

# Holds a run's threads and memory against what was asked for.
judge() { # FOLDER HOME
  awk -v home="$2" -f /checks/judge.awk /tmp/nodes "$1/trials.jsonl" \
    "$1.witness"
}

# A run that must end well, every thread and page where it belongs.
good_run() { # FOLDER HOME ARGS...
  bench "$@" || fail "bench $* ends with $?: $(cat "$1.err")"
  grep -q '"state": "complete"' "$1/run.json" || fail "$1: not complete"
  judge "$1" "$2" >"$1.faults" ||
    fail "bench $*: $(wc -l <"$1.faults") faults: $(head -n 5 "$1.faults")"
}

# A run that must be refused in one line that has these words.
refused_run() { # WORDS FOLDER HOME ARGS...
  words=$1
  shift
  bench "$@" && fail "bench $* succeeds, although: $words"
  [ "$(wc -l <"$1.err")" = 1 ] || fail "bench $*: not one line: $(cat "$1.err")"
  grep -qF "$words" "$1.err" ||
    fail "bench $* does not say '$words' but: $(cat "$1.err")"
}

policies() { kspin list | awk '/^placement/ { on = 1; next } on { print $1 }'; }
