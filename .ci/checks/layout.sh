#!/bin/sh
# Lines: 80 columns, no tabs, nothing after the last word, no carriage return.
. "$(dirname "$0")/tree.sh"

# shellcheck disable=SC2016 # awk, not sh, reads the dollars
code_files | examine '
  # A character of several bytes is one column; an address cannot be wrapped,
  # and the long strings of gnuplot hardly.
  function columns(line) {
    gsub(/[\200-\277]/, "", line)
    return line ~ /[a-z]:\/\// || FILENAME ~ /\.gp$/ ? 0 : length(line)
  }
  function complain(what) { print FILENAME ":" FNR ": " what }
  columns($0) > 80 { complain(columns($0) " columns, 80 are room enough") }
  /\t/ { complain("a tab") }
  /\r/ { complain("a carriage return") }
  / $/ { complain("blanks at the end") }' | verdict
