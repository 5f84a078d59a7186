# Throughput as costs measured apart predict it, beside throughput as measured.
#
#     gnuplot -e "run='RUN'; out='prediction.png'" plots/prediction.gp
#
# Also taken: home='0', cs='0', routines='raise'.

plots = ARG0[1:strlen(ARG0) - strlen('prediction.gp')]
load plots.'style.gp'
heading = 'Prediction beside measurement'
answer = system(ask(with_part('prediction.awk'), \
  '-v needs='.shell('workload metric family lock routines threads level home ' \
  .'cs_ns variant median ci_low ci_high basis predicted mean_error ' \
  .'no_waiting all_waiting').' -v numbers='.shell('threads median ci_low ' \
  .'ci_high predicted mean_error no_waiting all_waiting') \
  ." -v workload=throughput -v one_pair=1 -v metrics='op_ns'", \
  'prediction.csv'))
panel_word = 2
star_word = 8
load plots.'answer.gp'

reading = 'Time of the whole team for one acquisition. Solid with points: ' \
  .'measured, bands are 95 % intervals. Dashed: PREDICTED from hand-over, ' \
  .'line transfer and uncontended costs of the same run; no parameter is fitted. ' \
  .'Thin grey: nobody ever waits, and somebody always does. Above 15 % mean ' \
  .'error the model does not explain the lock here.'
over = head_word(3)
lo = number(4) / 1.8
hi = number(5) * 2.2
first_x = number(6)
last_x = number(7)

columns = n_panels < 3 ? n_panels : 3
lines = int((n_panels + columns - 1) / columns)
axis_width = 70
panel_width = columns < 2 ? 600 : columns < 3 ? 420 : 290
panel_height = lines < 2 ? 300 : 190
panel_gap = 62
title_height = 44
axis_height = 40
page_width = axis_width + columns * (panel_width + panel_gap)
row_height = title_height + panel_height + axis_height
body_height = lines * row_height + 10
load plots.'page.gp'

limit = .15
left_of(p) = axis_width + ((p - 1) % columns) * (panel_width + panel_gap)
top_of(p) = page_head + title_height + int((p - 1) / columns) * row_height
percent(p) = field(p, 3) eq '-' ? 'nothing to compare it with' \
  : sprintf('mean error %.1f %%', 100 * real(field(p, 3)))
unexplained(p) = field(p, 3) ne '-' && real(field(p, 3)) > limit
do for [p = 1:n_panels] {
  set label field(p, 1).'/'.field(p, 2) at left_of(p), top_of(p) - 24 left \
    font font_head tc rgb ink
  if (unexplained(p)) {
    set label percent(p).': the model does not explain it' \
      at left_of(p), top_of(p) - 9 left font font_small tc rgb '#b03050'
  } else {
    set label percent(p) at left_of(p), top_of(p) - 9 left font font_small \
      tc rgb quiet
  }
}
plot NaN notitle
unset label

series(p, s) = sprintf('series %d %d ', p, s)
series_line(p, s) = strstrt(answer, '# '.series(p, s))
rest_from(k) = answer[k + 2:k + 80]
series_name(p, s) = word(rest_from(series_line(p, s)), 4)
block(p, s) = sprintf("$ROWS index '%s%s' ", series(p, s), series_name(p, s))

set border 3 lc rgb quiet
set grid xtics ytics lt 1 lw .8 lc rgb faint
set style fill transparent solid .14 noborder
set yrange [lo:hi]
set logscale y
eval(time_ticks)
if (over eq 'threads') {
  set logscale x 2
  set xrange [first_x / 1.15:last_x * 1.15]
  set xtics 2 nomirror scale .5 font font_small tc rgb quiet
} else {
  gap = .05 * (last_x - first_x)
  set xrange [first_x - gap:last_x + gap]
  set xtics autofreq nomirror scale .5 font font_small tc rgb quiet
}
# A series' tone: the lock's own, or one of four where there are several.
several_tones = "#0072B2 #D55E00 #009E73 #CC79A7"
tone(p, s) = int(real(field(p, 4))) < 2 ? colour(field(p, 2)) \
  : word(several_tones, 1 + (s - 1) % 4)
tint(p, s) = sprintf("lc rgb '%s'", tone(p, s))
grey = "with lines lw .8 lc rgb '#999999'"
do for [p = 1:n_panels] {
  set lmargin at screen across(left_of(p))
  set rmargin at screen across(left_of(p) + panel_width)
  set tmargin at screen down(top_of(p))
  set bmargin at screen down(top_of(p) + panel_height)
  set xlabel over eq 'threads' ? 'threads' : 'ns between operations' \
    font font_small tc rgb quiet offset 0, .5
  marks = ''
  n_series = int(real(field(p, 4)))
  do for [s = 1:n_series] {
    one = block(p, s)
    marks = marks.', '.one.'using 1:3:4 with filledcurves '.tint(p, s) \
      .', '.one.'using 1:($6 > 0 ? $6 : NaN) '.grey \
      .', '.one.'using 1:($7 > 0 ? $7 : NaN) '.grey \
      .', '.one.'using 1:2 with linespoints lw 1.6 dt solid ps .8 ' \
      .sprintf('pt %d ', point(field(p, 2), field(p, 1))).tint(p, s) \
      .', '.one.'using 1:5 with linespoints lw 1.6 dt (7, 5) pt 1 ps .5 ' \
      .tint(p, s)
    if (series_name(p, s) ne '-') {
      set label s level_words(series_name(p, s)) at graph .03, \
        graph 1 - .07 * s left font font_small tc rgb tone(p, s)
    }
  }
  eval('plot '.marks[3:*])
  unset label
}
unset multiplot
unset output
