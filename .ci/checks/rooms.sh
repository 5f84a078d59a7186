#!/bin/sh
# The house: which room may include which, and what language it speaks.
. "$(dirname "$0")/tree.sh"

# A leaf knows itself; bench knows the leaves. `<wdm.h>` and its like are the
# locks' NT headers, found through an include path.
include_edges() {
  # shellcheck disable=SC2016 # awk, not sh, reads the dollars
  c_files | examine '
    BEGIN {
      may["locks"] = " locks "
      may["topology"] = " topology "
      may["results"] = " results "
      may["bench"] = " bench locks topology results "
      rooms = may["bench"]
    }
    FNR == 1 { split(FILENAME, at, "/"); room = at[1] }
    !/^[ \t]*#[ \t]*include/ { next }
    match($0, /<(wdm|ntddk|ntifs)\.h>/) { $0 = "#include \"locks/nt\"" }
    match($0, /["<][^">]+[">]/) {
      mark = substr($0, RSTART, 1)
      split(substr($0, RSTART + 1, RLENGTH - 2), to, "/")
      if (!index(rooms, " " to[1] " ")) {
        if (mark == "\"")
          print FILENAME ":" FNR ": write includes from the top: " $2
      } else if (!index(may[room], " " to[1] " "))
        print FILENAME ":" FNR ": " room " must not know " to[1]
    }'
}

# One C++ file wraps Google Benchmark; the NT headers promise to be C++ too, so
# their tests may be. Plots are data, not C.
languages() {
  files '*.cc' '*.cpp' '*.cxx' '*.hh' '*.hpp' '*.hxx' | while read -r path; do
    case $path in bench/gbench.cc | locks/test/*.cc) continue ;; esac
    echo "$path:1: C++ belongs in bench/gbench.cc"
  done
  c_files | sed -n 's|^plots/.*|&:1: plots hold no C|p'
}

no_other_rooms() {
  code_files | sed -n -e '/^\(kspin\|meson.build\|meson_options.txt\)$/d' \
    -e '/^\(bench\|locks\|plots\|results\|topology\|\.ci\)\//d' \
    -e 's|$|:1: belongs into one of the rooms|p'
}

{
  include_edges
  languages
  no_other_rooms
} | verdict
