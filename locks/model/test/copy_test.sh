#!/bin/sh
# A structural seed changes its text, once, whatever the white space; a seed
# whose text is gone, or is there twice, is marked and changes nothing.
# usage: copy_test.sh PYTHON copy.py
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT

fail() {
  echo "copy_test.sh: $1" >&2
  cat "$folder/copy.h" >&2
  exit 1
}

copy() {
  printf 'lock.h\nWhat it does.\n<<<<\n%s\n====\n%s\n>>>>\n' "$1" "$2" \
    >"$folder/seed.txt"
  "$python" "$script" "$folder/seed.txt" "$folder" "$folder/copy.h"
}

python=$1
script=$2
cat >"$folder/lock.h" <<'END'
first(a,
      b);
second(c);
second(c);
END

copy 'first(a, b);' 'third();'
grep -q 'third();' "$folder/copy.h" || fail 'did not change its text'
grep -q 'first' "$folder/copy.h" && fail 'left its text'
grep -q MODEL_SEED_GONE "$folder/copy.h" && fail 'marked a seed that is right'

for text in 'first(b, a);' 'second(c);'; do
  copy "$text" 'third();'
  grep -q '#define MODEL_SEED_GONE 1' "$folder/copy.h" ||
    fail "did not mark '$text'"
  grep -q third "$folder/copy.h" && fail "changed '$text'"
done
exit 0
