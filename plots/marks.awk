# Prints the marks of one panel of rows.awk: bars, dots, intervals and numbers,
# none of them beyond the axis.

# panel LEVEL METRIC LIMIT PROBE DOTS WHISKERS TEXT_CHARS FAMILIES...
function print_panel(p,    part, r, key, has, limit, family, probe, dotted,
    bounded) {
  split(panels[p], part, SUBSEP)
  limit = axis_limit(part[1], part[2])
  probe = part[2] == limited ? probe_at(part[1]) : "NaN"
  for (r = 1; r <= n_rows; r++) {
    key = row_key[r] SUBSEP part[1] SUBSEP part[2]
    if (key in value)
      has[family_of(r)] = 1
    bounded = bounded || key in low || (row_key[r], part[1], dots) in low
    dotted = dotted || (row_key[r], part[1], dots) in value
  }
  printf "\n\n# panel %d\n%s\t%s\t%.6g\t%s\t%d\t%d\t%d\t%s\n", p,
    part[1] == "" ? "-" : part[1], part[2], limit, probe, dotted, bounded,
    text_chars, (1 in has ? " executive" : "") (2 in has ? " queued" : "") \
    (3 in has ? " peer" : "")
  for (family = 1; family <= 3; family++)
    if (family in has)
      print_bars(p, part[1], part[2], limit, family)
  if (dotted)
    print_dots(p, part[1], limit)
  if (bounded)
    print_whiskers(p, part[1], part[2], limit)
  print_texts(p, part[1], part[2], limit)
}

function family_of(r,    part) {
  split(locks[row_lock[r]], part, SUBSEP)
  return family_rank(part[1])
}

function lock_of(r,    part) {
  split(locks[row_lock[r]], part, SUBSEP)
  return part[2]
}

# An axis that shows most rows well: a bar more than ten times as long as three
# quarters of them ends at its edge, unless one in six is so; an interval ends
# at half as much again as the longest bar left.
function axis_limit(level, metric,    r, n, key, dot, list, rank, most, cut) {
  text_chars = 1
  for (r = 1; r <= n_rows; r++) {
    key = row_key[r] SUBSEP level SUBSEP metric
    dot = row_key[r] SUBSEP level SUBSEP dots
    if (!(key in value) && !(dot in value))
      continue
    list[++n] = r
    rank[r] = farther(value, key, dot)
    text_chars = longer(text_chars, text_of(key in value ? key : dot) \
      method_sign(key, dot))
  }
  sort(list, n, rank)
  most = 10 * rank[list[int((3 * n + 3) / 4)]]
  for (cut = 0; rank[list[n - cut]] > most; cut++)
    ;
  if (6 * cut < n)
    n -= cut
  most = rank[list[n]]
  for (r = 1; r <= n; r++)
    rank[list[r]] = farther(high, row_key[list[r]] SUBSEP level SUBSEP metric,
      row_key[list[r]] SUBSEP level SUBSEP dots)
  sort(list, n, rank)
  return rank[list[n]] < most ? most : at_most(1.5 * most, rank[list[n]])
}

# The farther of what a bar and a dot have, 0 when neither has any.
function farther(of, bar, dot,    b, d) {
  b = bar in of ? of[bar] : 0
  d = dot in of ? of[dot] : 0
  return b > d ? b : d
}

function text_of(key,    v) {
  v = value[key]
  return sprintf(v < 9.95 ? "%.1f" : "%.0f", v) \
    (key in marks ? " " marks[key] : "")
}

function at_most(limit, v) {
  return v <= limit ? v : limit
}

function print_bars(p, level, metric, limit, family,    r, key) {
  printf "\n\n# bars %d %s\n", p,
    family == 1 ? "executive" : family == 2 ? "queued" : "peer"
  for (r = 1; r <= n_rows; r++) {
    key = row_key[r] SUBSEP level SUBSEP metric
    if (family_of(r) == family && key in value)
      printf "%.2f\t%s\t%.6g\n", row_y[r], lock_of(r),
        at_most(limit, value[key])
  }
}

function print_dots(p, level, limit,    r, key) {
  printf "\n\n# dots %d\n", p
  for (r = 1; r <= n_rows; r++) {
    key = row_key[r] SUBSEP level SUBSEP dots
    if (key in value)
      printf "%.2f\t%.6g\n", row_y[r] + aside, at_most(limit, value[key])
  }
}

function print_whiskers(p, level, metric, limit,    r) {
  printf "\n\n# whiskers %d\n", p
  for (r = 1; r <= n_rows; r++) {
    print_whisker(row_y[r] - (dots != "") * aside,
      row_key[r] SUBSEP level SUBSEP metric, limit)
    if (dots != "")
      print_whisker(row_y[r] + aside, row_key[r] SUBSEP level SUBSEP dots,
        limit)
  }
}

function print_whisker(y, key, limit) {
  if (key in low)
    printf "%.2f\t%.6g\t%.6g\t%.6g\n", y, at_most(limit, value[key]),
      at_most(limit, low[key]), at_most(limit, high[key])
}

# The bar's value (the dot's where there is no bar) behind everything else.
function print_texts(p, level, metric, limit,    r, key, dot, bar, end, tip) {
  printf "\n\n# texts %d\n", p
  for (r = 1; r <= n_rows; r++) {
    bar = row_key[r] SUBSEP level SUBSEP metric
    dot = row_key[r] SUBSEP level SUBSEP dots
    if (!(bar in value) && !(dot in value))
      continue
    key = bar in value ? bar : dot
    end = farther(value, bar, dot)
    tip = farther(high, bar, dot)
    printf "%.6g\t%.2f\t%s%s\n", at_most(limit, end > tip ? end : tip),
      row_y[r], cut_sign(end, tip, limit), text_of(key) method_sign(bar, dot)
  }
}

# Bar and dot are two ways to measure one thing: do they disagree? As in the
# tables; -v step=NS is the clock's.
function method_sign(bar, dot,    most, apart) {
  if (step == "" || !(bar in value) || !(dot in value))
    return ""
  most = value[bar] > value[dot] ? value[bar] : value[dot]
  apart = value[bar] > value[dot] ? value[bar] - value[dot] \
    : value[dot] - value[bar]
  if (apart <= .1 * most || apart <= 1.5 * step)
    return ""
  if (!disagreeing++)
    note("!method : the two ways differ by more than 10 % and 1.5 steps of " \
      "the clock; believe neither")
  return " !method"
}

function cut_sign(end, tip, limit) {
  if (end > limit && !cut_bars++)
    note("> : the bar is longer than the axis, which is made for the others; " \
      "the number counts")
  else if (end <= limit && tip > limit && !cut_tips++)
    note("» : the interval goes on beyond the axis")
  return end > limit ? "> " : tip > limit ? "» " : ""
}
