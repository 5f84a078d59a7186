# Handoff latency by lock and distance, the physical limit as a line.
#
#     gnuplot -e "run='RUN'; out='handoff.png'" plots/handoff.gp
#
# Also taken: home='0', cs='100'.

plots = ARG0[1:strlen(ARG0) - strlen('handoff.gp')]
load plots.'style.gp'
heading = 'Handoff latency'
reading = 'From the start of release on one CPU until the next owner has ' \
  .'the lock. Shorter is better. Two ways to measure it: believe what they ' \
  .'agree on.'
count_words(n) = n == 2 ? '' : sprintf(' %d threads.', n)
question = "-v workload=handoff -v dots=timestamp_ns " \
  ."-v limited=alternation_ns " \
  ."-v metrics=alternation_ns -v counting='threads 0' -v step=" \
  .shell(about('step_ns'))
title_alternation_ns = 'handoff'
dot_word = 'by time stamps (the bar: by alternation)'
limit_word = 'line transfer, one way: the physical limit'
load plots.'rows.gp'
