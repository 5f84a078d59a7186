# What all checks share: which files are ours, and how a check ends.
#
# A check is called with the top of a tree, prints `file:line: complaint` for
# each fault and exits with 1 when there is one. Sourced, never run.
# shellcheck shell=sh

set -u
export LC_ALL=C
checks=$(cd "$(dirname "$0")" && pwd)
export checks
cd "${1:?the top of a tree}" || exit 2

# Prints our files whose path matches one of the patterns; builds, recorded
# runs of this machine and git's own files are not ours.
files() { # PATTERN...
  find . \( -name .git -o -path './build*' -o -path ./results/runs \) -prune \
    -o -type f -print | sed 's|^\./||' | sort | while read -r path; do
    for pattern; do
      # shellcheck disable=SC2254 # a pattern is meant
      case $path in $pattern) echo "$path" && break ;; esac
    done
  done
}

c_files() { files '*.c' '*.h' '*.cc' '*.def'; }
sh_files() { files '*.sh' kspin .ci/run; }
code_files() {
  c_files
  sh_files
  files '*.awk' '*.gp' '*.py' 'meson.build' '*/meson.build' meson_options.txt
}

# Runs one awk program over the listed files. No file at all is a fault of
# the check: it would pass for ever.
examine() { # PROGRAM; reads names of files
  names=$(cat)
  [ -n "$names" ] || {
    echo "$0: found no file to examine"
    return
  }
  # shellcheck disable=SC2086 # names are words
  awk "$1" $names
}

# Ends a check: prints the complaints, fails when there are any.
verdict() { awk '{ print } END { exit NR > 0 }'; }
