# What a lock costs that nobody else wants, near and far.
#
#     gnuplot -e "run='RUN'; out='uncontended.png'" plots/uncontended.gp
#
# Also taken: home='0', cs='0'.

plots = ARG0[1:strlen(ARG0) - strlen('uncontended.gp')]
load plots.'style.gp'
heading = 'Uncontended cost'
reading = 'Nobody waits. Shorter is better. Left: the lock is in the own ' \
  .'cache; beside it: another CPU used it last.'
count_words(n) = ''
question = '-v workload=uncontended -v flat=pair_ns ' \
  ."-v limited=remote_acquire_ns -v metrics='pair_ns remote_acquire_ns'"
title_pair_ns = 'acquire and release, own cache'
title_remote_acquire_ns = 'acquire, dirty in another cache'
dot_word = ''
limit_word = 'line transfer, one way'
load plots.'rows.gp'
