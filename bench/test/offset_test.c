/* Offsets between clocks are bounded by what round trips allow. */
#include "bench/trial/offset.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "bench/kernel/kernel.h"

/* The second clock is 1000 ticks ahead; a letter takes 100 and 60. */
static struct bench_trip trip(uint64_t sent, uint64_t there, uint64_t back) {
  return (struct bench_trip){sent, sent + there + back, sent + there + 1000};
}

static void a_planted_offset_is_within_its_bounds(void **state) {
  const struct bench_trip trips[] = {trip(5000, 300, 60), trip(9000, 100, 60),
                                     trip(9900, 100, 90)};
  (void)state;
  struct bench_offset offset = bench_offset_of(trips, 3, 0.5);
  assert_true(offset.low_ns == 470 && offset.high_ns == 550);
  assert_true(offset.guess_ns == 510); /* half of 1000 + (100 - 60) / 2 */
}

/* No offset fits both: the clocks ran apart, or backwards. */
static void contradictions_leave_no_bounds(void **state) {
  struct bench_trip trips[] = {trip(5000, 100, 100), trip(9000, 100, 100)};
  (void)state;
  trips[1].stamped += 500;
  struct bench_offset offset = bench_offset_of(trips, 2, 1);
  assert_true(offset.low_ns > offset.high_ns);
}

static void clocks_that_wrap_are_compared(void **state) {
  struct bench_trip one = {.sent = 50, .returned = 150, .stamped = 0};
  (void)state;
  one.stamped -= 20; /* 20 before its zero */
  struct bench_offset offset = bench_offset_of(&one, 1, 1);
  assert_true(offset.low_ns == -170 && offset.high_ns == -70);
}

static void this_machine_has_bounds(void **state) {
  struct topology_machine *machine;
  struct bench_clock clock;
  struct bench_team *team;
  struct bench_offset offset;
  char why[256];
  (void)state;
  assert_int_equal(topology_machine_open(NULL, NULL, &machine), 0);
  bench_clock_init(&clock);
  if (topology_cpu_count(machine) < 2 || !bench_clock_stamps(&clock)) {
    topology_machine_close(machine);
    skip();
  }
  const unsigned cpus[2] = {topology_cpu_at(machine, 0)->os,
                            topology_cpu_at(machine, 1)->os};
  void *line = aligned_alloc(BENCH_LINE, BENCH_LINE);
  assert_int_equal(bench_team_start(machine, cpus, 2, &team, why, sizeof why),
                   0);
  bench_offset_measure(team, &clock, line, &offset);
  bench_team_stop(team);
  free(line);
  topology_machine_close(machine);
  assert_true(isfinite(offset.low_ns) && isfinite(offset.high_ns));
  assert_true(isfinite(offset.guess_ns));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_planted_offset_is_within_its_bounds),
      cmocka_unit_test(contradictions_leave_no_bounds),
      cmocka_unit_test(clocks_that_wrap_are_compared),
      cmocka_unit_test(this_machine_has_bounds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
