# Draws rows of horizontal bars in panels; release, handoff and uncontended
# are made of it. What a row and a panel are is said in rows.awk.
#
# Before: plots/style.gp, heading, reading, question (options for rows.awk),
# title_METRIC for each metric, unit_METRIC where it is not ns, dot_word and
# limit_word for the key, count_words(n) for the only number of threads.

answer = system(ask(with_part('cells.awk').with_part('rows.awk') \
  .with_part('marks.awk'), \
  cell_options.question, 'summary.csv'))
panel_word = 3
star_word = 8
load plots.'answer.gp'
columns = int(number(4))
lines = (n_panels + columns - 1) / columns
only_count = int(number(7))
has_probe = number(9)
if (only_count) { reading = reading.count_words(only_count) }

row_height = 15
names_left = 20
panels_left = names_left + wide(number(5), 12) + 12 \
  + (number(6) > 0 ? wide(number(6), 11) + 10 : 0)
panel_width = columns == 1 ? 560 : columns == 2 ? 400 : columns == 3 ? 320 : 270
panel_gap = 34
page_width = panels_left + columns * (panel_width + panel_gap) - panel_gap + 20
if (page_width < 720) {
  panel_width = panel_width + 720 - page_width
  page_width = 720
}
rows_height = row_height * number(2)
title_height = 42
axis_height = 44
line_height = title_height + rows_height + axis_height
key_items = 4 + (dot_word ne '') + has_probe
key_chars = strlen('executive queued peer 95 % interval'.dot_word) \
  + has_probe * strlen(limit_word)
key_wide(chars) = 6.7 * chars
key_height = key_wide(key_chars) + 50 * key_items + 20 > page_width ? 46 : 24
body_height = key_height + lines * line_height
load plots.'page.gp'

left_of(c) = panels_left + c * (panel_width + panel_gap)
top_of(l) = page_head + key_height + l * line_height + title_height

# The key: what fill, whisker, dot and line mean.
key_y = page_head + 8
key_x = 20
swatch(family) = sprintf('set object rect from %g,%g to %g,%g ' \
  .'fc rgb "#666666" fs %s lc rgb "#666666"', key_x, key_y - 6, \
  key_x + 26, key_y + 5, \
  substr(value('fill_'.family), 4, 99))
said(text) = sprintf("set label '%s' at %g,%g left font '%s' tc rgb ink; " \
  .'key_x = %g', text, key_x + 32, key_y, font_key, \
  key_x + 32 + key_wide(strlen(text)) + 18)
do for [family in 'executive queued peer'] {
  eval(swatch(family))
  eval(said(family))
}
set arrow from key_x, key_y to key_x + 26, key_y nohead lw 1.2 lc rgb ink
set arrow from key_x, key_y - 4 to key_x, key_y + 4 nohead lw 1.2 lc rgb ink
set arrow from key_x + 26, key_y - 4 to key_x + 26, key_y + 4 nohead lw 1.2 \
  lc rgb ink
eval(said('95 % interval'))
if (key_height > 30) { key_x = 20; key_y = key_y + 22 }
if (dot_word ne '') {
  set label '' at key_x + 13, key_y point pt 13 ps .9 lc rgb ink
  eval(said(dot_word))
}
if (has_probe) {
  set arrow from key_x + 13, key_y - 7 to key_x + 13, key_y + 7 nohead \
    @limit_line
  eval(said(limit_word))
}

# Names at the left of each line of panels, titles over each panel.
do for [p = 1:n_panels] {
  level = field(p, 1)
  metric = field(p, 2)
  x = left_of((p - 1) % columns)
  y = top_of((p - 1) / columns)
  set label value('title_'.metric) at x, y - 29 left font font_head tc rgb ink
  set label (level eq '-' ? '' : level_words(level)) \
    .(field(p, 4) eq 'NaN' ? '' : sprintf(' (line transfer %.1f ns)', \
    real(field(p, 4)))) at x, y - 13 left font font_small tc rgb quiet
}
plot \
  for [l = 0:lines-1] $ROWS index 'heads' \
    using (names_left):(top_of(l) + row_height * $1):2 with labels left \
    font bold(11) tc rgb quiet, \
  for [l = 0:lines-1] $ROWS index 'names' \
    using (names_left):(top_of(l) + row_height * $1):2 with labels left \
    font font_name tc rgb ink, \
  for [l = 0:(number(6) > 0 ? lines-1 : -1)] $ROWS index 'details' \
    using (panels_left - 10):(top_of(l) + row_height * $1):2 with labels right \
    font font_small tc rgb quiet
unset label
unset object
unset arrow

# The panels themselves.
set border 1 lc rgb quiet
set yrange [number(2):0]
set grid xtics lt 1 lw .8 lc rgb faint
set style data boxxyerror
shown = 'using (.5*$3):1:(0):3:($1-.38):($1+.38):(red_green_blue(strcol(2)))'
do for [p = 1:n_panels] {
  x = left_of((p - 1) % columns)
  y = top_of((p - 1) / columns)
  limit = real(field(p, 3))
  probe = field(p, 4)
  families = ''
  do for [k = 8:words(panel[p])] { families = families.' '.field(p, k) }
  room = wide(field(p, 7) + 2, 11) + 8
  set lmargin at screen across(x)
  set rmargin at screen across(x + panel_width)
  set tmargin at screen down(y)
  set bmargin at screen down(y + rows_height)
  if (limit <= 0) { limit = 1 } # nothing but zeros, or less: stamps of `none`
  edge = limit * panel_width / (panel_width - room)
  set xrange [0:edge]
  set xtics nomirror scale .5 font font_small tc rgb quiet autofreq
  unit = exists('unit_'.field(p, 2)) ? value('unit_'.field(p, 2)) : 'ns'
  set xlabel unit font font_small tc rgb quiet offset 0, .6
  if (probe ne 'NaN' && real(probe) < edge) {
    set arrow 1 from real(probe), graph 0 to real(probe), graph 1 nohead back \
      @limit_line
  }
  marks = ''
  do for [family in families] {
    index_of = sprintf("$ROWS index 'bars %d %s' ", p, family)
    marks = marks.(marks eq '' ? '' : ', ').index_of.shown \
      .' lc rgb variable '.value('fill_'.family)
  }
  if (field(p, 6) == 1) {
    marks = marks.(marks eq '' ? '' : ', ') \
      .sprintf("$ROWS index 'whiskers %d' using 2:1:3:4 ", p) \
      .'with xerrorbars pt 0 ps 0 lw 1.2 lc rgb ink'
  }
  if (field(p, 5) == 1) {
    marks = marks.(marks eq '' ? '' : ', ') \
      .sprintf("$ROWS index 'dots %d' using 2:1 ", p) \
      .'with points pt 13 ps .9 lc rgb ink'
  }
  marks = marks.sprintf(", $ROWS index 'texts %d' using 1:2:3 ", p) \
    .'with labels left offset .8, 0 font font_small tc rgb ink'
  eval('plot '.marks)
  unset arrow 1
}
unset multiplot
unset output
