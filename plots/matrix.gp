# Handoff between pairs of CPUs, in the order of the hardware: a map for each
# home node, beside the raw line transfer and the medians by level.
#
#     gnuplot -e "run='RUN'; out='matrix.png'" plots/matrix.gp
#
# Also taken: lock='ticket', cs='100'.

plots = ARG0[1:strlen(ARG0) - strlen('matrix.gp')]
load plots.'style.gp'
heading = 'Handoff between pairs of CPUs'
answer = system(ask(with_part('matrix.awk'), \
  '-v needs='.shell(cell_columns.' cpus').' -v numbers=' \
  .shell(cell_numbers).' -v workload=matrix -v every_home=1 -v one_pair=1 ' \
  ."-v metrics='timestamp_ns alternation_ns'".asked('lock', 'lock'), \
  'summary.csv'))
panel_word = 2
star_word = 7
load plots.'answer.gp'
n_cpus = int(number(3))
lo = number(4)
hi = number(5)
n_levels = int(number(6))
if (hi < lo * 1.2) { hi = lo * 1.2 }

reading = 'Each field is a pair of CPUs, both directions together; CPUs stand ' \
  .'as neighbours in the hardware do. Lines part L3 caches (thin), nodes and ' \
  .'packages (thick). Left: one cache line, one way. Middle: from release to ' \
  .'the next owner. Right: every pair by level, and the median of each level. ' \
  .'All maps have one scale.'

side = n_cpus * 26 < 180 ? 180 : n_cpus * 26 > 420 ? 420 : n_cpus * 26
strip_width = n_levels * 74 < 220 ? 220 : n_levels * 74
axis_width = 52
gap = 56
title_height = 44
axis_height = 46
box_height = 44
row_height = title_height + side + axis_height
page_width = axis_width + 2 * (side + gap) + 30 + strip_width + 24
if (page_width < 720) {
  strip_width = strip_width + 720 - page_width
  page_width = 720
}
body_height = box_height + n_panels * row_height + 10
load plots.'page.gp'

array left[3] = [axis_width, axis_width + side + gap, \
  axis_width + 2 * (side + gap) + 30]
array what[2] = ['transfer', 'handoff']
top_of(p) = page_head + box_height + title_height + (p - 1) * row_height
home_words(h) = h eq 'first' ? 'home: the node of the first thread' \
  : h eq 'remote' ? 'home: the node of the other thread' \
  : h eq 'third' ? 'home: a node of neither thread' \
  : h eq 'interleave' ? 'home: all nodes in turn' : 'home: node '.h
do for [p = 1:n_panels] {
  set label home_words(field(p, 1)) at left[1], top_of(p) - 26 left \
    font font_head tc rgb ink
  set label 'line transfer, one way, ns' at left[1], top_of(p) - 9 left \
    font font_small tc rgb quiet
  set label 'handoff of '.field(p, 2).'/'.field(p, 3).', ns' \
    at left[2], top_of(p) - 9 left font font_small tc rgb quiet
  set label 'handoff (filled), transfer (open), median' \
    at left[3], top_of(p) - 9 left font font_small tc rgb quiet
}
set label 'ns' at left[1] + 2 * side + 8, page_head + 12 left font font_small \
  tc rgb quiet
plot NaN notitle
unset label

# From dark to light, for colour-blind eyes as well.
set palette defined (0 '#00224e', 1 '#35456c', 2 '#666970', 3 '#948e77', \
  4 '#c8b866', 5 '#fee838')
set cbrange [lo:hi]
set logscale cb
label_of(v) = v < 9.95 ? sprintf('%.1f', v) : sprintf('%.0f', v)
tone_on(v) = (log(v / lo) / log(hi / lo)) > .55 ? 0x000000 : 0xffffff
set border 0

