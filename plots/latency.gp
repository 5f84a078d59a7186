# How long acquiring takes, from the usual to the rare: percentile spectra.
#
#     gnuplot -e "run='RUN'; out='latency.png'" plots/latency.gp
#
# Also taken: home='0', cs='0', routines='raise'.

plots = ARG0[1:strlen(ARG0) - strlen('latency.gp')]
load plots.'style.gp'
heading = 'Acquire latency under contention'
reading = 'Sampled acquisitions of the throughput workload: one of so many ' \
  .'took longer than the curve says. Lower is better; what rises steeply ' \
  .'lets some threads wait. A curve ends where fewer than ten acquisitions ' \
  .'remain; bars: 95 %. Grey: below ten steps of the clock.'
workload = 'throughput'
load plots.'spectra.gp'
