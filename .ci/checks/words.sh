#!/bin/sh
# Words that must not stay: notes to oneself, places of one machine, links to
# pages that are not in the tree, errands of a tracker that is not either.
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

# `nt-api.md 6.2` in a comment helps nobody when there is no nt-api.md.
dead_names() {
  pages=$(files '*.md' | sed 's|.*/||')
  code_files | grep -v '^\.ci/checks/' | while read -r path; do
    grep -noiE '[[:alnum:]_-]+\.md([^[:alnum:]_]|$)|issue #?[0-9]+' "$path" |
      while IFS=: read -r line name; do
        name=${name%%.md*}.md
        echo "$pages" | grep -qxF -- "$name" ||
          echo "$path:$line: refers to ${name%.md}, which is not in the tree"
      done
  done
}

{
  left_words
  dead_links
  dead_names
} | verdict
