# A made-up machine for the front script: every tool that it calls to change
# something is a stub that writes down how it was called. Sourced by the tests.
# shellcheck shell=sh
set -u
front=$(cd "$(dirname "$0")/../../.." && pwd)/kspin
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
unset KSPIN_BUILD KSPIN_SETUP KSPIN_RUNS CC CXX

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
[ "$1" != test ] || [ ! -e /proc/self/fd/9 ] || echo 'test holds the lock'
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
*' -n '*)
  [ ! -e "$2/built" ] || { echo 'ninja: no work to do.' && exit; }
  printf '[%d/2] Compiling C object a.c.o\n' 1 2
  exit
  ;;
esac
echo ninja >>calls
[ -z "$BROKEN" ] || { echo "kernel.c:7: $BROKEN"; exit 1; }
cat >"$2/bench/kspin" <<'PROGRAM'
#!/bin/sh
[ ! -e /proc/self/fd/9 ] || echo 'still holds the lock'
for a; do printf '[%s]' "$a"; done
echo "$KSPIN_RUNS" >runs
exit 7
PROGRAM
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
    ${AS-} "${FRONT:-tree/kspin}" "$@" >out 2>err </dev/null
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

# How it configures on a new machine.
# shellcheck disable=SC2034 # read by the tests
configure="meson setup $scratch/tree/build $scratch/tree"
