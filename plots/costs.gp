# Draws costs of locks as curves over one thing or another: a column a topic, in
# it a panel for each of three metrics. Intervals are bands; what was predicted
# is dotted. Loaded by curves.gp, sweep.gp and readers.gp.
#
# Before: the answer taken apart with its locks, reading, lo, hi, name_chars,
# least_jain and jain_step where that is a metric, and
#   rows             the metrics, from the top
#   column_title(p)  what stands above a column, or ''
#   x_axis(p)        commands that set its range and ticks
#   x_words(p)       the name of its axis
#   edges            'X LEVEL ...': where, in a single column, a distance begins

axis_width = 70
panel_gap = 66
panel_width = n_panels == 1 ? 560 : n_panels == 2 ? 400 : 320
key_width = 54 + wide(name_chars, 11)
page_width = axis_width + n_panels * (panel_width + panel_gap) - 30 + key_width
title_height = 46
gap_height = 44
cost_height = 230
last_height = word(rows, 3) eq 'jain' ? 130 : cost_height
axis_height = 44
drawn_height = 2 * (cost_height + gap_height) + last_height
key_height = 17 * n_locks + 3 * 24
if (key_height > drawn_height) {
  cost_height = cost_height + (key_height - drawn_height) / 2
  drawn_height = 2 * (cost_height + gap_height) + last_height
}
body_height = title_height + drawn_height + axis_height
load plots.'page.gp'

left_of(p) = axis_width + (p - 1) * (panel_width + panel_gap)
array top[3]
top[1] = page_head + title_height
top[2] = top[1] + cost_height + gap_height
top[3] = top[2] + cost_height + gap_height
title_op_ns = 'ns/op: the window by all acquisitions'
title_handover_ns = 'ns/hand-over: the window by those that changed owner'
title_jain = 'Jain index of the shares'
title_read_p99_ns = "a reader's acquire, 99th percentile"
title_write_p99_ns = "a writer's acquire, 99th percentile"
# Three panels side by side have no room for more.
if (n_panels > 2) {
  title_op_ns = 'ns/op'
  title_handover_ns = 'ns/hand-over'
}
key_left = left_of(n_panels) + panel_width + 30
key_top = top[1]
load plots.'key.gp'
do for [p = 1:n_panels] {
  do for [m = 1:3] {
    set label value('title_'.word(rows, m)) at left_of(p), top[m] - 10 left \
      font font_head tc rgb ink
  }
  set label column_title(p) at left_of(p), top[1] - 27 left \
    font font_name tc rgb quiet
}
plot NaN notitle
unset label
unset arrow

short_words(level) = kind(level) eq 'package' ? 'other L3' \
  : kind(level) eq 'node' ? 'other node' : words_of(kind(level))
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
  eval(x_axis(p))
  do for [m = 1:3] {
    metric = word(rows, m)
    set tmargin at screen down(top[m])
    set bmargin at screen down(top[m] + (m < 3 ? cost_height : last_height))
    unset logscale y
    if (metric ne 'jain') {
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
    do for [v = 1:n_locks] {
      if (m == 1 && has(sprintf('predicted %d %d', p, v))) {
        marks = marks.sprintf(", $ROWS index 'predicted %d %d' ", p, v) \
          .'using 1:2 with lines lw 2 dt (1, 4) '.tint(v)
      }
    }
    if (has(sprintf('stars %d %s', p, metric))) {
      marks = marks.sprintf(", $ROWS index 'stars %d %s' ", p, metric) \
        .'using 1:2:3 with labels offset .9, .4 font font_small tc rgb ink'
    }
    if (m == 3) {
      set xlabel x_words(p) font font_small tc rgb quiet offset 0, .4
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
