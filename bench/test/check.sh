# For the tests of the program from outside; sourced.
# $kspin is the program, $scratch a folder that is removed at the end.
kspin=$1
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# One trial of each cell, a few locks: seconds, not minutes.
short="--quick --rounds 1"

# Exit status 2 and one line on stderr that has every given text.
refuses() { # ARGS... -- TEXTS...
  line=
  while [ "$1" != -- ]; do
    line="$line $1"
    shift
  done
  shift
  # shellcheck disable=SC2086 # $line is words
  "$kspin" $line >"$scratch/out" 2>"$scratch/err"
  status=$?
  [ $status = 2 ] || fail "$line: exit status $status, not 2"
  [ "$(wc -l <"$scratch/err")" = 1 ] || {
    fail "$line: not one line on stderr:"
    cat "$scratch/err"
  }
  for text in "$@"; do
    grep -qF -e "$text" "$scratch/err" ||
      fail "$line: does not say '$text' but: $(cat "$scratch/err")"
  done
}
