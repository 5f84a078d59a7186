#!/bin/sh
# .ci/run over a front script of ours: that it adds up what the builds say, and
# takes silence, a failure without a test and a hang for failures.
set -u
run=$(cd "$(dirname "$0")/../.." && pwd)/run
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
mkdir -p tree/.ci
cp "$run" tree/.ci/run

# What the front script does in the build of a name, else `sums`.
front() { # [NAME COMMANDS]
  cat >tree/kspin <<SCRIPT
#!/bin/sh
echo "\$KSPIN_BUILD \$KSPIN_SETUP: \$*" >>"$scratch/calls"
case \$KSPIN_BUILD in
*/${1:-none}) ${2:-:} ;;
*) echo words; echo '2 passed, 0 failed, 1 skipped' ;;
esac
SCRIPT
  chmod +x tree/kspin
}

expect() { # STATUS LAST-LINE WHAT
  : >calls
  tree/.ci/run >out 2>&1
  status=$?
  last=$(tail -n 1 out)
  sums=$(grep -cxE '[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped' out)
  [ "$status $last $sums" = "$1 $2 1" ] && return
  echo "$3: status $status, '$last'; expected $1, '$2' once; it said:"
  cat out
  touch failures
}

front
expect 0 '6 passed, 0 failed, 3 skipped' 'all well'
for line in 'release -Dwerror=true .*: test$' \
  'tsan -Dwerror=true -Drooms=leaves -Db_sanitize=thread: test' \
  'asan -Dwerror=true -Drooms=leaves -Db_sanitize=address,undefined: test'; do
  grep -q -e "$line" calls || { echo "no build '$line'" && touch failures; }
done

front tsan 'echo "3 passed, 2 failed, 0 skipped"; exit 1'
expect 1 '7 passed, 2 failed, 2 skipped' 'tests fail'
front asan 'echo "no compiler"; exit 2'
expect 1 '4 passed, 1 failed, 2 skipped' 'a build fails'
front release 'echo "0 passed, 0 failed, 0 skipped"; exit 1'
expect 1 '4 passed, 1 failed, 2 skipped' 'nothing ran'
front asan 'cat; echo "1 passed, 0 failed, 0 skipped"'
expect 0 '5 passed, 0 failed, 2 skipped' 'something reads'
front asan 'sleep 60'
export KSPIN_CI_SECONDS=2
expect 1 '4 passed, 1 failed, 2 skipped' 'something hangs'

[ ! -e failures ]
