# Arranges cells as rows of bars: one row for (lock, routines, threads), one
# panel for (metric, level).
#
# -v metrics="A B"   bars, in the order of the panels
# -v dots=NAME       a metric drawn as dots beside the bars of the first one
# -v flat=NAME       a metric that knows no distance: one panel for all levels
# -v limited=NAME    the metric that a line transfer is drawn beside
# -v scaled=NAME     a metric shown times -v scale=NUMBER
# -v lead=level      panels of one level stand side by side (else: of a metric)
# -v counting="waiters 1"  what threads are called here and how many do not
#                    count; empty: rows do not tell thread counts apart
#
# First line: ok HEIGHT PANELS COLUMNS NAME_CHARS DETAIL_CHARS COUNT STARS
# PROBE. A picture's height is in rows; COUNT is the only thread count, or 0.

BEGIN {
  if (dots != "")
    metric_rank[dots] = 0
  aside = .2 # of a row: what dots and their intervals leave the middle by
}

function shape(    i) {
  split(counting, counted, " ")
  gather()
  collect()
  list_panels()
  keep_rows()
  place_rows()
  note_sets()
  printf "ok %.2f %d %d %d %d %d %d %d\n", height, n_panels, columns(),
    name_chars, detail_chars, n_threads == 1 ? threads[1] - counted[2] : 0,
    n_starred, has_probe
  print_labels()
  for (i = 1; i <= n_panels; i++)
    print_panel(i)
  print_notes()
}

function threads_of_row() {
  return counting == "" ? 0 : is("threads")
}

function level_of_row() {
  return is("metric") == flat ? "" : is("level")
}

# What there is to see along each dimension.
function collect(    key, part, lock) {
  for (key in value) {
    split(key, part, SUBSEP)
    lock = part[1] SUBSEP part[2]
    if (!(lock in lock_order)) {
      lock_order[lock] = family_rank(part[1]) * 1e6 + lock_rank(part[2])
      locks[++n_locks] = lock
    }
    add_once(pairs, part[3], routines_rank(part[3]))
    add_once(counts, part[4], part[4] + 0)
    used[lock, part[3], part[4]] = 1
    if (part[6] != dots || dots == "")
      add_panel(part[5], part[6])
    else
      add_panel(part[5], metric_names[1])
  }
  sort(locks, n_locks, lock_order)
  n_pairs = in_order(pairs, pair_list)
  n_threads = in_order(counts, threads)
}

# Not more than make a picture that is read at a glance: at most three thread
# counts, then two, then one pair of routines.
function keep_rows(    lines, room) {
  lines = int((n_panels + columns() - 1) / columns())
  room = 160 / (lines * n_locks)
  n_threads = thin(threads, n_threads, n_pairs * 3 > room ? 2 : 3,
    "thread counts")
  if (n_pairs > 1 && n_threads > 1 && 2 * n_threads > room \
      && pair_list[2] == "raise") {
    note("routines " pair_list[1] " are shown, to keep the picture small; " \
      "also measured: raise")
    delete pairs["raise"]
    pair_list[2] = pair_list[n_pairs--]
  }
}

function add_once(set, name, rank) {
  set[name] = rank
}

function add_panel(level, metric) {
  panel_set[level SUBSEP metric] = lead == "level" \
    ? level_rank(level) * 100 + metric_rank[metric] \
    : metric_rank[metric] * 1e6 + level_rank(level)
}

# From the top: a family's head, its locks, of each its rows.
function place_rows(    i, j, k, y, part, family) {
  for (i = 1; i <= n_locks; i++) {
    split(locks[i], part, SUBSEP)
    if (part[1] != family) {
      y += family == "" ? .9 : 1.5
      family = part[1]
      heads[++n_heads] = sprintf("%.2f\t%s", y - .55, family)
    }
    first_row[i] = y + .5
    for (j = 1; j <= n_pairs; j++)
      for (k = 1; k <= n_threads; k++)
        if ((locks[i], pair_list[j], threads[k]) in used)
          add_row(i, part, pair_list[j], threads[k], y++)
    if (y + .5 - first_row[i] > 1.1)
      y += .45
  }
  height = y + .2
}

function add_row(i, part, routines, threads_here, y) {
  n_rows++
  row_lock[n_rows] = i
  row_key[n_rows] = locks[i] SUBSEP routines SUBSEP threads_here
  row_y[n_rows] = y + .5
  row_detail[n_rows] = detail(part[1], routines, threads_here)
  name_chars = longer(name_chars, part[2])
  detail_chars = longer(detail_chars, row_detail[n_rows])
}

function longer(chars, text) {
  return length(text) > chars ? length(text) : chars
}

# What tells a lock's rows apart: only what differs.
function detail(family, routines, threads_here,    text) {
  if (family != "peer" && (("raise" in pairs) && ("dpc" in pairs)))
    text = routines
  if (n_threads > 1)
    text = text (text == "" ? "" : ", ") (threads_here - counted[2]) \
      " " counted[1]
  if (threads_here - counted[2] == 1)
    sub(/s$/, "", text)
  return text
}

function list_panels(    i, part) {
  n_panels = in_order(panel_set, panels)
  for (i = 1; i <= n_panels; i++) {
    split(panels[i], part, SUBSEP)
    metrics_shown[part[2]] = 1
    has_probe = has_probe || (part[2] == limited && probe_at(part[1]) != "NaN")
  }
  for (i in metrics_shown)
    n_shown++
}

# Panels in one line of them: what belongs together, or up to four.
function columns() {
  return lead == "level" && n_shown > 1 ? n_shown \
    : n_panels < 4 ? n_panels : n_panels == 5 || n_panels == 6 ? 3 : 4
}

function print_labels(    i, part) {
  printf "\n\n# heads\n"
  for (i = 1; i <= n_heads; i++)
    print heads[i]
  printf "\n\n# names\n"
  for (i = 1; i <= n_locks; i++) {
    split(locks[i], part, SUBSEP)
    printf "%.2f\t%s\n", first_row[i], part[2]
  }
  printf "\n\n# details\n"
  for (i = 1; i <= n_rows; i++)
    if (row_detail[i] != "")
      printf "%.2f\t%s\n", row_y[i], row_detail[i]
}
