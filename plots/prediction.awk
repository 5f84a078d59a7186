# Arranges predictions beside measurements: a panel for each lock, in which
# time by operation runs over threads or, where few thread counts were measured
# with many think times, over the time between operations.
#
# A panel has one series, or one for each distance where a thread count was
# measured at several. First line: ok PANELS X LOWEST HIGHEST FIRST_X LAST_X
# STARS, X being `threads` or `think`. A panel's line: FAMILY NAME ERROR SERIES;
# a series' points: X MEASURED LOW HIGH PREDICTED NO_WAITING ALL_WAITING STAR.

function row(    lock, think) {
  if (is("median") == "" || link_class() != "")
    return
  think = is("variant") == "" ? 0 : substr(is("variant"), 7)
  lock = is("family") SUBSEP is("lock") SUBSEP is("routines")
  if (!(lock in lock_order)) {
    lock_order[lock] = family_rank(is("family")) * 1e6 + lock_rank(is("lock"))
    locks[++n_locks] = lock
  }
  error_of[lock] = is("mean_error")
  add_point(lock, is("threads") + 0, think + 0, is("level"))
}

function add_point(lock, n, think, level,    p) {
  p = ++n_points
  lock_of[p] = lock
  threads_of[p] = n
  think_of[p] = think
  level_of[p] = level
  low = is("ci_low") == "" ? is("median") : is("ci_low")
  high = is("ci_high") == "" ? is("median") : is("ci_high")
  text_of[p] = sprintf("%.6g\t%.6g\t%.6g\t%.6g\t%.6g\t%.6g\t%s", \
    is("median"), low, high, is("predicted"), is("no_waiting"), \
    is("all_waiting"), is("basis") == "all" ? "*" : "-")
  if (is("basis") == "all")
    n_starred = 1
  thread_counts[n] = n
  thinks[think] = think
  if (n > 1)
    levels_at[n, level] = 1
  smallest[p] = least(is("median") + 0, is("predicted") + 0)
  largest[p] = most(is("median") + 0, is("predicted") + 0)
}

function least(a, b) {
  return a < b ? a : b
}

function most(a, b) {
  return a > b ? a : b
}

function shape(    i, part) {
  n_counts = in_order(thread_counts, counts)
  n_thinks = in_order(thinks, think_list)
  over = n_counts < 3 && n_thinks > 2 ? "think" : "threads"
  for (i in levels_at) {
    split(i, part, SUBSEP)
    several = several || ++n_levels_at[part[1]] > 1
  }
  choose_points()
  sort(locks, n_locks, lock_order)
  printf "ok %d %s %.6g %.6g %.6g %.6g %d\n", n_locks, over, lowest, highest, \
    first_x, last_x, n_starred
  for (i = 1; i <= n_locks; i++)
    print_panel(i)
  print_notes()
}

# Over think times all but one thread; over threads the first think time.
function choose_points(    p) {
  for (p = 1; p <= n_points; p++) {
    if (over == "threads" && think_of[p] != think_list[1])
      continue
    if (over == "think" && threads_of[p] != counts[n_counts])
      continue
    x_of[p] = over == "think" ? think_of[p] : threads_of[p]
    series_of[p] = several && threads_of[p] > 1 ? level_of[p] : "-"
    if (lowest == "" || smallest[p] < lowest)
      lowest = smallest[p]
    highest = most(highest, largest[p])
    if (first_x == "" || x_of[p] < first_x)
      first_x = x_of[p]
    last_x = most(last_x, x_of[p])
  }
  if (over == "threads" && n_thinks > 1)
    note("think time " think_list[1] " ns is shown; there are more in " \
      "prediction.csv")
  if (over == "think")
    note(counts[n_counts] " threads are shown")
}

function print_panel(v,    part, p, s, n, names, set, list, rank) {
  split(locks[v], part, SUBSEP)
  for (p in x_of)
    if (lock_of[p] == locks[v])
      set[series_of[p]] = series_of[p] == "-" ? 0 : level_rank(series_of[p])
  n = in_order(set, names)
  printf "\n\n# panel %d\n%s %s %s %d\n", v, part[1], part[2], \
    error_of[locks[v]] == "" ? "-" : error_of[locks[v]], n
  for (s = 1; s <= n; s++)
    print_series(v, s, names[s])
}

function print_series(v, s, name,    p, n, list, rank, i) {
  for (p in x_of)
    if (lock_of[p] == locks[v] && series_of[p] == name) {
      list[++n] = p
      rank[p] = x_of[p]
    }
  sort(list, n, rank)
  printf "\n\n# series %d %d %s\n", v, s, name
  for (i = 1; i <= n; i++)
    print x_of[list[i]] "\t" text_of[list[i]]
}
