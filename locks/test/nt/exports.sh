#!/bin/sh
# Every routine of the reference page is a function that a library exports,
# and the library exports no routine that the page does not have.
# usage: exports.sh PAGE LIBRARY...
set -eu
page=$1
shift
command -v nm >/dev/null || { echo "no nm here"; exit 77; }
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
sed -n 's/^\.Ss //p' "$page" | sort >"$place/page"
[ -s "$place/page" ] || { echo "$page has no routine"; exit 1; }
for library; do
  nm -D --defined-only "$library" | awk '$2 == "T" { print $3 }' |
    grep -v -e '^kspin_' -e '^check_' | sort >"$place/library"
  diff "$place/page" "$place/library"
done
