#!/bin/sh
# The front script on made-up machines: every tool that it calls to change
# something is a stub that writes down how it was called.
set -u
front=$(cd "$(dirname "$0")/../.." && pwd)/kspin
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
unset KSPIN_BUILD KSPIN_SETUP CC CXX

fail() { echo "$*" | tee -a failures; }

stub() { # NAME; its text on stdin
  rm -f "machine/$1"
  { echo '#!/bin/sh' && cat; } >"machine/$1"
  chmod +x "machine/$1"
}

# A machine of ours: real tools that only look, stubs for all others. root,
# nothing missing, nothing built.
new_machine() {
  rm -rf machine tree calls lists
  mkdir machine tree
  cp "$front" tree/kspin
  for tool in sh awk cat dirname env flock grep head ls mkdir mktemp readlink \
    rm sed tail touch chmod; do
    ln -s "$(command -v $tool)" "machine/$tool"
  done
  touch lists
  for tool in cc c++ gnuplot; do echo 'cat >/dev/null' | stub "$tool"; done
  echo 'echo 0' | stub id
  stub pkg-config <<'STUB'
case $2 in "$ABSENT "*) exit 1 ;; esac
STUB
  stub meson <<'STUB'
echo "meson $*" >>calls
case $1 in
test) cat testlog >tree/build/meson-logs/testlog.json; exit "${TESTS:-0}" ;;
esac
for tree; do build=${last-}; last=$tree; done
mkdir -p "$build/meson-private" "$build/meson-logs" "$build/bench"
touch "$build/build.ninja"
STUB
  stub ninja <<'STUB'
[ -e "$2/build.ninja" ] || exit 1
case " $* " in
*' -n '*) [ ! -e "$2/built" ] || echo 'ninja: no work to do.'; exit ;;
esac
echo ninja >>calls
[ -z "$BROKEN" ] || { echo "kernel.c:7: $BROKEN"; exit 1; }
printf '#!/bin/sh\nfor a; do printf "[%%s]" "$a"; done; exit 7\n' \
  >"$2/bench/kspin"
chmod +x "$2/bench/kspin"
touch "$2/built"
STUB
  stub apt-get <<'STUB'
echo "apt-get $*" >>calls
case " $* " in
*' update '*) touch lists; exit ;;
esac
[ -e lists ] || { echo 'E: Unable to locate package'; exit 100; }
[ -z "$USELESS" ] || exit 0
printf '#!/bin/sh\n' >machine/gnuplot
chmod +x machine/gnuplot
STUB
}

ABSENT="" BROKEN="" USELESS="" TESTS=""
# Runs the front script there; leaves its words in $out and $err.
front() {
  PATH=$scratch/machine ABSENT=$ABSENT BROKEN=$BROKEN USELESS=$USELESS \
    TESTS=$TESTS KSPIN_BUILD=${BUILD-} TMPDIR=$scratch \
    "${FRONT:-tree/kspin}" "$@" >out 2>err </dev/null
  status=$?
  out=$(cat out)
  err=$(cat err)
}

expect() { # WHAT STATUS OUT [ERR...]: parts that must be there
  what=$1
  [ "$status" = "$2" ] || fail "$what: status $status, not $2: $out $err"
  case $out in
  *"$3"*) ;;
  *) fail "$what: '$3' is not in '$out'" ;;
  esac
  shift 3
  for part; do
    case $err in
    *"$part"*) ;;
    *) fail "$what: '$part' is not in '$err'" ;;
    esac
  done
}

called() { # WHAT CALLS
  [ "$(cat calls 2>/dev/null)" = "$2" ] ||
    fail "$1: called $(cat calls 2>/dev/null) instead of $2"
}

apt='apt-get -q -o DPkg::Lock::Timeout=300'
install="$apt install -y --no-install-recommends"
configure="meson setup $scratch/tree/build $scratch/tree"

