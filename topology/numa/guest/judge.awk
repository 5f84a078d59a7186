# Holds what a witness saw of a run (see witness.c) against what the run says
# of itself: every thread on its CPU from first to last, its stack and block
# on that CPU's node, the lock's line at home, the sets of CPUs as recorded.
#
#   awk -v home=HOME -f judge.awk NODES trials.jsonl WITNESS
#
# NODES has lines `cpu CPU NODE` and `memory NODE`. Prints one line a fault;
# exits with 1 when there is one, or when there is nothing to judge.

function fault(what) {
  print "group " groups ", CPUs " cpus ": " what
  faults++
}

# @param place  the rest of the line: where pages lie
function lies_on(what, node, place) {
  if (place !~ "^N" node "=[0-9]+$")
    fault(what " should lie on node " node ", lies at " place)
}

# Page by page over all nodes with memory: none may have two more than others.
function lies_evenly(place, count, pages, i, share, least, most) {
  count = split(place, pages, " ")
  for (i = 1; i <= count; i++) {
    share = substr(pages[i], index(pages[i], "=") + 1) + 0
    least = i == 1 || share < least ? share : least
    most = share > most ? share : most
  }
  if (most - least > 1 || (most > 1 && count != memories))
    fault("the line should lie evenly on " memories " nodes, lies at " place)
}

# 2^cpu in hexadecimal, which busybox cannot compute.
function only(cpu) {
  return substr("1248", cpu % 4 + 1, 1) substr("0000000000000000", 1, cpu / 4)
}

function is_pinned(what, cpu, mask) {
  if (mask != only(cpu))
    fault(what " on CPU " cpu " may run on CPUs " mask " (hexadecimal)")
}

# Of two CPUs the second one's node, or one that is neither's.
function lies_by_role(role, first, second, place,    node) {
  if (role == "remote") {
    lies_on("the line (" role ")", node_of[second], place)
    return
  }
  node = place
  sub(/^N/, "", node)
  sub(/=.*/, "", node)
  if (place !~ /^N[0-9]+=[0-9]+$/ || node == node_of[first] || \
      node == node_of[second])
    fault("the line (" role ") lies at " place)
}

function field(line, name) {
  sub(".*\"" name "\": ?\"?", "", line)
  sub(/[",}].*/, "", line)
  return line
}

FILENAME != file { file = FILENAME; files++ }

files == 1 && $1 == "cpu" { node_of[$2] = $3 }
files == 1 && $1 == "memory" { memories++ }

files == 2 {
  planned[++trials] = field($0, "cpus")
  alone[trials] = field($0, "workload") == "uncontended"
  if (field($0, "home") != home)
    fault("recorded home " field($0, "home") ", not " home)
}

files < 3 { next }

$1 == "enter" {
  cpus = cpus == "" ? $2 : cpus " " $2
  entered++
  is_pinned("a thread", $2, $4)
  if ($6 != node_of[$2])
    fault("a stack should be on node " node_of[$2] ", is on " $6)
}

$1 == "leave" {
  left++
  is_pinned("a thread at its end", $2, $4)
}

$1 == "moved" && $4 == only($2) { visits[$2] = 1 }

# One page of a thread's block is nowhere: the guard of its stack.
$1 == "member" {
  blocks++
  place = $0
  sub(/.*pages /, "", place)
  sub(/ none=1$/, "", place)
  lies_on("the block of CPU " $2, node_of[$2], place)
}

# The line goes last: with it a trial is over. A block that no thread came with
# is none of a trial: a run first looks whether every node can be had.
$1 == "ground" && (entered || left || blocks) {
  groups++
  place = $0
  sub(/.*pages /, "", place)
  seen[groups] = cpus
  line[groups] = place
  split(cpus, in_order, " ")
  visited[groups] = (in_order[1] in visits)
  if (!entered || entered != left || entered != blocks)
    fault(entered " threads began, " left " ended, " blocks " blocks")
  cpus = ""
  entered = left = blocks = 0
  split("", visits)
}

# Before its first trial a run measures some transfers, at home `first`.
END {
  probes = groups - trials
  for (groups = 1; groups <= probes + trials; groups++) {
    cpus = seen[groups]
    split(cpus, in_order, " ")
    if (groups > probes && cpus != planned[groups - probes])
      fault("recorded CPUs " planned[groups - probes])
    if (groups > probes && alone[groups - probes] && !visited[groups])
      fault("the main thread was never on CPU " in_order[1])
    if (groups <= probes || home == "first")
      lies_on("the line", node_of[in_order[1]], line[groups])
    else if (home == "interleave")
      lies_evenly(line[groups])
    else if (home == "remote" || home == "third")
      lies_by_role(home, in_order[1], in_order[2], line[groups])
    else
      lies_on("the line", home, line[groups])
  }
  if (!trials || probes < 0)
    fault(trials + 0 " trials recorded, " probes + trials " seen")
  exit faults > 0
}
