# Reads the block of locks of an answer: family[], name[] by number.

array family[n_locks]
array name[n_locks]
at = 0
do for [i = 1:|$ROWS|] {
  if ($ROWS[i] eq '# locks') { at = i }
}
do for [v = 1:n_locks] {
  family[v] = word($ROWS[at + v], 2)
  name[v] = word($ROWS[at + v], 3)
}
