# What the tests of the plots share; sourced.
# $1 is the program, $2 the folder of a recorded run.
# shellcheck shell=sh
# shellcheck disable=SC2034 # used by those who source this
kspin=$1
reference=$2
programs=$(cd "$(dirname "$0")/.." && pwd)
KSPIN_PLOTS_DIR=$programs
export KSPIN_PLOTS_DIR
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# Says so when a test cannot be had here.
skip() {
  echo "SKIPPED: $*"
  exit 77
}

# A copy of the reference to be spoilt; without pictures.
fresh_run() { # FOLDER
  mkdir -p "$1"
  cp "$reference"/run.json "$reference"/*.csv "$1"
}

# The plots as `kspin plot --help` lists them, but those of what is measured on
# request only.
plot_names() {
  "$kspin" plot --help | sed '1,/^Plots:/d' |
    awk 'NF && $1 !~ /^(matrix|preempted|readers|spectrum|sweep)$/ { print $1 }'
}

well_formed() { # FILE
  if command -v xmllint >/dev/null; then
    xmllint --noout "$1" 2>/dev/null
  else
    python3 -c 'import sys, xml.dom.minidom
xml.dom.minidom.parse(sys.argv[1])' "$1" 2>/dev/null
  fi
}

# The texts of an SVG, one a line, as a reader sees them.
texts() { # FILE
  sed -n 's|.*<text>\(.*\)</text>.*|\1|p' "$1" |
    sed -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&amp;/\&/g'
}

# Width or height of a PNG: four bytes, most significant first.
png_number() { # FILE OFFSET
  od -An -tu1 -j "$2" -N 4 "$1" |
    awk '{ print (($1 * 256 + $2) * 256 + $3) * 256 + $4 }'
}

good_png() { # FILE
  [ "$(od -An -tx1 -N 8 "$1" | tr -d ' \n')" = 89504e470d0a1a0a ] || return 1
  [ "$(tail -c 12 "$1" | od -An -c -j 4 -N 4 | tr -d ' \n')" = IEND ] ||
    return 1
  [ "$(png_number "$1" 16)" -ge 900 ] && [ "$(png_number "$1" 20)" -ge 500 ] &&
    [ "$(wc -c <"$1")" -ge 20000 ]
}

# The locks of a workload that a table has rows for.
locks_of() { # TABLE WORKLOAD
  awk -F, -v workload="$2" '
    FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    $column["workload"] == workload && $column["family"] != "probe" {
      if ($column["threads"] > most) most = $column["threads"]
      # One thread has no latency under contention.
      if (!("median" in column)) needs = 2
      threads[$column["lock"]] = threads[$column["lock"]] > \
        $column["threads"] + 0 ? threads[$column["lock"]] : $column["threads"]
    }
    END {
      for (lock in threads)
        if (most < needs || threads[lock] >= needs)
          print lock
    }' "$1"
}

# Complains of what an SVG does not say: every lock, the unit, the machine.
check_svg() { # FILE TABLE WORKLOAD
  well_formed "$1" || fail "$1: is not well-formed"
  texts "$1" >"$scratch/texts"
  locks_of "$2" "$3" >"$scratch/locks"
  [ -s "$scratch/locks" ] || fail "$2: has no lock of '$3'"
  while read -r lock; do
    grep -qwF -- "$lock" "$scratch/texts" || fail "$1: says nothing of $lock"
  done <"$scratch/locks"
  grep -qE '^([0-9.]+ )?ns$' "$scratch/texts" || fail "$1: has no unit"
  cpu=$(sed -n 's/.*"cpu_model": "\(.*\)".*/\1/p' "$reference/run.json")
  grep -qF -- "$cpu" "$scratch/texts" || fail "$1: does not name the CPU"
}
