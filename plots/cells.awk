# What several sets of CPUs at one distance say together.
#
# A picture has one mark for (family, lock, routines, threads, level, metric).
# Where a run measured several sets of CPUs there, the mark is the middle set
# and its interval reaches from the lowest bound to the highest of all.

function row(    key) {
  if (is("median") == "")
    return
  if (is_probe()) {
    probes[is("level"), is("home")] += is("median")
    n_probes[is("level"), is("home")]++
    return
  }
  if (is("probe_ns") != "") {
    beside[is("level")] += is("probe_ns")
    n_beside[is("level")]++
  }
  key = is("family") SUBSEP is("lock") SUBSEP is("routines") SUBSEP \
    threads_of_row() SUBSEP level_of_row() SUBSEP is("metric")
  members[key]++
  medians[key, members[key]] = is("median") + 0
  if (is("basis") == "all")
    starred[key] = n_starred = 1
  if (is("ci_low") == "" || is("ci_high") == "")
    return
  if (!(key in low) || is("ci_low") + 0 < low[key])
    low[key] = is("ci_low") + 0
  if (!(key in high) || is("ci_high") + 0 > high[key])
    high[key] = is("ci_high") + 0
}

# Fills value[key], beside low, high, starred and members.
function gather(    key, j, list, rank) {
  for (key in members) {
    for (j = 1; j <= members[key]; j++) {
      list[j] = j
      rank[j] = medians[key, j]
    }
    sort(list, members[key], rank)
    value[key] = rank[list[int((members[key] + 1) / 2)]]
    if (members[key] > most_sets)
      most_sets = members[key]
  }
}

# The physical limit at a level: the probe's own rows, and where there are
# none what stands beside the locks.
function probe_at(level,    there) {
  there = level SUBSEP wanted["home"]
  if (n_probes[there])
    return probes[there] / n_probes[there]
  return n_beside[level] ? beside[level] / n_beside[level] : "NaN"
}

function note_sets() {
  if (most_sets > 1)
    note("up to " most_sets " sets of CPUs stand behind one mark: it is the " \
      "middle one, its interval spans those of all")
}
