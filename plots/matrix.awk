# Arranges what was measured between pairs of CPUs: for each home node the raw
# line transfer and the handoff of one lock, as a grid in the order of the
# hardware (cpus.csv, beside the table), and both by level.
#
# -v lock=NAME  which lock; empty: the first in the order of pictures
#
# First line: ok HOMES CPUS LOWEST HIGHEST LEVELS STARS. Blocks: `panel H`: HOME
# FAMILY LOCK; `transfer H`, `handoff H`: X Y VALUE WORDS over the whole grid;
# `dots transfer H`: LEVEL VALUE; `medians transfer H`: LEVEL VALUE NAME PAIRS;
# `borders`: PLACE WEIGHT (1 L3, 2 node, 3 package); `ticks`: PLACE CPU.

function row(    pair) {
  if (is("median") == "" || split(is("cpus"), pair, " ") != 2)
    return
  if (is_probe())
    keep("transfer", pair[1], pair[2])
  else if (link_class() == "")
    keep_lock(pair[1], pair[2])
}

# By time stamps, or where there are none by alternation.
function keep_lock(a, b,    key) {
  key = is("family") " " is("lock")
  if (!(key in lock_order))
    lock_order[key] = family_rank(is("family")) * 1e6 + lock_rank(is("lock"))
  if (is("metric") == "timestamp_ns" || !((key, is("home"), a, b) in by_stamps))
    keep(key, a, b)
  if (is("metric") == "timestamp_ns")
    by_stamps[key, is("home"), a, b] = 1
  if (is("basis") == "all")
    n_starred = 1
}

function keep(what, a, b) {
  cpus_seen[a] = a + 0
  cpus_seen[b] = b + 0
  homes_seen[is("home")] = is("home") ~ /^[0-9]+$/ ? 10 + is("home") : 1
  levels_seen[is("level")] = level_rank(is("level"))
  level_of[a, b] = is("level")
  value[what, is("home"), a, b] = is("median") + 0
}

# The first lock, or the one asked for.
function choose_lock(    key, part) {
  for (key in lock_order) {
    split(key, part, " ")
    if (lock != "" && part[2] != lock)
      continue
    if (chosen == "" || lock_order[key] < lock_order[chosen])
      chosen = key
  }
  for (key in lock_order)
    if (key != chosen)
      others_named = others_named ", " key
  if (others_named != "")
    note("lock=NAME shows another lock: " substr(others_named, 3))
  return chosen != ""
}

# Places of the CPUs that were measured, and borders between them.
function read_places(    file, line, part, head, i, at, weight, before) {
  file = ARGV[1]
  sub(/[^\/]*$/, "cpus.csv", file)
  while ((getline line < file) > 0) {
    n_parts = split(line, part, ",")
    if (!head++ || !(part[1] in cpus_seen))
      continue
    cpu_at[n_cpus] = part[1]
    place[part[1]] = n_cpus
    weight = part[5] != before[5] ? 3 : part[6] != before[6] ? 2 : \
      part[4] != before[4] ? 1 : 0
    if (n_cpus && weight)
      border[n_cpus] = weight
    for (i = 4; i <= 6; i++)
      before[i] = part[i]
    n_cpus++
  }
  close(file)
  for (at in cpus_seen)
    if (!(at in place))
      return order_by_number()
}

function order_by_number(    list, i) {
  split("", border)
  note("cpus.csv does not know all CPUs: they stand in the order of their " \
    "numbers, without borders")
  n_cpus = in_order(cpus_seen, list)
  for (i = 1; i <= n_cpus; i++) {
    cpu_at[i - 1] = list[i]
    place[list[i]] = i - 1
  }
}

function shape(    h) {
  n_cpus = 0
  read_places()
  n_homes = in_order(homes_seen, homes)
  n_levels = in_order(levels_seen, levels)
  if (!choose_lock()) {
    fail("nothing of lock '" lock "'")
    return
  }
  span()
  printf "ok %d %d %.6g %.6g %d %d\n", n_homes, n_cpus, lowest, highest, \
    n_levels, n_starred
  for (h = 1; h <= n_homes; h++) {
    printf "\n\n# panel %d\n%s %s\n", h, homes[h], chosen
    print_grid("transfer", "transfer", h)
    print_grid("handoff", chosen, h)
    print_levels("transfer", "transfer", h)
    print_levels("handoff", chosen, h)
  }
  print_frame()
  print_notes()
}

function span(    key, part) {
  for (key in value) {
    split(key, part, SUBSEP)
    if (part[1] != "transfer" && part[1] != chosen)
      continue
    if (lowest == "" || value[key] < lowest)
      lowest = value[key]
    if (value[key] > highest)
      highest = value[key]
  }
}

# A pair was measured one way or the other: both directions are in its value.
function value_at(what, h, a, b) {
  if ((what, homes[h], a, b) in value)
    return sprintf("%.6g", value[what, homes[h], a, b])
  if ((what, homes[h], b, a) in value)
    return sprintf("%.6g", value[what, homes[h], b, a])
  return "NaN"
}

function print_grid(name, what, h,    x, y) {
  printf "\n\n# %s %d\n", name, h
  for (y = 0; y < n_cpus; y++)
    for (x = 0; x < n_cpus; x++)
      print x "\t" y "\t" value_at(what, h, cpu_at[x], cpu_at[y]) "\t" \
        words_for(value_at(what, h, cpu_at[x], cpu_at[y]))
}

# What stands in a field: never empty, or columns would shift.
function words_for(v) {
  return v == "NaN" ? "." : sprintf(v + 0 < 9.95 ? "%.1f" : "%.0f", v)
}

function print_levels(name, what, h,    l, key, part, list, rank, n, medians) {
  printf "\n\n# dots %s %d\n", name, h
  for (l = 1; l <= n_levels; l++) {
    n = 0
    for (key in value) {
      split(key, part, SUBSEP)
      if (part[1] != what || part[2] != homes[h] || \
          level_of[part[3], part[4]] != levels[l])
        continue
      list[++n] = n
      rank[n] = value[key]
      print l "\t" value[key]
    }
    sort(list, n, rank)
    if (n)
      medians = medians sprintf("%d\t%.6g\t%s\t%d\n", l, n % 2 ? \
        rank[list[(n + 1) / 2]] : (rank[list[n / 2]] + \
        rank[list[n / 2 + 1]]) / 2, levels[l], n)
  }
  printf "\n\n# medians %s %d\n%s", name, h, medians
}

function print_frame(    i) {
  printf "\n\n# borders\n"
  for (i = 1; i < n_cpus; i++)
    if (i in border)
      print i "\t" border[i]
  printf "\n\n# ticks\n"
  for (i = 0; i < n_cpus; i++)
    print i "\t" cpu_at[i]
}
