#!/bin/sh
# An installed libkspin serves a driver's source through pkg-config: in C and
# C++, shared and static, and bound at compile time, free and checked.
# usage: install.sh BUILD_DIRECTORY SOURCE_DIRECTORY
set -eu
build=$1
source=$2
command -v pkg-config >/dev/null || { echo "no pkg-config here"; exit 77; }
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
DESTDIR=$place meson install -C "$build" --no-rebuild --quiet --tags devel
PKG_CONFIG_PATH=$(dirname "$(find "$place" -name kspin.pc)")
export PKG_CONFIG_PATH
prefix=$place$(pkg-config --variable=prefix kspin)
flags=$(pkg-config --define-variable=prefix="$prefix" --cflags --libs kspin)
libdir=$(pkg-config --define-variable=prefix="$prefix" --variable=libdir kspin)
cd "$place"
# shellcheck disable=SC2086
{
  cc -std=c17 -Wall -Wextra -Werror "$source/driver.c" $flags -o c
  c++ -std=c++17 -Wall -Wextra -Werror -x c++ "$source/driver.c" $flags -o cxx
  cc -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -DKSPIN_EXECUTIVE=ticket \
    -DKSPIN_QUEUED=mcs -O2 "$source/driver.c" \
    ${flags%-lkspin*} "$libdir/libkspin.a" -pthread -o bound
  checked=$(pkg-config --define-variable=prefix="$prefix" --cflags \
    kspin-checked)
  cc -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -DKSPIN_EXECUTIVE=ticket \
    -DKSPIN_QUEUED=mcs -DKSPIN_READER=phase_fair -O2 "$source/driver.c" \
    $checked "$libdir/libkspin-checked.a" -pthread -o checked
}
nm checked | grep -q check_may_acquire
export LD_LIBRARY_PATH="$libdir"
./c
./cxx
env -u LD_LIBRARY_PATH ./bound
env -u LD_LIBRARY_PATH ./checked
