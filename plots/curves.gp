# Draws throughput of three thread counts or more: for each lock a curve over
# threads with its interval as a band; a panel for time by operation, one for
# time by hand-over, one for fairness. Loaded by throughput.gp.

reading = 'Time of the whole team for one acquisition and for one that ' \
  .'changed owner, on one scale: a lock that stays with one thread looks ' \
  .'cheap in the first and is not in the second. Lower is better. Jain ' \
  .'index: 1 is an even share. Bands: 95 % intervals.'

axis_width = 70
panel_gap = 66
panel_width = n_panels == 1 ? 560 : n_panels == 2 ? 400 : 320
key_width = 54 + wide(name_chars, 11)
page_width = axis_width + n_panels * (panel_width + panel_gap) - 30 + key_width
title_height = 46
gap_height = 44
cost_height = 230
fair_height = 130
axis_height = 44
drawn_height = 2 * (cost_height + gap_height) + fair_height
key_height = 17 * n_locks + 3 * 24
if (key_height > drawn_height) {
  cost_height = cost_height + (key_height - drawn_height) / 2
  drawn_height = 2 * (cost_height + gap_height) + fair_height
}
body_height = title_height + drawn_height + axis_height
load plots.'page.gp'

left_of(p) = axis_width + (p - 1) * (panel_width + panel_gap)
array top[3]
top[1] = page_head + title_height
top[2] = top[1] + cost_height + gap_height
top[3] = top[2] + cost_height + gap_height
array height[3] = [cost_height, cost_height, fair_height]
array title[3] = ['ns/op: the window by all acquisitions', \
  'ns/hand-over: the window by those that changed owner', \
  'Jain index of the shares']
# Three panels side by side have no room for more.
if (n_panels > 2) { title[1] = 'ns/op'; title[2] = 'ns/hand-over' }
key_left = left_of(n_panels) + panel_width + 30
key_top = top[1]
load plots.'key.gp'
do for [p = 1:n_panels] {
  do for [m = 1:3] {
    set label title[m] at left_of(p), top[m] - 10 left font font_head tc rgb ink
  }
  if (field(p, 1) ne '-') {
    set label level_words(field(p, 1)) at left_of(p), top[1] - 27 left \
      font font_name tc rgb quiet
  }
}
plot NaN notitle
unset label
unset arrow

# Ticks at the thread counts measured; where the distance grows, an edge.
in_threads = 0
counts = ''
edges = ''
last_level = ''
do for [i = 1:|$ROWS|] {
  if (in_threads && $ROWS[i] eq '') { in_threads = 0 }
  if (in_threads) {
    counts = counts.' '.word($ROWS[i], 1)
    level = word($ROWS[i], 2)
    if (last_level ne '' && last_level ne level) {
      before = real(word(counts, words(counts) - 1))
      edges = edges.sprintf(' %.4f %s', \
        sqrt(before * real(word($ROWS[i], 1))), level)
    }
    last_level = level
  }
  if ($ROWS[i] eq '# threads') { in_threads = 1 }
}
short_words(level) = kind(level) eq 'package' ? 'other L3' \
  : kind(level) eq 'node' ? 'other node' : words_of(kind(level))
if (n_panels == 1 && edges ne '') { hi = 2 * hi }
few = words(counts) <= 9
set xtics () nomirror scale .5 font font_small tc rgb quiet
do for [n in counts] {
  is_power = abs(log(n) / log(2) - floor(log(n) / log(2) + .5)) < 1e-9
  if (few || is_power) { set xtics add (n n) }
}
first_count = real(word(counts, 1))
last_count = real(word(counts, words(counts)))
set xrange [first_count / 1.12:last_count * 1.12]
set logscale x 2
set border 3 lc rgb quiet
set grid xtics ytics lt 1 lw .8 lc rgb faint
set style fill transparent solid .14 noborder

has(block_name) = strstrt(answer, '# '.block_name."\n") > 0
curve(p, metric, v) = sprintf('curve %d %s %d', p, metric, v)
source(p, metric, v) = sprintf("$ROWS index '%s' ", curve(p, metric, v))
tint(v) = sprintf("lc rgb '%s'", colour(name[v]))
do for [p = 1:n_panels] {
  set lmargin at screen across(left_of(p))
  set rmargin at screen across(left_of(p) + panel_width)
  do for [m = 1:3] {
    metric = word('op_ns handover_ns jain', m)
    set tmargin at screen down(top[m])
    set bmargin at screen down(top[m] + height[m])
    unset logscale y
    if (m < 3) {
      set yrange [lo:hi]
      set logscale y
      eval(time_ticks)
    } else {
      set yrange [least_jain:1.04]
      set ytics () autofreq
      set ytics jain_step nomirror scale .5 font font_small tc rgb quiet
    }
    marks = ''
    do for [v = 1:n_locks] {
      if (has(curve(p, metric, v))) {
        marks = marks.', '.source(p, metric, v) \
          .'using 1:3:4 with filledcurves '.tint(v)
      }
    }
    do for [v = 1:n_locks] {
      if (has(curve(p, metric, v))) {
        marks = marks.', '.source(p, metric, v).'using 1:2 with linespoints ' \
          .tint(v).sprintf(' lw 1.5 dt %d pt %d ps .8', \
          dash(name[v], family[v]), point(name[v], family[v]))
      }
    }
    if (has(sprintf('stars %d %s', p, metric))) {
      marks = marks.sprintf(", $ROWS index 'stars %d %s' ", p, metric) \
        .'using 1:2:3 with labels offset .9, .4 font font_small tc rgb ink'
    }
    if (m == 3) {
      set xlabel 'threads' font font_small tc rgb quiet offset 0, .4
    } else {
      unset xlabel
    }
    if (n_panels == 1) {
      do for [e = 1:words(edges) / 2] {
        at = word(edges, 2 * e - 1) * 1.0
        set arrow e from at, graph 0 to at, graph 1 nohead back lw 1 \
          lc rgb quiet dt 18
        if (m == 1) {
          set label e short_words(word(edges, 2 * e)) \
            at at, graph .97 - .06 * (e % 3) left \
            offset .4, 0 font font_small tc rgb quiet
        }
      }
    }
    if (marks ne '') { eval('plot '.marks[3:*]) }
    unset label
    unset arrow
  }
}
unset multiplot
unset output
