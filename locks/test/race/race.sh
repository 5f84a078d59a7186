#!/bin/sh
# Runs a program built with ThreadSanitizer, at fixed addresses where that is
# allowed: with many random bits in them (vm.mmap_rnd_bits > 28) the libtsan of
# gcc 12 refuses to start.
if setarch "$(uname -m)" -R true 2>/dev/null; then
  exec setarch "$(uname -m)" -R "$@"
fi
exec "$@"
