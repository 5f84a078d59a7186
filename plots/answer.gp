# Takes the answer of an awk program apart: $ROWS has all of it, with its
# named blocks; panel[] the first line of each block 'panel N'; $NOTES the
# remarks for the foot. Stops at an error; where there is nothing to draw,
# `none WHY`, with exit status 3.
#
# Before: answer, panel_word = which word of its first line counts the panels,
# star_word = which says whether some figures have a star.

if (word(answer, 1) eq 'none') { print answer[6:*]; exit status 3 }
if (word(answer, 1) ne 'ok') exit error \
  answer[1:6] eq 'error ' ? answer[7:*] : answer

set print $ROWS
print answer
unset print
head_word(k) = word($ROWS[1], k)
number(k) = real(head_word(k))
n_panels = int(number(panel_word))
array panel[n_panels]
p = 0
in_notes = 0
set print $NOTES
if (number(star_word)) print \
  '* : fewer than 3 undisturbed trials, so all trials are counted'
do for [i = 1:|$ROWS|] {
  if (in_notes) { print $ROWS[i] }
  if ($ROWS[i] eq '# notes') { in_notes = 1 }
  if ($ROWS[i][1:8] eq '# panel ') { p = p + 1; panel[p] = $ROWS[i + 1] }
}
unset print
field(p, k) = word(panel[p], k)
