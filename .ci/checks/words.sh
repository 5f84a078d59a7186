#!/bin/sh
# Words that must not stay: notes to oneself, places of one machine, dead
# links between our own pages.
. "$(dirname "$0")/tree.sh"

# Written so that this file does not hold them itself.
notes='TO''DO|FIX''ME|X''XX'
places='wo''rk|tmp/bri''ef|ro''ot'
left="(^|[^[:alnum:]_])($notes)([^[:alnum:]_]|\$)"
left="$left|(^|[^[:alnum:]_.])/($places)([^[:alnum:]_-]|\$)"

left_words() {
  files '*' | while read -r path; do
    grep -nIE "$left" "$path" |
      sed "s|^\([0-9]*\):|$path:\1: must not stay: |"
  done
}

dead_links() {
  files '*.md' | while read -r page; do
    grep -noE '\]\([^)#[:space:]]+' "$page" | sed 's|:\](|:|' |
      while IFS=: read -r line target; do
        case $target in http:* | https:* | mailto:*) continue ;; esac
        [ -e "$(dirname "$page")/$target" ] ||
          echo "$page:$line: links to $target, which is not there"
      done
  done
}

{
  left_words
  dead_links
} | verdict
