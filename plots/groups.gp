# Draws throughput of one or two thread counts: a panel for each, locks side by
# side, on one logarithmic scale the time for an operation and for a hand-over;
# fairness beneath. Loaded by throughput.gp.

reading = 'Time of the whole team for one acquisition (small dot) and for ' \
  .'one that changed owner (symbol), and between them how rarely the lock ' \
  .'moves: a lock that stays with one thread looks cheap and is not. Lower ' \
  .'is better. Beneath, Jain index: 1 is an even share.'

lock_width = 27
axis_width = 70
panel_gap = 66
panel_width = lock_width * (n_locks + 1)
page_width = axis_width + n_panels * (panel_width + panel_gap) - panel_gap + 20
if (page_width < 720) {
  panel_width = (720 - axis_width - 20 + panel_gap) / n_panels - panel_gap
  page_width = 720
}
cost_height = 290
fair_height = 110
title_height = 40
gap_height = 30
names_height = 14 + .82 * wide(name_chars, 11)
key_height = 26
body_height = key_height + title_height + cost_height + gap_height \
  + fair_height + names_height
load plots.'page.gp'

left_of(p) = axis_width + (p - 1) * (panel_width + panel_gap)
cost_top = page_head + key_height + title_height
fair_top = cost_top + cost_height + gap_height

key_y = page_head + 8
set label '' at 30, key_y point pt 7 ps .5 lc rgb ink
set label 'ns/op' at 42, key_y left font font_key tc rgb ink
do for [k = 1:3] {
  set label '' at 100 + 14 * k, key_y point \
    pt (k == 1 ? 6 : k == 2 ? 7 : 2) ps .9 lc rgb '#666666'
}
set label 'ns/hand-over, open: executive, filled: queued, crosses: peers' \
  at 156, key_y left font font_key tc rgb ink
set arrow from 566, key_y - 7 to 566, key_y + 7 nohead lw 1.2 lc rgb ink
set label '95 % interval' at 576, key_y left font font_key tc rgb ink
has(block_name) = strstrt(answer, '# '.block_name."\n") > 0
is_fair(p) = has(sprintf('group %d jain', p))
x_of(p, v) = left_of(p) + panel_width * v / (n_locks + 1.0)
do for [p = 1:n_panels] {
  foot = is_fair(p) ? fair_top + fair_height : cost_top + cost_height
  set label (field(p, 1) eq '1' ? '1 thread' : field(p, 1).' threads, ' \
    .level_words(field(p, 2))) at left_of(p), cost_top - 25 left \
    font font_head tc rgb ink
  if (is_fair(p)) {
    set label 'Jain index of the shares' at left_of(p), fair_top - 9 left \
      font font_small tc rgb quiet
  }
  do for [v = 1:n_locks] {
    set label name[v] at x_of(p, v) + 4, foot + 10 right rotate by 52 \
      font font_small tc rgb ink
    if (v == 1 || family[v] ne family[v > 1 ? v - 1 : 1]) {
      set label family[v] at x_of(p, v) - 8, cost_top - 6 left \
        font bold(10.5) tc rgb quiet
    }
  }
}
plot NaN notitle
unset label
unset arrow

set border 3 lc rgb quiet
set xrange [0:n_locks + 1]
set xtics 1, 1, n_locks nomirror scale 0 format ''
set grid xtics ytics lt 1 lw .8 lc rgb faint
block(p, metric) = sprintf("$ROWS index 'group %d %s' using ", p, metric)
tone(k) = sprintf('(red_green_blue(strcol(%d)))', k)
# Not error bars: those leave a gap about their middle.
bounds(x) = '('.x.'):5:(0):($6-$5):'.tone(3) \
  .' with vectors heads size screen .002, 90 lw 1.2 lc rgb variable'
symbols(x) = '('.x.'):4:(point(strcol(3), strcol(2))):'.tone(3) \
  .' with points pt variable ps (is_svg ? .85 : 1) lw 1.4 lc rgb variable'
stars = '($1+.46):4:7 with labels font font_small tc rgb ink'
do for [p = 1:n_panels] {
  set lmargin at screen across(left_of(p))
  set rmargin at screen across(left_of(p) + panel_width)
  set tmargin at screen down(cost_top)
  set bmargin at screen down(cost_top + cost_height)
  set yrange [lo:hi]
  set logscale y
  eval(time_ticks)
  moves = has(sprintf('links %d', p))
  marks = block(p, 'op_ns').bounds(moves ? '$1-.16' : '$1')
  if (moves) {
    marks = marks.sprintf(", $ROWS index 'links %d' ", p) \
      .'using ($1-.16):3:(.32):($4-$3):'.tone(2) \
      .' with vectors nohead lw 1.2 dt 15 lc rgb variable' \
      .', '.block(p, 'handover_ns').bounds('$1+.16') \
      .', '.block(p, 'handover_ns').symbols('$1+.16')
  }
  marks = marks.', '.block(p, 'op_ns').(moves ? '($1-.16)' : '1') \
    .':4 with points pt 7 ps .5 lc rgb ink' \
    .', '.block(p, moves ? 'handover_ns' : 'op_ns').stars
  eval('plot '.marks)
  unset logscale y
  if (is_fair(p)) {
    set tmargin at screen down(fair_top)
    set bmargin at screen down(fair_top + fair_height)
    set yrange [least_jain:1.04]
    set ytics jain_step nomirror scale .5 font font_small tc rgb quiet
    eval('plot '.block(p, 'jain').bounds('$1').', ' \
      .block(p, 'jain').symbols('$1'))
  }
}
unset multiplot
unset output
