# Release latency by lock and pair of routines, with waiters spinning.
#
#     gnuplot -e "run='RUN'; out='release.png'" plots/release.gp
#
# Also taken: home='0', cs='0'.

plots = ARG0[1:strlen(ARG0) - strlen('release.gp')]
load plots.'style.gp'
heading = 'Release latency'
reading = 'What a release costs while others spin for the lock. ' \
  .'Shorter is better.'
count_words(n) = n == 1 ? ' One waiter.' : sprintf(' %d waiters.', n)
question = '-v workload=release -v lead=level -v limited=wake_ns ' \
  ."-v metrics='retire_ns drained_ns wake_ns' -v counting='waiters 1'"
title_retire_ns = 'retired: the releaser goes on'
title_drained_ns = 'drained: its stores are visible'
title_wake_ns = 'woken: a waiter holds the lock'
dot_word = ''
limit_word = 'line transfer, one way: the physical limit of waking'
load plots.'rows.gp'
