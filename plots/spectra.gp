# Draws percentile spectra of acquire latency, a panel for each team; latency
# and spectrum are made of it.
#
# Before: plots/style.gp, heading, reading, workload.

answer = system(ask(with_part('spectrum.awk'), \
  "-v needs='workload family lock routines threads level home cs_ns " \
  ."value_ns count' -v numbers='threads value_ns count' " \
  .'-v one_pair=1 -v workload='.workload, 'histograms.csv'))
panel_word = 3
star_word = 9
load plots.'answer.gp'
n_locks = int(number(4))
lo = number(5) / 1.3
hi = number(6) * 1.5
widest = number(7)
name_chars = number(8)
load plots.'locks.gp'

axis_width = 76
panel_gap = 76
columns = n_panels == 1 ? 1 : 2
lines = (n_panels + columns - 1) / columns
panel_width = columns == 1 ? 600 : 430
panel_height = 330
title_height = 34
axis_height = 52
key_width = 54 + wide(name_chars, 11)
key_height = 17 * n_locks + 3 * 24
if (lines == 1 && key_height > panel_height) { panel_height = key_height }
drawn_height = lines * (title_height + panel_height + axis_height)
if (key_height > drawn_height) { drawn_height = key_height + 20 }
page_width = axis_width + columns * (panel_width + panel_gap) - panel_gap + 30 \
  + key_width
body_height = 14 + drawn_height
load plots.'page.gp'

left_of(p) = axis_width + ((p - 1) % columns) * (panel_width + panel_gap)
top_of(p) = page_head + 14 + title_height \
  + ((p - 1) / columns) * (title_height + panel_height + axis_height)
key_left = axis_width + columns * (panel_width + panel_gap) - panel_gap + 30
key_top = page_head + 14 + title_height
load plots.'key.gp'
do for [p = 1:n_panels] {
  set label (field(p, 1) eq '1' ? '1 thread' : field(p, 1).' threads, ' \
    .level_words(field(p, 2))) at left_of(p), top_of(p) - 12 left \
    font font_head tc rgb ink
}
plot NaN notitle
unset label
unset arrow

set border 3 lc rgb quiet
set yrange [lo:hi]
set logscale y
eval(time_ticks)
set xrange [1:widest < 100 ? 100 : widest]
set logscale x 10
set xtics ('0 %%' 1, '50 %%' 2, '90 %%' 10, '99 %%' 100, '99.9 %%' 1000, \
  '99.99 %%' 1e4, '99.999 %%' 1e5, '99.9999 %%' 1e6) nomirror scale .5 \
  font font_small tc rgb quiet
set xlabel 'share of the acquisitions that were as fast or faster' \
  font font_small tc rgb quiet offset 0, .4
set grid xtics ytics lt 1 lw .8 lc rgb faint
# The clock knows nothing below its step, and little below ten of them.
step = about('step_ns')
if (step ne '' && 10 * real(step) > lo) {
  set object rect from graph 0, first lo to graph 1, first 10 * real(step) \
    behind fc rgb '#f1f1f1' fs solid noborder
}
if (step ne '' && real(step) > lo) {
  set object rect from graph 0, first lo to graph 1, first real(step) behind \
    fc rgb '#dcdcdc' fs solid noborder
}
has(block_name) = strstrt(answer, '# '.block_name."\n") > 0
source(kind, p, v) = sprintf("$ROWS index '%s %d %d' using %s ", kind, p, v, \
  kind eq 'bounds' ? '1:2:3:4' : '1:2')
tint(v) = sprintf("lc rgb '%s'", colour(name[v]))
do for [p = 1:n_panels] {
  set lmargin at screen across(left_of(p))
  set rmargin at screen across(left_of(p) + panel_width)
  set tmargin at screen down(top_of(p))
  set bmargin at screen down(top_of(p) + panel_height)
  marks = ''
  do for [v = 1:n_locks] {
    if (has(sprintf('curve %d %d', p, v))) {
      marks = marks.', '.source('curve', p, v).'with fsteps '.tint(v) \
        .sprintf(' lw 1.5 dt %d', dash(name[v], family[v]))
    }
  }
  do for [v = 1:n_locks] {
    if (has(sprintf('bounds %d %d', p, v))) {
      marks = marks.', '.source('bounds', p, v).'with yerrorbars '.tint(v) \
        .' lw 1.2 pt 0 ps 0'
    }
  }
  do for [v = 1:n_locks] {
    if (has(sprintf('marks %d %d', p, v))) {
      marks = marks.', '.source('marks', p, v).'with points '.tint(v) \
        .sprintf(' lw 1.3 pt %d ps .9', point(name[v], family[v]))
    }
  }
  eval('plot '.marks[3:*])
}
unset multiplot
unset output
