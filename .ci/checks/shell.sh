#!/bin/sh
# Every shell script parses, and may be run: bash where it says so, else sh.
. "$(dirname "$0")/tree.sh"

sh_files | while read -r path; do
  shell='sh'
  case $(head -n 1 "$path") in
  *bash) shell=bash ;;
  '#!'*) ;;
  *) continue ;; # sourced
  esac
  [ -x "$path" ] || echo "$path:1: is not executable"
  "$shell" -n "$path" 2>&1
done | verdict
