# Arranges throughput and fairness: for each lock what an operation and a
# hand-over take, and Jain's index.
#
# Where a run has three thread counts or more the form is `curves`, one for
# each lock over threads, in one panel or, where one thread count was measured
# at several distances, in one panel a distance. With fewer the form is
# `groups`: one for each thread count and distance, locks side by side.
#
# Beside run.awk and cells.awk it needs curves.awk.
#
# First line: ok FORM PANELS LOCKS LOWEST HIGHEST LEAST_JAIN MOST_THREADS
# NAME_CHARS STARS; LOWEST and HIGHEST in ns are of all medians.

function shape(    i) {
  gather()
  collect()
  form = n_threads < 3 ? "groups" : "curves"
  if (form == "groups")
    list_groups()
  else
    list_distances()
  note_sets()
  printf "ok %s %d %d %.6g %.6g %.6g %d %d %d\n", form, n_panels, n_locks,
    lowest, highest, least_jain, threads[n_threads], name_chars, n_starred
  print_locks()
  for (i = 1; i <= n_panels; i++) {
    printf "\n\n# panel %d\n%s\n", i, panel_title[i]
    if (form == "groups")
      print_group(i)
    else
      print_curves(i)
  }
  if (form == "curves")
    print_thread_counts()
  print_notes()
}

function threads_of_row() {
  return is("threads")
}

function level_of_row() {
  return is("level")
}

function collect(    key, part) {
  for (key in value) {
    split(key, part, SUBSEP)
    counts[part[4]] = part[4] + 0
    if (part[4] > 1)
      levels[part[5]] = level_rank(part[5])
    at[part[4], part[5]] = 1
    routines_of[part[1], part[2]] = part[3]
    take_lock(part[1], part[2])
    span(part[6], value[key] + 0)
  }
  sort_locks()
  n_threads = in_order(counts, threads)
  n_levels = in_order(levels, level_list)
}

function list_groups(    i, j) {
  for (i = 1; i <= n_threads; i++)
    for (j = 0; j <= n_levels; j++)
      add_group(threads[i], j ? level_list[j] : "same")
  n_panels = thin(group_list, n_groups, 6, "groups")
  for (i = 1; i <= n_panels; i++) {
    split(group_list[i], part_of_group, " ")
    group_threads[i] = part_of_group[1]
    group_level[i] = part_of_group[2]
    panel_title[i] = group_list[i]
  }
}

function add_group(count_here, level) {
  if ((count_here, level) in at)
    group_list[++n_groups] = count_here " " level
}

# One panel over all distances, unless a thread count has several.
function list_distances(    i, j, n, several) {
  for (i = 1; i <= n_threads; i++) {
    n = 0
    for (j = 1; j <= n_levels; j++)
      n += (threads[i], level_list[j]) in at
    several = several || n > 1
  }
  n_panels = several ? n_levels : 1
  for (i = 1; i <= n_panels; i++)
    panel_title[i] = several ? level_list[i] : "-"
}

# THREADS LEVEL of the panel's points, for the edges of the topology.
function print_thread_counts(    i, j) {
  printf "\n\n# threads\n"
  for (i = 1; i <= n_threads; i++)
    for (j = 0; j <= n_levels; j++)
      if ((threads[i], j ? level_list[j] : "same") in at) {
        print threads[i] "\t" (j ? level_list[j] : "same")
        break
      }
}

# A lock's key at some threads in a panel; one thread knows no distance.
function key_of(v, p, count_here, metric,    start, j, key) {
  start = locks[v] SUBSEP routines_of[locks[v]] SUBSEP count_here SUBSEP
  if (form == "groups")
    return start group_level[p] SUBSEP metric
  if (panel_title[p] != "-" && count_here > 1)
    return start panel_title[p] SUBSEP metric
  for (j = 0; j <= n_levels; j++) {
    key = start (j ? level_list[j] : "same") SUBSEP metric
    if (key in value)
      return key
  }
  return ""
}

function n_points(p) {
  return n_threads
}

function x_at(p, i) {
  return threads[i]
}

function key_at(v, p, i, metric) {
  return key_of(v, p, threads[i], metric)
}

# LOCK FAMILY NAME VALUE LOW HIGH STAR, in one block for each metric; and
# LOCK NAME OP HANDOVER, from the one to the other.
function print_group(p,    m, v, key, open, to) {
  for (m = 1; m <= n_metrics; m++) {
    open = 0
    for (v = 1; v <= n_locks; v++) {
      key = key_of(v, p, group_threads[p], metric_names[m])
      if (!(key in value))
        continue
      if (!open++)
        printf "\n\n# group %d %s\n", p, metric_names[m]
      print v "\t" family[v] "\t" name[v] "\t" triple(key) "\t" \
        (key in marks ? marks[key] : "")
    }
  }
  open = 0
  for (v = 1; v <= n_locks; v++) {
    key = key_of(v, p, group_threads[p], "op_ns")
    to = key_of(v, p, group_threads[p], "handover_ns")
    if (!(key in value) || !(to in value))
      continue
    if (!open++)
      printf "\n\n# links %d\n", p
    printf "%d\t%s\t%.6g\t%.6g\n", v, name[v], value[key], value[to]
  }
}
