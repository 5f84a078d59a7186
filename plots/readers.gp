# Readers and writers at one lock, over the share of reads: what an operation
# takes, and how long readers and writers wait.
#
#     gnuplot -e "run='RUN'; out='readers.png'" plots/readers.gp
#
# Also taken: home='0', cs='100', routines='raise'.

plots = ARG0[1:strlen(ARG0) - strlen('readers.gp')]
load plots.'style.gp'
heading = 'Readers and writers'
rows = 'op_ns read_p99_ns write_p99_ns'
answer = system(ask(with_part('cells.awk').with_part('curves.awk') \
  .with_part('readers.awk'), cell_options.'-v workload=readers -v one_pair=1 ' \
  .'-v every_variant=1 -v metrics='.shell(rows), 'summary.csv'))
panel_word = 2
star_word = 7
load plots.'answer.gp'
n_locks = int(number(3))
lo = number(4) / 1.8
hi = number(5) * 2.2
name_chars = number(6)
load plots.'locks.gp'

reading = 'Every operation is a read or a write by a throw of dice. Time of ' \
  .'the whole team for one of them, and what 99 of 100 sampled acquires took ' \
  .'at most, on one scale. Lower is better: readers that come in together ' \
  .'make an operation cheap, and may keep a writer out. Bands: 95 % intervals.'

edges = ''
column_title(p) = field(p, 1).' threads, '.level_words(field(p, 2))
x_words(p) = 'share of reads (places evenly spaced)'
tick(p, k) = sprintf('"%s %%%%" %d', field(p, k), k - 2) # a tick is a format
ticks(p, k) = tick(p, k).(k == words(panel[p]) ? '' : ', '.ticks(p, k + 1))
x_axis(p) = sprintf('set xrange [.8:%d.2]; set xtics (%s) ', \
  words(panel[p]) - 2, ticks(p, 3)) \
  .'nomirror scale .5 font font_small tc rgb quiet'
load plots.'costs.gp'
