# The same program for aarch64: its libraries fetched from the distribution
# (unpacked into a folder, never installed: this machine's apt and linker do
# not hear of them), the tree cross-compiled there, without optimisation, which
# nothing that is checked here depends on. Sourced after tools.sh.
# shellcheck shell=bash
# shellcheck disable=SC2154 # here, cache: of those who source this

triplet=aarch64-linux-gnu

# apt that knows one architecture, in a folder of its own.
foreign() { # apt-get|apt-cache ARGUMENTS...
  local command=$1
  shift
  "$command" -q -o APT::Architecture=arm64 -o APT::Architectures=arm64 \
    -o Dir::State::Lists="$foreign/lists" -o Dir::Cache="$foreign/apt" \
    -o Dir::State::Status=/dev/null -o APT::Sandbox::User=root "$@"
}

# Unpacks libraries, headers and busybox into $foreign/sys.
fetch_libraries() {
  local package
  mkdir -p "$foreign"/{lists,apt/archives}/partial "$foreign/new/packages"
  foreign apt-get update >/dev/null || return
  (cd "$foreign/new/packages" && foreign apt-get download \
    libhwloc-dev libhwloc15 libudev1 libnuma-dev libnuma1 libjansson-dev \
    libjansson4 libbenchmark-dev libbenchmark1debian libcmocka-dev libcmocka0 \
    busybox-static "$(newest_foreign linux-image-cloud-arm64)" >/dev/null) ||
    return
  for package in "$foreign"/new/packages/{lib,busybox}*.deb; do
    dpkg -x "$package" "$foreign/new/sys" || return
  done
  dpkg --fsys-tarfile "$foreign"/new/packages/linux-image-*.deb |
    tar -x -C "$foreign/new" --strip-components=2 --wildcards \
      './boot/vmlinuz-*' || return
  mv "$foreign"/new/vmlinuz-* "$foreign/new/kernel"
  rm -rf "$foreign/new/packages" "$foreign/apt"
  mv "$foreign"/new/* "$foreign"
}

newest_foreign() { # PACKAGE
  foreign apt-cache depends "$1" |
    awk '$1 == "Depends:" { print $2; exit }'
}

cross_file() {
  local sys=$foreign/sys
  local libraries=$sys/usr/lib/$triplet
  local include="'-DLOCK_PAUSE_YIELD', '-isystem', '$sys/usr/include', \
'-isystem', '$sys/usr/include/$triplet'"
  local link="'-L$libraries', '-Wl,-rpath-link,$libraries'"
  cat <<CROSS
[binaries]
c = '$triplet-gcc'
cpp = '$triplet-g++'
ar = '$triplet-ar'
strip = '$triplet-strip'
objdump = '$triplet-objdump'
pkgconfig = 'pkg-config'
[built-in options]
c_args = [$include]
cpp_args = [$include]
c_link_args = [$link]
cpp_link_args = [$link]
[properties]
needs_exe_wrapper = true
sys_root = '$sys'
pkg_config_libdir = '$libraries/pkgconfig'
[host_machine]
system = 'linux'
cpu_family = 'aarch64'
cpu = 'aarch64'
endian = 'little'
CROSS
}

build_foreign() {
  local target build=$foreign/build
  cross_file >"$foreign/cross.ini"
  [ -f "$build/build.ninja" ] || meson setup "$build" "$here/../.." \
    --cross-file "$foreign/cross.ini" --buildtype plain >"$foreign/log" 2>&1 ||
    return
  ninja -C "$build" bench/kspin bench/test/bench_records_test \
    topology/numa/witness.so topology/numa/saboteur.so >"$foreign/log" 2>&1
}

# Leaves the kernel in $kernel, what to pack in $packed, and says in $libraries
# where what it is linked with lies.
need_foreign() {
  foreign=$cache/aarch64
  need qemu-system-aarch64 qemu-system-arm
  need $triplet-g++ g++-$triplet
  need readelf binutils
  [ -s "$foreign/kernel" ] || {
    echo '-- fetching libraries and a kernel for aarch64'
    rm -rf "$foreign/new"
    fetch_libraries || skip 'no packages for arm64'
  }
  echo '-- building for aarch64'
  build_foreign || {
    cat "$foreign/log"
    echo '-- cannot build for aarch64'
    exit 1
  }
  kernel=$foreign/kernel
  busybox=$foreign/sys/bin/busybox
  libraries="$foreign/sys/usr/lib/$triplet /usr/$triplet/lib"
  packed=("$foreign/build/bench/kspin"
    "$foreign/build/bench/test/bench_records_test"
    "$foreign"/build/topology/numa/{witness,saboteur}.so)
}

# What a file is linked with, and what that is linked with.
needed_by() { # FILE
  local name folder
  readelf -d "$1" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' |
    while read -r name; do
      for folder in $libraries; do
        [ -e "$folder/$name" ] || continue
        echo "$folder/$name"
        needed_by "$folder/$name"
        break
      done
    done
}
