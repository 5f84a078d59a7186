#!/bin/bash
# Boots an emulated machine with kspin inside and runs the checks there.
#
#   machine.sh MACHINE.qemu CACHE KSPIN FILES...
#
# MACHINE.qemu holds QEMU's options; a line `boot WORDS` goes to the kernel, a
# line `arch aarch64` says that it is no x86: then the program is built for it
# first, and KSPIN and FILES are those of that build.
# MACHINE.txt beside it is what `kspin topology` must say inside. FILES go
# with kspin: libraries into /lib, programs into /bin. What was fetched is kept
# in the folder CACHE. Prints the whole log; 77: something is missing.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=tools.sh
. "$here/tools.sh"
# shellcheck source=aarch64.sh
. "$here/aarch64.sh"

machine=$1 cache=$2
shift 2

# A machine that is still on after so many seconds has failed.
limit=${KSPIN_NUMA_SECONDS:-280}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Prints what a program of this machine is linked with: nothing for a static
# one, such as Debian's busybox-static.
linked_with() { { ldd "$1" 2>&1 || true; } | { grep -oE '/[^ ]+' || true; }; }

# Copies a file and the libraries that it is linked with: to where they lie
# here, or, where they are another machine's, into /lib.
pack() { # FILE FOLDER
  local library
  cp -L "$1" "$scratch/root/$2/"
  if [ "$arch" = x86_64 ]; then
    linked_with "$1" | while read -r library; do
      mkdir -p "$scratch/root$(dirname "$library")"
      cp -nL "$library" "$scratch/root$library"
    done
  else
    needed_by "$1" | sort -u | while read -r library; do
      cp -nL "$library" "$scratch/root/lib/"
    done
  fi
}

make_initrd() { # KSPIN FILES...
  local root=$scratch/root file
  mkdir -p "$root"/{bin,lib,checks,proc,sys,dev,tmp}
  pack "$busybox" bin
  for file; do
    case $file in
    *.so) pack "$file" lib ;;
    *) pack "$file" bin ;;
    esac
  done
  cp "$here"/guest/* "$root/checks"
  cp "${machine%.qemu}.txt" "$root/checks/golden.txt"
  mv "$root/checks/init" "$root"
  (cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) >"$scratch/initrd"
}

# Options of QEMU, one a word.
machine_options() { sed -E -e 's/#.*//' -e '/^(boot|arch) /d' "$machine"; }
boot_words() { sed -n 's/^boot //p' "$machine"; }

boot() {
  local options
  mapfile -t options < <(machine_options | xargs -n 1)
  timeout -k 5 "$limit" "qemu-system-$arch" -accel tcg,thread=single \
    "${options[@]}" -nographic -nodefaults -no-reboot -serial stdio \
    -monitor none -kernel "$kernel" -initrd "$scratch/initrd" \
    -append "console=$console panic=-1 quiet $(boot_words)" </dev/null 2>&1 |
    sed -u -e 's/\r//g' -e 's/\x1b[^A-Za-z]*[A-Za-z]//g' |
    tee "$scratch/log"
}

arch=$(sed -n 's/^arch //p' "$machine")
arch=${arch:-x86_64}
need cpio cpio
if [ "$arch" = x86_64 ]; then
  console=ttyS0
  need qemu-system-x86_64 qemu-system-x86
  need busybox busybox-static
  need_kernel "$cache" linux-image-cloud-amd64
  busybox=$(command -v busybox)
  packed=("$@")
else
  console=ttyAMA0
  need_foreign
fi
make_initrd "${packed[@]}"
boot || echo "-- QEMU failed, or had to be stopped after $limit s"
grep -qx -e '-- status 0' "$scratch/log"
