# What several sets of CPUs at one distance say together.
#
# A picture has one mark for (family, lock, routines, threads, level, metric).
# Where a run measured several sets of CPUs there, the mark is the middle set
# and its interval reaches from the lowest bound to the highest of all.

function row(    key, class, slot) {
  if (is("median") == "")
    return
  class = link_class()
  if (class == "")
    row_of_limit()
  if (is_probe())
    return
  key = key_of_row()
  if (!(key in class_of) || class == "")
    class_of[key] = class
  slot = key SUBSEP class
  medians[slot, ++sets[slot]] = figure("median")
  if (is("basis") == "all")
    all_trials[slot] = 1
  if (is("ci_low") == "" || is("ci_high") == "")
    return
  if (!(slot in lowest_of) || figure("ci_low") < lowest_of[slot])
    lowest_of[slot] = figure("ci_low")
  if (!(slot in highest_of) || figure("ci_high") > highest_of[slot])
    highest_of[slot] = figure("ci_high")
}

function key_of_row() {
  return is("family") SUBSEP is("lock") SUBSEP is("routines") SUBSEP \
    threads_of_row() SUBSEP level_of_row() SUBSEP metric_of_row()
}

# A share is shown as so many of a hundred, say.
function figure(column_name) {
  return is(column_name) * (metric_of_row() == scaled ? scale : 1)
}

function row_of_limit() {
  if (is_probe()) {
    probes[is("level"), is("home")] += is("median")
    n_probes[is("level"), is("home")]++
  } else if (is("probe_ns") != "") {
    beside[is("level")] += is("probe_ns")
    n_beside[is("level")]++
  }
}

# Fills value[key], low[key] and high[key] where there are bounds, marks[key]
# where there is something to know: * for all trials, + for another transfer.
function gather(    key, slot, j, list, rank) {
  for (key in class_of) {
    slot = key SUBSEP class_of[key]
    for (j = 1; j <= sets[slot]; j++) {
      list[j] = j
      rank[j] = medians[slot, j]
    }
    sort(list, sets[slot], rank)
    value[key] = rank[list[int((sets[slot] + 1) / 2)]]
    if (slot in lowest_of) {
      low[key] = lowest_of[slot]
      high[key] = highest_of[slot]
    }
    if (slot in all_trials)
      n_starred = 1
    if (class_of[key] != "")
      crossed = crossed ? crossed : class_of[key]
    if (slot in all_trials || class_of[key] != "")
      marks[key] = (slot in all_trials ? "*" : "") \
        (class_of[key] != "" ? "+" : "")
    if (sets[slot] > most_sets)
      most_sets = sets[slot]
  }
  if (crossed)
    note("+ : measured only under another line transfer (" crossed "): not " \
      "to be compared")
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
