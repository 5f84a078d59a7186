# Throughput over think time, critical section or payload, where a run has one
# of them in three sizes or more.
#
#     gnuplot -e "run='RUN'; out='sweep.png'" plots/sweep.gp
#
# Also taken: home='0', cs='100', routines='raise'.

plots = ARG0[1:strlen(ARG0) - strlen('sweep.gp')]
load plots.'style.gp'
heading = 'Throughput over think time, critical section and payload'
answer = system(ask(with_part('cells.awk').with_part('curves.awk') \
  .with_part('sweep.awk'), cell_options.'-v workload=throughput ' \
  .'-v one_pair=1 -v every_load=1 -v predictions=' \
  .shell(run.'/prediction.csv')." -v metrics='op_ns handover_ns jain'", \
  'summary.csv'))
panel_word = 2
star_word = 8
load plots.'answer.gp'
n_locks = int(number(3))
lo = number(4) / 1.8
hi = number(5) * 2.2
least_jain = number(6) - .06 < .05 ? 0 : floor(10 * (number(6) - .06)) / 10.0
jain_step = least_jain < .45 ? .2 : least_jain < .75 ? .1 : .05
name_chars = number(7)
load plots.'locks.gp'

reading = 'Time of the whole team for one acquisition and for one that ' \
  .'changed owner, on one scale. Where a lock is the bottleneck more think ' \
  .'time costs nothing; beyond that it is all that counts. Lower is better. ' \
  .'Jain index: 1 is an even share. Bands: 95 % intervals. Sizes stand as on a ' \
  .'logarithmic scale that has a place for 0.'
if (number(9)) reading = reading.' Dotted: predicted from costs of the same ' \
  .'run, see the prediction.'

edges = ''
words_of_axis(a) = a eq 'think' ? 'ns of think time asked for' \
  : a eq 'cs' ? 'ns of critical section asked for' \
  : 'lines written in the critical section'
x_words(p) = words_of_axis(field(p, 1))
# What is held, where it is anything; '-' is the axis itself.
held(p, k, before, after) = field(p, k) eq '-' || field(p, k) eq '0' ? '' \
  : '; '.before.field(p, k).after
column_title(p) = field(p, 2).' threads, '.level_words(field(p, 3)) \
  .held(p, 4, 'think ', ' ns').held(p, 5, 'section ', ' ns') \
  .held(p, 6, 'lines ', '')

# Ticks: PLACE:SIZE from the seventh word on; few enough to be read.
place(t) = t[1:strstrt(t, ':') - 1]
size(t) = t[strstrt(t, ':') + 1:*]
tick(p, k) = sprintf('"%s" %s', size(field(p, k)), place(field(p, k)))
ticks(p, k, step) = k > words(panel[p]) ? '' \
  : tick(p, k).(k + step > words(panel[p]) ? '' : ', ') \
  .ticks(p, k + step, step)
step_of(p) = 1 + int((words(panel[p]) - 7) / 9)
from_place(p) = real(place(field(p, 7)))
to_place(p) = real(place(field(p, words(panel[p]))))
margin(p) = .04 * (to_place(p) - from_place(p))
x_axis(p) = sprintf('set xrange [%f:%f]; set xtics (%s) ', \
  from_place(p) - margin(p), to_place(p) + margin(p), \
  ticks(p, 7, step_of(p))).'nomirror scale .5 font font_small tc rgb quiet'
rows = 'op_ns handover_ns jain'
load plots.'costs.gp'
