# Makes the summary of a run of `readers` of two locks; for tests of the
# picture. A write takes what it takes, a read the less the more there are.
# -v shares="0 50 90 100" -v teams="1/same 2/l3"
BEGIN {
  OFS = ","
  print "workload,metric,family,lock,routines,threads,cpus,level,home,cs_ns," \
    "unit,median,ci_low,ci_high,mad,n,n_disturbed,basis,probe_ns," \
    "ratio_to_probe,link,link_main,variant"
  n_shares = split(shares, share, " ")
  n_teams = split(teams, team, " ")
  for (t = 1; t <= n_teams; t++)
    for (s = 1; s <= n_shares; s++) {
      split(team[t], of, "/")
      lock("reader", "nt", "dpc", 1)
      lock("peer", "pthread_rwlock", "native", 3)
    }
}

function lock(family, name, routines, factor,    reads) {
  reads = share[s] / 100
  line("op_ns", family, name, routines, factor * of[1] * (200 - 100 * reads))
  if (reads > 0)
    line("read_p99_ns", family, name, routines, factor * (700 - 500 * reads))
  if (reads < 1)
    line("write_p99_ns", family, name, routines, factor * (800 + 100 * reads))
}

function line(metric, family, name, routines, ns) {
  print "readers", metric, family, name, routines, of[1], "0 1", of[2], \
    "first", 100, "ns", ns, ns * .97, ns * 1.03, 1, 5, 0, "clean", 50, \
    ns / 50, "50ns", 1, "reads:" share[s]
}
