# Arranges readers and writers: what an operation takes and how long the two
# kinds wait, over the share of reads. Beside run.awk and cells.awk it needs
# curves.awk.
#
# A column is a team of two threads and more (a thread count and distance).
# Places on the axis are evenly spaced: what happens, happens near 100 %.
#
# First line: ok COLUMNS LOCKS LOWEST HIGHEST NAME_CHARS STARS, or `none ...`
# where nobody was to share with. A column's line: THREADS LEVEL SHARE ...;
# blocks as of curves.awk.

function threads_of_row() {
  return is("threads")
}

# The share is part of it: "reads:90".
function level_of_row() {
  return is("level") " " substr(is("variant"), index(is("variant"), ":") + 1)
}

function shape(    p) {
  gather()
  collect()
  if (!n_columns) {
    print "none readers was measured with one thread only"
    return
  }
  sort_locks()
  note_sets()
  printf "ok %d %d %.6g %.6g %d %d\n", n_columns, n_locks, lowest, highest,
    name_chars, shows_star
  print_locks()
  for (p = 1; p <= n_columns; p++) {
    printf "\n\n# panel %d\n%s\n", p, head_of(p)
    print_curves(p)
  }
  print_notes()
}

function collect(    key, part, place) {
  for (key in value) {
    split(key, part, SUBSEP)
    split(part[5], place, " ")
    if (part[4] < 2)
      continue
    columns_set[part[4] " " place[1]] = part[4] * 1e3 + level_rank(place[1])
    shares_set[place[2]] = place[2] + 0
    take_lock(part[1], part[2])
    routines_of[part[1], part[2]] = part[3]
    span(part[6], value[key] + 0)
    shows_star = shows_star || index(marks[key], "*")
  }
  n_shares = in_order(shares_set, shares)
  n_columns = thin(columns, in_order(columns_set, columns), 3, "teams")
}

function head_of(p,    i, text) {
  text = columns[p]
  for (i = 1; i <= n_shares; i++)
    text = text " " shares[i]
  return text
}

function n_points(p) {
  return n_shares
}

function x_at(p, i) {
  return i
}

function key_at(v, p, i, metric,    team) {
  split(columns[p], team, " ")
  return locks[v] SUBSEP routines_of[locks[v]] SUBSEP team[1] SUBSEP team[2] \
    " " shares[i] SUBSEP metric
}
