/* Do the clocks of the CPUs agree? Of the first and of the last one. */
#include "bench/doctor/check.h"
#include "bench/doctor/pair.h"
#include "bench/doctor/patient.h"
#include "bench/trial/offset.h"

/* Clocks that provably differ: 0 is out of bounds, or there are none. */
static enum bench_answer judge(const struct bench_offset *offset) {
  return offset->low_ns <= 0 && offset->high_ns >= 0 ? BENCH_GOOD : BENCH_BAD;
}

enum bench_answer bench_read_offset(struct bench_patient *patient,
                                    const struct bench_check *check,
                                    char *value) {
  const struct bench_examination *order = patient->order;
  struct bench_offset offset;
  struct bench_pair pair;
  (void)check;
  if (!patient->is_this || !order->machine || !order->clock ||
      !bench_clock_stamps(order->clock))
    return BENCH_UNKNOWN;
  size_t count = topology_cpu_count(order->machine);
  if (count < 2) {
    snprintf(value, BENCH_FINDING_SIZE, "one CPU, one clock");
    return BENCH_GOOD;
  }
  const unsigned cpus[2] = {topology_cpu_at(order->machine, 0)->os,
                            topology_cpu_at(order->machine, count - 1)->os};
  if (bench_pair_open(order->machine, cpus, &pair, value))
    return BENCH_UNKNOWN;
  bench_offset_measure(pair.team, order->clock, pair.line, &offset);
  bench_pair_close(&pair);
  snprintf(value, BENCH_FINDING_SIZE,
           "CPU %u's less CPU %u's: %+.1f ns, within [%.0f,%.0f]", cpus[1],
           cpus[0], offset.guess_ns, offset.low_ns, offset.high_ns);
  return judge(&offset);
}
