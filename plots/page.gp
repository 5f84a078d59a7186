# Opens a picture: terminal by the ending of `out`, heading, foot.
#
# Before: heading, reading (how to read it, one paragraph), $NOTES, page_width,
# body(lines of head and foot) = the height wanted. After: one plot covers the
# page, its coordinates are pixels from the top left corner, `set label` and
# `set object` draw there; panels follow with set margins at screen.

if (!is_svg && !is_png) exit error \
  "say out='FILE.svg' or out='FILE.png' (gnuplot -e \"run='RUN'; out='...'\")"

# Wraps a text into lines of a datablock, as many characters as fit.
wrap = 'while (strlen(rest) > 0) { k = cut(rest, line_chars); ' \
  .'print rest[1:k]; rest = rest[k+1:*] }'
line_chars = int((page_width - 40) / 6.4)

set print $READING
rest = reading
eval(wrap)
set print $FOOT
do for [i = 1:|$NOTES|] {
  rest = $NOTES[i]
  eval(wrap)
}
rest = about('footer')
if (rest eq '') rest = 'run '.run
eval(wrap)
unset print

page_head = 44 + 17 * |$READING|
page_foot = 14 + 16 * |$FOOT|
page_height = page_head + body_height + page_foot

if (is_svg) {
  set terminal svg size page_width, page_height noenhanced \
    background '#ffffff' \
    font 'DejaVu Sans,Verdana,sans-serif,12' butt
} else {
  set terminal pngcairo size png_scale * page_width, png_scale * page_height \
    noenhanced background '#ffffff' font 'DejaVu Sans,9' fontscale png_scale \
    linewidth png_scale pointscale png_scale butt
}
set output out
across(x) = x / real(page_width)
down(y) = 1 - y / real(page_height)

set multiplot
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:page_width]
set yrange [page_height:0]
unset border
unset tics
unset key
set label 1 heading at 20, 24 left font font_title tc rgb ink
do for [i = 1:|$READING|] {
  set label $READING[i] at 20, 31 + 17 * i left font font_key tc rgb quiet
}
do for [i = 1:|$FOOT|] {
  set label $FOOT[i] at 20, page_height - page_foot + 16 * i - 2 left \
    font font_small tc rgb quiet
}
