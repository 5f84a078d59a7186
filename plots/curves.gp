# Arranges throughput of three thread counts or more: for each lock a curve over
# threads, in one column or in one a distance. Loaded by throughput.gp.

reading = 'Time of the whole team for one acquisition and for one that ' \
  .'changed owner, on one scale: a lock that stays with one thread looks ' \
  .'cheap in the first and is not in the second. Lower is better. Jain ' \
  .'index: 1 is an even share. Bands: 95 % intervals.'

# Ticks at the thread counts measured; where the distance grows, an edge.
in_threads = 0
counts = ''
edges = ''
last_level = ''
do for [i = 1:|$ROWS|] {
  if (in_threads && $ROWS[i] eq '') { in_threads = 0 }
  if (in_threads) {
    counts = counts.' '.word($ROWS[i], 1)
    level = word($ROWS[i], 2)
    if (last_level ne '' && last_level ne level) {
      before = real(word(counts, words(counts) - 1))
      edges = edges.sprintf(' %.4f %s', \
        sqrt(before * real(word($ROWS[i], 1))), level)
    }
    last_level = level
  }
  if ($ROWS[i] eq '# threads') { in_threads = 1 }
}
if (n_panels == 1 && edges ne '') { hi = 2 * hi }
few = words(counts) <= 9
is_power(n) = abs(log(n) / log(2) - floor(log(n) / log(2) + .5)) < 1e-9
ticks = ''
do for [n in counts] {
  if (few || is_power(n)) { ticks = ticks.sprintf(', "%s" %s', n, n) }
}
range = sprintf('[%s / 1.12:%s * 1.12]', word(counts, 1), \
  word(counts, words(counts)))
x_axis(p) = 'set logscale x 2; set xrange '.range.'; set xtics (' \
  .ticks[3:*].') nomirror scale .5 font font_small tc rgb quiet'
x_words(p) = 'threads'
column_title(p) = field(p, 1) eq '-' ? '' : level_words(field(p, 1))
rows = 'op_ns handover_ns jain'
load plots.'costs.gp'
