# Reads a run's CSV by the names of its columns, and judges it.
#
# Every plot runs `awk -f run.awk -f SHAPE.awk ... FILE`: this file reads and
# chooses, and calls row() of SHAPE.awk for each row that is wanted, its fields
# being is("NAME"); at the end shape() arranges them for one kind of picture.
# The answer is a text for a gnuplot datablock. Its first line is `ok ...`, or
# `error FILE:LINE: what is wrong` and nothing else.
#
# -v needs="A B ..."   columns that the file must have
# -v numbers="A B ..." those of them that hold a number or nothing
# -v workload=NAME     the rows wanted, and
# -v metrics="A B"     of which metrics (none: the file has no such column)
# -v home= cs= pair= load=  home node, critical section, pair of routines,
#                      variant wanted; empty: the first that the file has, with
#                      a note
# -v by_variant=1      all variants are wanted: their metrics are METRIC_VARIANT
# -v every_load=1      all variants are wanted, and all critical sections unless
#                      cs is given
# -v every_variant=1   all variants are wanted, as they are
# -v every_home=1      all home nodes are wanted
# -v one_pair=1        peers aside, only one pair of routines is wanted
# -v order="A B ..."   locks in the order of the pictures; others follow

BEGIN {
  FS = "," # names hold no comma: results_text_is_plain()
  n_needs = split(needs, need, " ")
  n_metrics = split(metrics, metric_names, " ")
  for (i = 1; i <= n_metrics; i++)
    metric_rank[metric_names[i]] = i
  n_order = split(order, names, " ")
  for (i = 1; i <= n_order; i++)
    lock_place[names[i]] = i
}

FNR == 1 {
  width = NF
  for (i = 1; i <= NF; i++)
    column[$i] = i
  for (i = 1; i <= n_needs; i++)
    if (!(need[i] in column))
      fail("there is no column '" need[i] "'")
  next
}

NF != width {
  fail(NF " fields where the first line has " width)
}

{
  check_numbers()
}

$column["workload"] == workload {
  if (!is_probe() && !is_chosen())
    next
  if (is_probe() || !n_metrics || metric_of_row() in metric_rank) {
    count += !is_probe()
    has_figure[is("family") " " is("lock")] = 1
    row()
  } else
    mentioned[is("family") " " is("lock")] = 1
}

END {
  at_end = 1
  if (failed)
    exit
  if (!width)
    fail("is empty")
  else if (!count)
    explain()
  else {
    note_others("home", "home")
    note_others("cs_ns", "critical section (ns)")
    note_others("routines", "routines")
    note_others("variant", "load")
    for (i in mentioned)
      if (!(i in has_figure))
        without = without (without == "" ? " " : ", ") i
    if (without != "")
      note("took part, but this could not be measured of them:" without)
    if (minor_links != "")
      note("some trials met another line transfer between the same CPUs and " \
        "are not shown:" minor_links)
    shape()
  }
}

function is(name) {
  return $column[name]
}

function metric_of_row() {
  return is("metric") (by_variant ? "_" is("variant") : "")
}

function is_probe() {
  return is("family") == "probe"
}

# A run tells trials apart by the line transfer met between the same CPUs: a
# guest moves about its host. Pictures show what most trials met ("" here);
# where something was measured under another transfer only, that class.
function link_class() {
  if (!("link_main" in column) || is("link_main") != "0")
    return ""
  if (!(is("link") in minor))
    minor_links = minor_links " " is("link")
  minor[is("link")] = 1
  return is("link")
}

# Says what is wrong, and where; END then prints nothing.
function fail(what) {
  if (!failed)
    printf "error %s%s: %s\n", FILENAME == "" ? ARGV[1] : FILENAME,
      at_end ? "" : ":" FNR, what
  failed = 1
  exit
}

