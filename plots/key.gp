# Lists the locks at the right of curves: the line and point of each, by family.
#
# Before: n_locks, family[], name[], key_left, key_top, the page's plot ahead.

key_y = key_top + 4
do for [v = 1:n_locks] {
  if (v == 1 || family[v] ne family[v > 1 ? v - 1 : 1]) {
    key_y = key_y + (v == 1 ? 0 : 10)
    set label family[v] at key_left, key_y left font bold(11) tc rgb quiet
    key_y = key_y + 18
  }
  key_tone = colour(name[v])
  key_dash = dash(name[v], family[v])
  key_point = point(name[v], family[v])
  set arrow from key_left, key_y to key_left + 36, key_y nohead lw 1.5 \
    dt key_dash lc rgb key_tone
  set label '' at key_left + 18, key_y point pt key_point ps .8 lc rgb key_tone
  set label name[v] at key_left + 43, key_y left font font_small tc rgb ink
  key_y = key_y + 17
}
