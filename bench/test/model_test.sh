#!/bin/sh
# kspin model: what it prints and how it ends. What it finds is tested where
# the checker is (locks/model/test).
. "$(dirname "$0")/check.sh"

# ends STATUS ARGS...: status, and the output left in $scratch/out
ends() {
  expected=$1
  shift
  "$kspin" model "$@" >"$scratch/out" 2>"$scratch/err"
  status=$?
  [ $status = "$expected" ] || {
    fail "model $*: exit status $status, not $expected"
    cat "$scratch/out" "$scratch/err"
  }
}

says() {
  for text in "$@"; do
    grep -qF -e "$text" "$scratch/out" || fail "does not say '$text'"
  done
}

ends 0
says 'executive/ticket' 'queued/mcs' '1,1,1' verified 'under this model'
grep -qi prove "$scratch/out" && fail 'says that it has proved something'

ends 0 --lock ticket --family executive --threads 2,2 --json
says '"runs"' '"lock": "ticket"' '"executions": 6,' '"result": "verified"'
ends 0 --lock mcs --threads 2,1 --bound 1
says bounded
ends 0 --lock mcs --threads 2,1 --random 5
says bounded
ends 0 --lock mcs --family queued --threads 2,2 --limit 3 --json
says '"executions": 3,' '"result": "bounded"'
ends 0 --lock ticket --family executive --threads 1,1 --scenario try
says ' try '

ends 1 --seed-bug 5
says violated 'exchange acquire (for acq_rel)' 'hang: nobody will wake'
ends 1 --seed-bug 5 --json
says '"result": "violated"' '"trace"'
ends 0 --seed-bug all
says ' 18  caught' executions
grep -q escaped "$scratch/out" && fail 'a seeded bug escaped'

ends 0 --mutate --lock tas
says killed 'relaxed for release'
ends 0 --mutate --lock tas --json
says '"mutants"' '"fate": "killed"'

refuses model --threads 2,x -- --threads "'2,x'" 2,1,1
refuses model --threads 1,1,1,1,1,1 -- --threads 5
refuses model --threads 0,1 -- --threads "'0,1'"
refuses model --scenario dance -- --scenario dance nested
refuses model --bound -1 -- --bound "'-1'"
refuses model --random 0 -- --random "'0'"
refuses model --limit many -- --limit many
refuses model --limit 99999999999999999999 -- 99999999999999999999
refuses model --seed-bug 4294967297 -- 4294967297
refuses model --seed-bug 5 --lock tas -- --seed-bug --lock
refuses model --mutate --lock tas --threads 1,1 -- --mutate --threads
refuses model --scenario try -- --scenario --threads
refuses model --seed-bug 999 -- --seed-bug 999
refuses model --lock tickte -- tickte
refuses model --family peer -- peer
refuses model --josn -- --josn --json
refuses model more -- more

exit $((failures > 0))
