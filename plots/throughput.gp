# Throughput, what a hand-over takes, and fairness beneath.
#
#     gnuplot -e "run='RUN'; out='throughput.png'" plots/throughput.gp
#
# Also taken: home='0', cs='0', routines='raise'.

plots = ARG0[1:strlen(ARG0) - strlen('throughput.gp')]
load plots.'style.gp'
heading = 'Throughput, hand-over and fairness'
answer = system(ask(with_part('cells.awk').with_part('curves.awk') \
  .with_part('throughput.awk'), \
  cell_options.'-v workload=throughput -v one_pair=1 ' \
  ."-v metrics='op_ns handover_ns jain'", 'summary.csv'))
panel_word = 3
star_word = 10
load plots.'answer.gp'
n_locks = int(number(4))
lo = number(5) / 1.8
hi = number(6) * 2.2
least_jain = number(7) - .06 < .05 ? 0 : floor(10 * (number(7) - .06)) / 10.0
jain_step = least_jain < .45 ? .2 : least_jain < .75 ? .1 : .05
name_chars = number(9)
load plots.'locks.gp'
load plots.head_word(2).'.gp'
