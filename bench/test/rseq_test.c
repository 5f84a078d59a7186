/* The park flag falls when the thread loses its CPU or gets a signal, stays
 * up otherwise, and a sequence that would kill the process is found out. */
#include "bench/trial/rseq.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/time.h>
#include <time.h>

#include <cmocka.h>

static void need_rseq(void) {
  if (!bench_rseq_usable())
    skip();
}

static void what_is_registered_is_usable(void **state) {
  (void)state;
#if BENCH_RSEQ_BUILT
  assert_int_equal(bench_rseq_usable(), __rseq_size != 0);
#else
  assert_false(bench_rseq_usable());
#endif
}

/* An address that nobody can read: every kernel kills for it. */
static void what_kills_is_found_out(void **state) {
  (void)state;
  need_rseq();
  assert_false(bench_rseq_try((const void *)(uintptr_t)64));
  assert_true(bench_rseq_try(&bench_rseq_parked));
}

/* Kernels differ in how much of a sequence they check that is not entered:
 * whatever they do about these, it happens to the child. */
static void a_faulty_sequence_kills_nobody_else(void **state) {
  static const uint32_t wrong[2] = {0x600df00d, 0};
  (void)state;
  need_rseq();
  struct bench_rseq_sequence unsigned_one = bench_rseq_parked;
  unsigned_one.start = (uintptr_t)&wrong[0];
  unsigned_one.abort = (uintptr_t)&wrong[1];
  struct bench_rseq_sequence overlapping = bench_rseq_parked;
  overlapping.length = 64;
  (void)bench_rseq_try(&unsigned_one);
  (void)bench_rseq_try(&overlapping);
  assert_true(bench_rseq_try(&bench_rseq_parked));
}

static void a_quiet_moment_leaves_it_up(void **state) {
  (void)state;
  need_rseq();
  bool up = false;
  for (int attempt = 0; attempt < 100000 && !up; attempt++) {
    bench_rseq_arm();
    up = !bench_rseq_fell();
  }
  assert_true(up);
}

static void ring(int signal) {
  (void)signal;
}

static void a_signal_takes_it_down(void **state) {
  (void)state;
  need_rseq();
  const struct itimerval soon = {.it_value = {.tv_usec = 2000}};
  signal(SIGALRM, ring);
  assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
  const time_t deadline = time(NULL) + 10;
  bench_rseq_arm();
  while (!bench_rseq_fell() && time(NULL) < deadline)
    ;
  assert_true(bench_rseq_fell());
}

static void it_can_be_taken_down_and_put_up(void **state) {
  (void)state;
  need_rseq();
  bench_rseq_point(NULL);
  assert_true(bench_rseq_fell());
  a_quiet_moment_leaves_it_up(state);
  bench_rseq_point(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_registered_is_usable),
      cmocka_unit_test(what_kills_is_found_out),
      cmocka_unit_test(a_faulty_sequence_kills_nobody_else),
      cmocka_unit_test(a_quiet_moment_leaves_it_up),
      cmocka_unit_test(a_signal_takes_it_down),
      cmocka_unit_test(it_can_be_taken_down_and_put_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
