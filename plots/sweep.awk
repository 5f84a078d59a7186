# Arranges sweeps: what an operation and a hand-over take, and Jain's index,
# over think time, critical section or payload.
#
# A column is one of these axes for one team (a thread count and distance of two
# threads and more) that has it in at least three sizes; of the other two axes
# it shows the least that the team has. Places on the axis are evenly spaced
# while sizes double, and 0 has its own: log2(1 + size / least size above 0).
# Beside run.awk and cells.awk it needs curves.awk.
#
# -v predictions=FILE  prediction.csv of the run, which may be missing
#
# First line: ok COLUMNS LOCKS LOWEST HIGHEST LEAST_JAIN NAME_CHARS STARS
# PREDICTED; or `none ...` where there is no sweep. A column's line: AXIS
# THREADS LEVEL THINK CS LINES PLACE:SIZE ...; blocks as of curves.awk, and
# `predicted COLUMN LOCK`.

BEGIN {
  n_axes = split("think cs lines", axis_names, " ")
}

function threads_of_row() {
  return is("threads")
}

# The load is part of it.
function level_of_row() {
  return is("level") " " size_of("think") " " is("cs_ns") + 0 " " \
    size_of("lines")
}

# "think:500 lines:4": a size that is not named is 0.
function size_of(axis,    n, i, load, item) {
  n = split(is("variant"), load, " ")
  for (i = 1; i <= n; i++) {
    split(load[i], item, ":")
    if (item[1] == axis)
      return item[2] + 0
  }
  return 0
}

function shape(    p) {
  gather()
  read_predictions()
  collect()
  list_columns()
  if (!n_columns) {
    print "none no think time, critical section or payload was measured in " \
      "three sizes"
    return
  }
  for (p = 1; p <= n_columns; p++)
    fill_column(p)
  sort_locks()
  note_sets()
  printf "ok %d %d %.6g %.6g %.6g %d %d %d\n", n_columns, n_locks, lowest,
    highest, least_jain, name_chars, shows_star, (n_predicted > 0)
  print_locks()
  for (p = 1; p <= n_columns; p++) {
    printf "\n\n# panel %d\n%s\n", p, head_of(p)
    print_curves(p)
    print_predictions(p)
  }
  print_notes()
}

# What is known of each team, and the least that it has of each axis.
function collect(    key, part, load, team, i) {
  for (key in value) {
    split(key, part, SUBSEP)
    split(part[5], load, " ")
    if (part[4] < 2)
      continue
    team = part[4] "/" load[1]
    teams[team] = part[4] * 1e3 + level_rank(load[1])
    for (i = 1; i <= n_axes; i++)
      if (!((team, i) in least) || load[i + 1] + 0 < least[team, i])
        least[team, i] = load[i + 1] + 0
  }
  n_teams = in_order(teams, team_list)
}

function list_columns(    i, j) {
  for (i = 1; i <= n_axes; i++)
    for (j = 1; j <= n_teams; j++)
      if (sizes_of(i, team_list[j], sorted_sizes) > 2)
        columns[++n_columns] = axis_names[i] "/" team_list[j]
  n_columns = thin(columns, n_columns, 3, "columns")
}

# The sizes of an axis that a team has where the others are at their least.
# @return how many of list[1..n] there are, smallest first
function sizes_of(axis, team, list,    key, part, load, i, aside, set) {
  for (key in value) {
    split(key, part, SUBSEP)
    split(part[5], load, " ")
    aside = part[4] "/" load[1] != team
    for (i = 1; i <= n_axes && !aside; i++)
      aside = i != axis && load[i + 1] + 0 != least[team, i]
    if (!aside)
      set[load[axis + 1]] = load[axis + 1] + 0
  }
  split("", list)
  return in_order(set, list)
}

function fill_column(p,    part, i, list, unit, key) {
  split(columns[p], part, "/")
  threads[p] = part[2]
  level[p] = part[3]
  for (i = 1; axis_names[i] != part[1]; i++)
    ;
  axis[p] = i
  points[p] = sizes_of(i, part[2] "/" part[3], list)
  unit = list[1] + 0 ? list[1] : list[2]
  for (i = 1; i <= points[p]; i++) {
    size[p, i] = list[i]
    place[p, i] = sprintf("%.4f", log(1 + list[i] / unit) / log(2))
  }
  for (key in value)
    if (place_of(key, p)) {
      split(key, part, SUBSEP)
      take_lock(part[1], part[2])
      routines_of[part[1], part[2]] = part[3]
      span(part[6], value[key] + 0)
      shows_star = shows_star || index(marks[key], "*")
    }
}

# @return which of a column's places a figure has, or 0
function place_of(key, p,    part, i) {
  split(key, part, SUBSEP)
  if (part[4] != threads[p])
    return 0
  for (i = points[p]; i && part[5] != level_at(p, i); i--)
    ;
  return i
}

# As level_of_row() had it.
function level_at(p, i) {
  return level[p] " " load_at(p, 1, i) " " load_at(p, 2, i) " " load_at(p, 3, i)
}

function load_at(p, j, i) {
  return j == axis[p] ? size[p, i] : least[threads[p] "/" level[p], j]
}

function head_of(p,    i, text) {
  text = axis_names[axis[p]] " " threads[p] " " level[p]
  for (i = 1; i <= n_axes; i++)
    text = text " " (i == axis[p] ? "-" : load_at(p, i, 1))
  for (i = 1; i <= points[p]; i++)
    text = text " " place[p, i] ":" size[p, i]
  return text
}

function n_points(p) {
  return points[p]
}

function x_at(p, i) {
  return place[p, i]
}

function key_at(v, p, i, metric) {
  return locks[v] SUBSEP routines_of[locks[v]] SUBSEP threads[p] SUBSEP \
    level_at(p, i) SUBSEP metric
}

# The mean over the sets of CPUs at one distance.
function read_predictions(    i, key) {
  if ((getline <predictions) <= 0)
    return
  split("", column)
  for (i = 1; i <= NF; i++)
    column[$i] = i
  while ((getline <predictions) > 0)
    if (is("workload") == workload && is("predicted") != "" && \
        link_class() == "" && is_chosen()) {
      key = key_of_row()
      predicted[key] += (is("predicted") - predicted[key]) / ++n_of[key]
      n_predicted++
    }
}

function print_predictions(p,    v, i, key, open) {
  for (v = 1; v <= n_locks; v++) {
    open = 0
    for (i = 1; i <= points[p]; i++) {
      key = key_at(v, p, i, "op_ns")
      if (!(key in predicted))
        continue
      if (!open++)
        printf "\n\n# predicted %d %d\n", p, v
      print place[p, i] "\t" predicted[key]
    }
  }
}
