#!/bin/sh
# Installs what builds for other machines and runs their programs, as root and
# with apt. Exits with 0 when all of it is there, else says what is missing.
set -u
packages='g++-aarch64-linux-gnu g++-riscv64-linux-gnu qemu-user'

missing() {
  for command in aarch64-linux-gnu-g++ riscv64-linux-gnu-g++ qemu-aarch64 \
    qemu-riscv64; do
    command -v "$command" || echo "$command is missing"
  done | sed -n '/ is missing$/p'
}

[ -n "$(missing)" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # $packages is words
  set -- -q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends \
    $packages
  { apt-get "$@" || { apt-get update && apt-get "$@"; }; } >"$log" 2>&1 ||
    tail -n 5 "$log"
  rm -f "$log"
fi
[ -n "$(missing)" ] || exit 0
missing
echo "only root can install $packages, and only with apt"
exit 1
