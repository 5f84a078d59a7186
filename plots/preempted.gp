# A holder or a waiter stopped: how soon the lock goes on, and whether it stood
# still meanwhile.
#
#     gnuplot -e "run='RUN'; out='preempted.png'" plots/preempted.gp
#
# Also taken: home='0', cs='0'.

plots = ARG0[1:strlen(ARG0) - strlen('preempted.gp')]
load plots.'style.gp'
heading = 'A thread that is stopped'
reading = 'Half a millisecond without its CPU. While a waiter is stopped a ' \
  .'lock that serves in order stands still for everybody (100 %); one that ' \
  .'does not goes on (0 %). Shorter is better.'
count_words(n) = n == 2 ? '' : sprintf(' %d threads.', n)
question = '-v workload=preempted -v by_variant=1 -v lead=level ' \
  ."-v metrics='stuck_share_waiter resume_ns_waiter resume_ns_holder' " \
  ."-v scaled=stuck_share_waiter -v scale=100 -v counting='threads 0'"
title_stuck_share_waiter = 'waiter stopped: the lock stood still'
unit_stuck_share_waiter = '% of the stop'
title_resume_ns_waiter = 'and it had the lock after its stop'
title_resume_ns_holder = 'holder stopped: the next one had it after'
dot_word = ''
limit_word = 'line transfer, one way'
load plots.'rows.gp'
