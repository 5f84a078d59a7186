# Prints the curves of costs.gp: for each lock its figures over one thing or
# another.
#
# Whoever uses it says by take_lock() and span() what there is, and answers
#   n_points(p)              how many places there are on the axis of column p
#   x_at(p, i)               the i-th of them
#   key_at(v, p, i, metric)  the key of lock v's figure there, as in cells.awk

function take_lock(family_name, lock_name) {
  if (!((family_name, lock_name) in lock_order)) {
    lock_order[family_name, lock_name] = family_rank(family_name) * 1e6 \
      + lock_rank(lock_name)
    locks[++n_locks] = family_name SUBSEP lock_name
  }
  if (length(lock_name) > name_chars)
    name_chars = length(lock_name)
}

function sort_locks(    v, part) {
  sort(locks, n_locks, lock_order)
  for (v = 1; v <= n_locks; v++) {
    split(locks[v], part, SUBSEP)
    family[v] = part[1]
    name[v] = part[2]
  }
}

function span(metric, v) {
  if (metric == "jain") {
    if (least_jain == "" || v < least_jain)
      least_jain = v
    return
  }
  if (v > 0 && (lowest == "" || v < lowest))
    lowest = v
  if (v > highest)
    highest = v
}

function print_locks(    v) {
  printf "\n\n# locks\n"
  for (v = 1; v <= n_locks; v++)
    printf "%d\t%s\t%s\n", v, family[v], name[v]
}

# value, low, high: without an interval both bounds are the value.
function triple(key) {
  return sprintf("%.6g\t%.6g\t%.6g", value[key], key in low ? low[key] : \
    value[key], key in high ? high[key] : value[key])
}

function print_curves(p,    m, v) {
  for (m = 1; m <= n_metrics; m++)
    for (v = 1; v <= n_locks; v++)
      print_curve(p, metric_names[m], v)
  for (m = 1; m <= n_metrics; m++)
    print_stars(p, metric_names[m])
}

function print_curve(p, metric, v,    i, key, open) {
  for (i = 1; i <= n_points(p); i++) {
    key = key_at(v, p, i, metric)
    if (!(key in value))
      continue
    if (!open++)
      printf "\n\n# curve %d %s %d\n", p, metric, v
    print x_at(p, i) "\t" triple(key)
    if (key in marks)
      star[p, metric, ++n_stars[p, metric]] = x_at(p, i) "\t" value[key] \
        "\t" marks[key]
  }
}

function print_stars(p, metric,    n) {
  if (n_stars[p, metric])
    printf "\n\n# stars %d %s\n", p, metric
  for (n = 1; n <= n_stars[p, metric]; n++)
    print star[p, metric, n]
}
