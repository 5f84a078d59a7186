# Makes the summary of a run of `matrix` on four nodes with four CPUs each, as
# a ring of 16 and 22; for tests of the picture. A line whose home is far costs
# its trip there. -v homes="0 1 2 3"
BEGIN {
  OFS = ","
  print "workload,metric,family,lock,routines,threads,cpus,level,home,cs_ns," \
    "unit,median,ci_low,ci_high,mad,n,n_disturbed,basis,probe_ns," \
    "ratio_to_probe,link,link_main,variant"
  n_homes = split(homes, home, " ")
  for (h = 1; h <= n_homes; h++)
    for (a = 0; a < 16; a++)
      for (b = a + 1; b < 16; b++)
        pair(home[h], a, b)
}

function node(cpu) {
  return int(cpu / 4)
}

function apart(m, n) {
  return m == n ? 10 : m + n == 3 ? 22 : 16
}

function pair(h, a, b,    level, ns, d) {
  d = apart(node(a), node(b))
  level = d == 10 ? "l3" : "cross:" d
  ns = d == 10 ? 50 : d * 8
  ns += 2 * (apart(h, node(a)) + apart(h, node(b)) - 20) + (a * 7 + b * 3) % 5
  line("timestamp_ns", "executive", "ticket", a " " b, level, h, 2 * ns, ns)
  line("timestamp_ns", "queued", "mcs", a " " b, level, h, 1.7 * ns, ns)
  line("one_way_ns", "probe", "line", a " " b, level, h, ns, ns)
}

function line(metric, family, name, cpus, level, h, ns, probe) {
  print "matrix", metric, family, name, \
    family == "probe" ? "native" : "dpc", 2, cpus, level, h, \
    family == "probe" ? 0 : 300, "ns", ns, ns * .97, ns * 1.03, 1, 5, 0, \
    "clean", probe, ns / probe, "80ns", 1, ""
}
