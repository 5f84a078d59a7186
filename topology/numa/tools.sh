# What an emulated machine is made of, fetched once: QEMU, busybox and cpio
# from the distribution, installed when they are missing and we are root, and
# one file out of Debian's kernel package, which is not installed. Sourced;
# a script that lacks something leaves with 77, which meson calls skipped.
# shellcheck shell=bash

skip() {
  echo "skipped: $*"
  exit 77
}

# apt-get; with fresh lists only when the old ones do not do.
apt() { # ARGUMENTS...
  local get=(apt-get -q -o DPkg::Lock::Timeout=300)
  export DEBIAN_FRONTEND=noninteractive
  "${get[@]}" "$@" || { "${get[@]}" update && "${get[@]}" "$@"; }
}

# Brings a command, and says so.
need() { # COMMAND PACKAGE
  command -v "$1" >/dev/null && return
  command -v apt-get >/dev/null || skip "$1 is missing, and there is no apt"
  [ "$(id -u)" = 0 ] || skip "$1 is missing: install $2, or be root"
  echo "-- installing $2, which brings $1"
  apt install -y --no-install-recommends "$2" >/dev/null || skip "no $2"
  command -v "$1" >/dev/null || skip "$2 brought no $1"
}

# The newest kernel that a package such as linux-image-cloud-amd64 stands for.
newest() { # PACKAGE
  apt-cache depends "$1" | awk '$1 == "Depends:" { print $2; exit }'
}

# Downloads a package and takes the kernel out, into the current folder.
take_kernel() { # PACKAGE
  local package
  package=$(newest "$1")
  [ -n "$package" ] || {
    apt-get -q update
    package=$(newest "$1")
  }
  apt download "${package:?no such package}" >/dev/null &&
    dpkg --fsys-tarfile ./*.deb |
    tar -x --strip-components=2 --wildcards './boot/vmlinuz-*'
}

# Leaves the path of a kernel in $kernel.
need_kernel() { # CACHE PACKAGE
  kernel=$1/$2
  [ ! -s "$kernel" ] || return 0
  command -v apt-get >/dev/null || skip 'no kernel, and there is no apt'
  echo "-- fetching the kernel of $2"
  rm -rf "$kernel.new"
  mkdir -p "$kernel.new"
  (cd "$kernel.new" && take_kernel "$2") || skip "cannot fetch $2"
  mv "$kernel.new"/vmlinuz-* "$kernel"
  rm -r "$kernel.new"
}
