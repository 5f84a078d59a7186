#!/bin/sh
# A file of over 300 lines holds two ideas; a function of over 60 is wrong.
. "$(dirname "$0")/tree.sh"

# Files that may be longer, each with its reason: `path because ...`.
export allowed=''

[ -z "$allowed" ] || printf 'allowed: %s\n' "$allowed" >&2

# In our layout a function begins where a line that is not indented ends in
# `{`, and ends at the next `}` in the first column. Its head may span lines.
code_files | examine '
  function close_file() {
    if (file != "" && lines > 300 && !index("\n" allowed, "\n" file " "))
      print file ":" lines ": " lines " lines: two ideas in a file"
  }
  BEGIN { allowed = ENVIRON["allowed"] }
  FNR == 1 { close_file(); file = FILENAME; begin = 0 }
  { lines = FNR }
  /^[^ \t#}].*\) *\{( *#.*)?$/ || /^ +[^ ].*\) \{$/ && head { begin = FNR }
  { head = /^[^ \t#}\/*].*[(,]$/ || (head && !/[;{}]$/) }
  /^\}/ {
    if (begin && FNR - begin + 1 > 60)
      print FILENAME ":" begin ": a function of " FNR - begin + 1 " lines"
    begin = 0
  }
  END { close_file() }' | verdict
