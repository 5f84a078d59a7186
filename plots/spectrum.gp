# How long acquiring takes, every acquisition stamped: the whole spectrum.
#
#     gnuplot -e "run='RUN'; out='spectrum.png'" plots/spectrum.gp
#
# Also taken: home='0', cs='0', routines='raise'.

plots = ARG0[1:strlen(ARG0) - strlen('spectrum.gp')]
load plots.'style.gp'
heading = 'Acquire latency, every one stamped'
reading = 'All acquisitions of the latency workload: one of so many took ' \
  .'longer than the curve says. Lower is better; what rises steeply lets ' \
  .'some threads wait. A curve ends where fewer than ten acquisitions ' \
  .'remain; bars: 95 %. Grey: below ten steps of the clock.'
workload = 'latency'
load plots.'spectra.gp'