function explain(    name) {
  for (name in others)
    fail("nothing of '" workload "' has " name " " wanted[name] \
      "; there is:" others[name])
  fail("has no row of workload '" workload "'")
}

function check_numbers(    i, n, name) {
  n = split(numbers, name, " ")
  for (i = 1; i <= n; i++)
    if (is(name[i]) != "" && is(name[i]) !~ \
        /^-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/)
      fail(name[i] " '" is(name[i]) "' is no number")
}

# A row of the home node, the critical section and, where there is to be but
# one, the routines that the picture shows.
function is_chosen() {
  return (every_home || agrees("home", home)) && \
    ((every_load && cs == "") || agrees("cs_ns", cs)) && \
    (by_variant || every_variant || every_load || !("variant" in column) || \
    agrees("variant", load)) && \
    (!one_pair || is("routines") == "native" || agrees("routines", pair))
}

function agrees(name, asked) {
  if (!(name in wanted))
    wanted[name] = asked == "" ? is(name) : asked
  if (is(name) == wanted[name])
    return 1
  if (!((name, is(name)) in seen)) {
    seen[name, is(name)] = 1
    others[name] = others[name] (others[name] == "" ? " " : ", ") \
      (is(name) == "" ? "plain" : is(name))
  }
  return 0
}

function note_others(name, said) {
  if (name in others)
    note(said " " (wanted[name] == "" ? "plain" : wanted[name]) \
      " is shown; also measured:" others[name])
}

# A remark for the foot of the picture; no quotes in it, within which gnuplot
# would not see the end of a line.
function note(text) {
  notes[++n_notes] = text
}

function print_notes(    i) {
  printf "\n\n# notes\n"
  printf "the line of the lock lies on %s", every_home ? \
    "the node that stands beside" : home_words(wanted["home"])
  if (wanted["cs_ns"] + 0)
    printf "; critical section %s ns", wanted["cs_ns"]
  print ""
  for (i = 1; i <= n_notes; i++)
    print notes[i]
}

function home_words(name) {
  return name == "first" ? "the node of the first thread" : \
    name == "interleave" ? "all nodes in turn" : \
    name == "remote" ? "the node of the thread farthest from the first" : \
    name == "third" ? "a node of none of the threads" : "node " name
}

# Ranks: what comes first in a picture.

function family_rank(name) {
  return name == "executive" ? 1 : name == "queued" ? 2 : \
    name == "reader" ? 3 : 4
}

function routines_rank(name) {
  return name == "dpc" ? 1 : name == "raise" ? 2 : 3
}

# Nearest first: "same", "smt", ..., "node:16", "cross:21".
function level_rank(name,    part) {
  split(name, part, ":")
  return index(" same smt l2 l3 package node cross ", " " part[1] " ") \
    + part[2] / 1000
}

function lock_rank(name) {
  if (!(name in lock_place))
    lock_place[name] = ++n_order
  return lock_place[name]
}

# Sorts list[1..n] by rank[list[i]], leaving equals as they are.
function sort(list, n, rank,    i, j, one) {
  for (i = 2; i <= n; i++) {
    one = list[i]
    for (j = i; j > 1 && rank[list[j - 1]] > rank[one]; j--)
      list[j] = list[j - 1]
    list[j] = one
  }
}

# Sorts the keys of a set by what they are worth.
function in_order(set, list,    name, n) {
  for (name in set)
    list[++n] = name
  sort(list, n, set)
  return n
}

# Few enough for a picture: the first, the last and some between.
# @return how many of list[1..n] are left
function thin(list, n, most, what,    i, kept, all) {
  if (n <= most)
    return n
  for (i = 1; i <= n; i++)
    all = all " " list[i]
  for (i = 1; i <= most; i++)
    kept[i] = list[1 + int((i - 1) * (n - 1) / (most - 1) + .5)]
  for (i = 1; i <= most; i++)
    list[i] = kept[i]
  note(what " shown are some of those measured:" all)
  return most
}