# A whole machine: builds once, hands over words and status, never calls apt.
new_machine
front list 'a b' ''
expect 'first run' 7 '[list][a b][]' 'configuring' 'compiling'
called 'first run' "$configure
ninja"
rm calls
front list
expect 'second run' 7 '[list]'
[ -z "$err" ] || fail "second run: it said $err"
called 'second run' ''
front --help
expect 'help fails' 7 ''
printf '#!/bin/sh\necho usage\n' >tree/build/bench/kspin
for help in '' --help help; do
  front $help
  expect "help $help" 0 'usage
' && expect "help $help" 0 'test [ARGS]'
done

# Another directory, through a link, with a build elsewhere.
new_machine
mkdir -p other/deeper
ln -sf ../tree/kspin other/link
FRONT=other/link front list
expect 'through a link' 7 '[list]'
BUILD=other/build front list
expect 'a build elsewhere' 7 '[list]'
[ -x other/build/bench/kspin ] || fail 'a build elsewhere: is not there'
rm -rf other

# Missing packages.
new_machine
rm machine/gnuplot
front list
expect 'one missing' 7 '[list]' 'gnuplot' 'gnuplot-nox' 'draws the plots' \
  'installing: apt-get install -y --no-install-recommends gnuplot-nox'
called 'one missing' "$install gnuplot-nox
$configure
ninja"

new_machine
rm machine/gnuplot lists
front list
expect 'no lists' 7 '[list]'
called 'no lists' "$install gnuplot-nox
$apt update
$install gnuplot-nox
$configure
ninja"

new_machine
rm machine/gnuplot
ABSENT=hwloc front list
expect 'too old for us' 2 '' 'hwloc >= 2.9' 'libhwloc-dev' 'still missing'
called 'too old for us' "$install libhwloc-dev gnuplot-nox"
USELESS=yes
new_machine
rm machine/gnuplot
front list
expect 'installed in vain' 2 '' 'still missing'
USELESS=

new_machine
rm machine/gnuplot machine/apt-get
front list
expect 'no apt' 2 '' 'gnuplot-nox' 'there is no apt here'

new_machine
rm machine/gnuplot
echo 'echo 1000' | stub id
front list
expect 'nobody' 2 '' \
  "run \`apt-get install -y --no-install-recommends gnuplot-nox\` as root"
called 'nobody' ''

stub sudo <<'STUB'
shift
[ "$1" = true ] || { echo sudo >>calls; "$@"; }
STUB
front list
expect 'through sudo' 7 '[list]' 'installing: sudo'
called 'through sudo' "sudo
$install gnuplot-nox
$configure
ninja"

new_machine
for tool in cc c++ meson ninja pkg-config gnuplot apt-get; do
  rm "machine/$tool"
done
front list
packages=$(sed -n 's/^  .*(\([^)]*\)).*/\1/p' err | tr '\n' ' ')
[ "$packages" = "gcc g++ libc6-dev meson ninja-build pkg-config libhwloc-dev \
libnuma-dev libbenchmark-dev libjansson-dev libcmocka-dev gnuplot-nox " ] ||
  fail "a bare machine: wants $packages"
for module in hwloc numa benchmark jansson cmocka; do
  new_machine
  USELESS=yes
  ABSENT=$module front list
  expect "no $module" 2 '' "  $module" 'still missing'
done
USELESS=''
echo '[ "$*" = "-E -x c -" ] && exit 1' | stub cc
front list
expect 'no headers' 2 '' 'stdio.h' 'libc6-dev' 'still missing'

new_machine
touch tree/.git
printf '#!/bin/sh\n' >machine/apt-get
front list
expect 'a checkout' 2 '' 'the revision'

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
grep -q '^meson test .*--suite locks$' calls || fail 'tests: no options'
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
flock tree/build sleep 0.5 &
while flock -n tree/build true; do :; done
front list
expect 'two at once' 7 '[list]' 'waiting for another kspin'
wait

[ ! -e failures ]
