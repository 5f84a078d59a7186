# Arranges acquire latencies as percentile spectra: for each lock, of so many
# acquisitions which latency only one was over.
#
# A panel is a thread count and a distance, four at most. A spectrum ends where
# fewer than ten acquisitions remain: what is beyond is chance. Where a run
# measured several sets of CPUs alike their acquisitions are counted together.
#
# First line: ok - PANELS LOCKS LOWEST HIGHEST WIDEST NAME_CHARS; LOWEST and
# HIGHEST in ns, WIDEST the largest 1 / (1 - p) shown.

function shape(    i, v) {
  choose_panels()
  if (!any_spectrum()) {
    remain = .5
    note("no lock has 20 sampled acquisitions: the curves go to the last")
  }
  list_locks()
  for (i = 1; i <= n_panels; i++)
    for (v = 1; v <= n_locks; v++)
      accumulate(i, v)
  printf "ok - %d %d %.6g %.6g %.6g %d 0\n", n_panels, n_locks, lowest,
    highest, widest, name_chars
  printf "\n\n# locks\n"
  for (v = 1; v <= n_locks; v++)
    printf "%d\t%s\t%s\n", v, family[v], name[v]
  for (i = 1; i <= n_panels; i++) {
    printf "\n\n# panel %d\n%s\n", i, panels[i]
    for (v = 1; v <= n_locks; v++)
      printf "%s%s%s", curve[i, v], marks[i, v], bounds[i, v]
  }
  print_notes()
}

BEGIN {
  remain = 10
}

function row(    lock, panel, class) {
  lock = is("family") SUBSEP is("lock")
  panel = is("threads") " " is("level")
  if (!(lock in lock_order)) {
    lock_order[lock] = family_rank(is("family")) * 1e6 + lock_rank(is("lock"))
    locks[++n_locks] = lock
    if (length(is("lock")) > name_chars)
      name_chars = length(is("lock"))
  }
  if (!(panel in panel_set))
    panel_set[panel] = is("threads") * 1000 + level_rank(is("level"))
  class = link_class()
  if (!((panel, lock) in class_of) || class == "")
    class_of[panel, lock] = class
  add(panel SUBSEP lock SUBSEP class, is("value_ns") + 0, is("count") + 0)
}

function spectrum_of(panel, lock) {
  return panel SUBSEP lock SUBSEP class_of[panel, lock]
}

# Rows of one set of CPUs come in order; another set starts from below again.
function add(spectrum, ns, times) {
  values[spectrum, ++n_values[spectrum]] = ns
  times_at[spectrum, n_values[spectrum]] = times
  total[spectrum] += times
}

function any_spectrum(    key) {
  for (key in total)
    if (total[key] >= 2 * remain)
      return 1
  return 0
}

# The locks that have a spectrum in some panel.
function list_locks(    i, j, part, kept, most, few) {
  sort(locks, n_locks, lock_order)
  for (i = 1; i <= n_locks; i++) {
    most = 0
    for (j = 1; j <= n_panels; j++)
      if (total[spectrum_of(panels[j], locks[i])] > most)
        most = total[spectrum_of(panels[j], locks[i])]
    split(locks[i], part, SUBSEP)
    if (most >= 2 * remain)
      locks[++kept] = locks[i]
    else if (most)
      few = few (few == "" ? " " : ", ") part[1] " " part[2]
  }
  n_locks = kept
  if (few != "")
    note("fewer than " 2 * remain " sampled acquisitions, not shown:" few)
  for (i = 1; i <= n_locks; i++) {
    split(locks[i], part, SUBSEP)
    family[i] = part[1]
    name[i] = part[2]
  }
}

# One thread waits for nobody: shown only where there is nothing else. Of the
# distances of a thread count the farthest.
function choose_panels(    i, n, all, list, here, next_one) {
  all = in_order(panel_set, list)
  for (i = 1; i <= all; i++) {
    split(list[i], here, " ")
    split(i < all ? list[i + 1] : "", next_one, " ")
    if (here[1] == 1 && all > 1)
      continue
    if (here[1] == next_one[1])
      nearer = 1
    else
      panels[++n] = list[i]
  }
  if (nearer)
    note("of several distances the farthest is shown")
  n_panels = thin(panels, n, 4, "teams")
}

# Steps from 1 / (1 - p) = 1 on; points where people look: 50, 90, 99 %...
function accumulate(p, v,    i, n, key, list, rank, below, all, x, look) {
  key = spectrum_of(panels[p], locks[v])
  if (total[key] && class_of[panels[p], locks[v]] != "")
    note(family[v] " " name[v] " was measured only under another line " \
      "transfer (" class_of[panels[p], locks[v]] "): not to be compared")
  all = total[key]
  n = n_values[key]
  for (i = 1; i <= n; i++) {
    list[i] = i
    rank[i] = values[key, i]
  }
  sort(list, n, rank)
  for (i = 1; i <= n; i++)
    sorted[i] = list[i]
  if (n && all >= 2 * remain)
    curve[p, v] = sprintf("\n\n# curve %d %d\n1\t%.6g\n", p, v, rank[list[1]])
  look = 2
  x = 1
  for (i = 1; i <= n && all - below >= remain && curve[p, v] != ""; i++) {
    below += times_at[key, list[i]]
    if (all - below < remain && all / remain < 1.05 * x)
      break
    x = all - below >= remain ? all / (all - below) : all / remain
    curve[p, v] = curve[p, v] sprintf("%.6g\t%.6g\n", x, rank[list[i]])
    for (; look <= x; look = look == 2 ? 10 : look * 10)
      marks[p, v] = marks[p, v] sprintf("%.6g\t%.6g\n", look, rank[list[i]]) \
        bound(p, v, look, rank[list[i]], key, all)
    reach_out(rank[list[i]], x)
  }
  if (marks[p, v] != "")
    marks[p, v] = sprintf("\n\n# marks %d %d\n", p, v) marks[p, v]
  if (bounds[p, v] != "")
    bounds[p, v] = sprintf("\n\n# bounds %d %d\n", p, v) bounds[p, v]
}

# Where 1 / (1 - p) is x: between which ranks the quantile of what was sampled
# from lies with 95 % confidence, as in quantiles.csv.
# @return ""
function bound(p, v, x, ns, key, all,    q, half, least, most) {
  q = 1 - 1 / x
  half = 1.959964 * sqrt(all * q * (1 - q))
  least = at_rank(key, all * q - half)
  most = at_rank(key, all * q + half + 1)
  if (least != "" && most != "") {
    bounds[p, v] = bounds[p, v] sprintf("%.6g\t%.6g\t%.6g\t%.6g\n", x, ns,
      least, most)
    reach_out(most + 0, x)
  }
  return ""
}

# The value at a rank; "" where the sample is too small for it.
function at_rank(key, wanted_rank,    i, below) {
  if (wanted_rank < 1 || wanted_rank > total[key])
    return ""
  for (i = 1; i <= n_values[key]; i++) {
    below += times_at[key, sorted[i]]
    if (below >= wanted_rank)
      return values[key, sorted[i]]
  }
}

function reach_out(ns, x) {
  if (ns > 0 && (!lowest || ns < lowest))
    lowest = ns
  if (ns > highest)
    highest = ns
  if (x > widest)
    widest = x
}
