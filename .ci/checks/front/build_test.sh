#!/bin/sh
# The front script on a machine that lacks nothing: when it builds, what it
# hands over, and how it sums tests.
. "$(dirname "$0")/machine.sh"

# A whole machine: builds once, hands over words and status, never calls apt.
new_machine
front list 'a b' ''
expect 'first run' 7 '[list][a b][]' 'configuring' 'compiling'
called 'first run' "$configure
ninja"
[ "$out" = '[list][a b][]' ] || fail "first run: it said $out"
[ -z "$(find . -name 'kspin-log*')" ] || fail 'first run: left a log'
rm calls
front list
expect 'second run' 7 '[list]'
[ -z "$err" ] || fail "second run: it said $err"
called 'second run' ''
front --help
expect 'help fails' 7 '[--help]' 'test [ARGS]'
printf '#!/bin/sh\necho usage\n' >tree/build/bench/kspin
for help in '' --help help; do
  front $help
  expect "help $help" 0 'usage
' && expect "help $help" 0 'test [ARGS]'
done

# Only a source changed: compiles, and does not configure.
rm -f tree/build/built calls
front list
expect 'a changed source' 7 '[list]' 'compiling'
called 'a changed source' ninja

# Up to date: whoever builds elsewhere in the tree is not waited for.
flock tree/build sleep 2 &
while flock -n tree/build true; do :; done
front list
kill $!
expect 'up to date' 7 '[list]'
[ -z "$err" ] || fail "up to date: it said $err"

# Somebody else's build is used as it is; root may write, so root steps down.
rm tree/build/built
chmod -R a-w tree/build && chmod a+rx .
[ "$(id -u)" != 0 ] || AS="$(command -v setpriv) --reuid 65534 --clear-groups"
front list
expect 'not ours to build' 7 '[list]' 'the program is as last built'
front test
expect 'not ours to test' 2 '' 'cannot write'
AS=''
chmod -R u+w tree/build

# Another directory, through a link, with a build elsewhere.
new_machine
mkdir -p other/deeper
ln -sf ../tree/kspin other/link
FRONT=other/link front list
expect 'through a link' 7 '[list]'
[ "$(cat runs)" = "$scratch/tree/results/runs" ] ||
  fail "through a link: runs go to $(cat runs)"
KSPIN_RUNS=/elsewhere front list
[ "$(cat runs)" = /elsewhere ] || fail "KSPIN_RUNS: runs go to $(cat runs)"
BUILD=other/build front list
expect 'a build elsewhere' 7 '[list]' "configuring $scratch/other/build"
[ -x other/build/bench/kspin ] || fail 'a build elsewhere: is not there'
rm -rf other

# Builds that cannot be used as they are.
new_machine
BROKEN='no such lock'
front list
expect 'broken source' 2 '' 'kernel.c:7: no such lock' 'compiling failed' \
  "the whole log is $scratch/kspin-log"
BROKEN=
BUILD=/dev/null/build front list
expect 'not writable' 2 '' 'cannot write to /dev/null/build'
mkdir -p precious && touch precious/thesis
BUILD=precious front list
expect 'not a build' 2 '' 'holds something else'
[ -e precious/thesis ] || fail 'not a build: a file is gone'

new_machine
front list
rm -rf moved calls && mv tree moved
FRONT=moved/kspin front list
expect 'a moved tree' 7 '[list]' 'configuring'
called 'a moved tree' "meson setup $scratch/moved/build $scratch/moved
ninja"
rm -rf moved

new_machine
front list
rm calls tree/build/build.ninja
front list
expect 'half configured' 7 '[list]'
called 'half configured' "$configure
ninja"

new_machine
printf '#!/bin/sh\ntouch tree/build/half; exit 1\n' >machine/meson
front list
expect 'cannot configure' 2 '' 'configuring failed'
[ -e tree/build/kspin-configured ] || fail 'cannot configure: is no build'
new_machine
mkdir tree/build && touch tree/build/half tree/build/kspin-configured
front list
expect 'after a failure' 7 '[list]' 'configuring'
[ ! -e tree/build/half ] || fail 'after a failure: was not made anew'

new_machine
mkdir -p tree/build/meson-private tree/build/mine tree/build/bench
touch tree/build/build.ninja
front list
expect 'configured by hand' 7 '[list]'
called 'configured by hand' "meson setup --reconfigure ${configure#* * }
ninja"
[ -d tree/build/mine ] || fail 'configured by hand: was made anew'

# Tests and their sum.
results() {
  for result; do
    printf '{"name": "t", "stdout": "\\"result\\": \\"FAIL\\"", '
    printf '"result": "%s", "duration": 0.1}\n' "$result"
  done >testlog
}
new_machine
results OK OK SKIP EXPECTEDFAIL
front test --suite locks
expect 'tests pass' 0 '3 passed, 0 failed, 1 skipped'
[ "$out" = '3 passed, 0 failed, 1 skipped' ] || fail "tests: it said $out"
grep -q '^meson test .* --print-errorlogs --suite locks$' calls ||
  fail 'tests: other options'
cp testlog tree/build/meson-logs/testlog-older.json
front test
expect 'an older log' 0 '3 passed, 0 failed, 1 skipped'
for result in FAIL TIMEOUT ERROR INTERRUPT UNEXPECTEDPASS; do
  results OK $result
  front test
  expect "a test's $result" 1 '1 passed, 1 failed, 0 skipped'
done
results OK
TESTS=1 front test
expect 'meson fails' 1 '1 passed, 0 failed, 0 skipped'
results
front test
expect 'no test ran' 1 '0 passed, 0 failed, 0 skipped'
front test --list
expect 'a list' 0 ''
[ -z "$out" ] || fail "a list: it said $out"

# Two at once: the second one waits for the first one's lock.
new_machine
mkdir tree/build
touch tree/build/kspin-configured
flock tree/build sh -c 'sleep 0.5; touch released' &
while flock -n tree/build true; do :; done
front list
expect 'two at once' 7 '[list]' 'waiting for another kspin'
[ -e released ] || fail 'two at once: did not wait'
wait

[ ! -e failures ]
