#!/bin/sh
# Prints a lock header with one labelled memory order taken away.
# usage: weaken.sh LABEL HEADER
#
# The label's comment says "LABEL pairs with ..." (or "LABEL and ... pair ..."),
# and the first memory_order_ after it is the one: acquire and release become
# relaxed, acq_rel loses the half that the label's letter names. Fails if the
# header has no such label, so that a seed cannot quietly stop being one.
exec awk -v label="$1" '
  !defined && match($0, "(^|[^A-Za-z0-9])" label \
      " (pairs? |and [AR][0-9]+ pair )") {
    defined = 1
  }
  defined && !done && match($0, "memory_order_(acquire|release|acq_rel)") {
    order = substr($0, RSTART, RLENGTH)
    weaker = "memory_order_relaxed"
    if (order == "memory_order_acq_rel")
      weaker = label ~ /^A/ ? "memory_order_release" : "memory_order_acquire"
    $0 = substr($0, 1, RSTART - 1) weaker substr($0, RSTART + RLENGTH)
    done = 1
  }
  { print }
  END {
    if (!done) {
      print "weaken.sh: no order labelled " label > "/dev/stderr"
      exit 1
    }
  }' "$2"