# Borders of levels, and every so manieth CPU's number.
every = n_cpus <= 32 ? 1 : n_cpus <= 64 ? 4 : 16
in_block = ''
set xtics () nomirror scale 0 font font_small tc rgb quiet offset 0, .4
set ytics () nomirror scale 0 font font_small tc rgb quiet offset .3, 0
do for [i = 1:|$ROWS|] {
  if ($ROWS[i][1:2] eq '# ') { in_block = $ROWS[i] }
  if ($ROWS[i] ne '' && $ROWS[i][1:2] ne '# ' \
      && (in_block eq '# ticks' || in_block eq '# borders')) {
    at = real(word($ROWS[i], 1))
    if (in_block eq '# ticks' && int(at) % every == 0) {
      set xtics add (word($ROWS[i], 2) at)
      set ytics add (word($ROWS[i], 2) at)
    }
    if (in_block eq '# borders') {
      w = word('.7 1.6 3', int(word($ROWS[i], 2)))
      set arrow from at - .5, -.5 to at - .5, n_cpus - .5 nohead front \
        lw real(w) lc rgb '#ffffff'
      set arrow from -.5, at - .5 to n_cpus - .5, at - .5 nohead front \
        lw real(w) lc rgb '#ffffff'
    }
  }
}
set object 1 rect from -.5, -.5 to n_cpus - .5, n_cpus - .5 behind \
  fc rgb '#e8e8e8' fs solid noborder
set colorbox horizontal user origin across(left[1]), down(page_head + 16) \
  size across(2 * side), across(9)
set cbtics () scale .3 font font_small tc rgb quiet offset 0, .5
do for [e = 0:4] {
  do for [m in "1 2 5"] {
    if (m * 10 ** e >= lo && m * 10 ** e <= hi) {
      set cbtics add (sprintf('%g', m * 10 ** e) m * 10 ** e)
    }
  }
}
do for [p = 1:n_panels] {
  do for [k = 1:2] {
    set lmargin at screen across(left[k])
    set rmargin at screen across(left[k] + side)
    set tmargin at screen down(top_of(p))
    set bmargin at screen down(top_of(p) + side)
    set xrange [-.5:n_cpus - .5]
    set yrange [n_cpus - .5:-.5]
    set xlabel 'CPU' font font_small tc rgb quiet offset 0, .8
    grid = sprintf("$ROWS index '%s %d' ", what[k], p)
    marks = grid.'using 1:2:3 with image pixels'
    if (n_cpus <= 20) {
      marks = marks.', '.grid."using 1:2:4:(strcol(4) eq '.' ? 0 : " \
        .'tone_on($3)) with labels font font(10) tc rgb variable'
    }
    eval('plot '.marks)
    unset colorbox
  }
}

# The strip: every pair a dot, every level's median a bar with its number.
unset arrow
unset object
unset xtics
set border 3 lc rgb quiet
set style fill transparent solid .35 noborder
do for [p = 1:n_panels] {
  set lmargin at screen across(left[3])
  set rmargin at screen across(left[3] + strip_width)
  set tmargin at screen down(top_of(p))
  set bmargin at screen down(top_of(p) + side)
  lo = number(4) / 1.6
  hi = number(5) * 1.9
  set xrange [.4:n_levels + .6]
  set yrange [lo:hi]
  set logscale y
  set grid ytics lt 1 lw .8 lc rgb faint
  eval(time_ticks)
  unset xlabel
  set xtics () nomirror scale 0 font font_small tc rgb quiet
  median_block(k) = sprintf("$ROWS index 'medians %s %d' ", what[k], p)
  dot_block(k) = sprintf("$ROWS index 'dots %s %d' ", what[k], p)
  spread(k) = k == 1 ? -.2 : .2
  marks = ''
  do for [k = 1:2] {
    marks = marks.sprintf(', %susing ($1 + %g + .16 * (rand(0) - .5)):2 ' \
      .'with points pt %d ps .45 lc rgb "%s"', dot_block(k), spread(k), \
      k == 1 ? 6 : 7, k == 1 ? '#5c5c5c' : '#0072B2')
    marks = marks.sprintf(', %susing ($1 + %g):2:(.17) with xerrorbars pt -1 ' \
      .'lw 2.4 lc rgb "#222222"', median_block(k), spread(k))
    marks = marks.sprintf(', %susing ($1 + %g):($2 * 1.16):(label_of($2)) ' \
      .'with labels font font_small tc rgb ink', median_block(k), spread(k))
  }
  marks = marks.sprintf(', %susing 1:(%g):xtic(3) with points pt -1', \
    median_block(2), lo)
  eval('plot '.marks[3:*])
}
unset multiplot
unset output
