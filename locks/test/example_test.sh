#!/bin/sh
# Follows CONTRIBUTING's worked example of adding a lock, in a copy of the tree:
# its file, one word in one list, and everything that comes from these. Then
# takes an order away from it, which the checker has to notice.
# usage: example_test.sh TOP
set -eu
top=$1
export LC_ALL=C
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
# What belongs to this build must not reach into the other one.
unset MESON_EXE_WRAPPER DESTDIR

for folder in locks topology results bench plots .ci; do
  cp -r "$top/$folder" "$place"
done
cp "$top/meson.build" "$top/meson_options.txt" "$place"
rm -rf "$place/results/runs"
cd "$place"

# Step 1: the file.
sed -n '/^<!-- example -->$/,/^```$/p' "$top/CONTRIBUTING.md" |
  sed -e '1,2d' -e '$d' >locks/executive/bts.h
grep -q 'define EXECUTIVE_BTS_TRAITS' locks/executive/bts.h || {
  echo "CONTRIBUTING.md has no example between <!-- example --> and the fence"
  exit 1
}
# Step 2: the word.
sed -i "s/^executive_locks = \['tas', /&'bts', /" locks/meson.build
grep -q "'bts'" locks/meson.build

quietly() {
  "$@" >log 2>&1 || {
    tail -n 40 log
    exit 1
  }
}
# -O0: what is looked at here is not how fast it is.
quietly meson setup build --buildtype=plain -Dwerror=true
built='locks/test/lock-executive-bts locks/test/lock-test-table
  locks/model/test/model-check locks/test/nt/nt-library'
tests='executive-bts table model-executive-bts nt-free-executive-bts'
if grep -q race-executive-bts build/build.ninja; then
  built="$built locks/test/race/race-executive-bts"
  tests="$tests race-executive-bts"
fi
# shellcheck disable=SC2086 # both are words
{
  quietly ninja -j2 -C build $built
  quietly meson test -C build --no-rebuild $tests
}
grep -c ' OK ' log
[ "$(grep -c ' OK ' log)" -ge 4 ] || {
  cat log
  exit 1
}

# Without its release the lock must not pass.
sed -i 's/memory_order_release/memory_order_relaxed/' locks/executive/bts.h
quietly ninja -C build locks/model/test/model-check
if ./build/locks/model/test/model-check quick executive bts >log; then
  cat log
  echo 'bts passes without its release'
  exit 1
fi
grep -q 'race on the protected data' log

# The kernels need optimising to hold no call.
quietly meson configure build --optimization=3
quietly ninja -C build bench/libkernel_executive_bts_dpc.a \
  bench/libkernel_executive_bts_raise.a
for pair in dpc raise; do
  sh bench/test/no_calls.sh "build/bench/libkernel_executive_bts_$pair.a"
done
