/* A thread that loses its CPU is seen to have lost it, and only then. Runs
 * twice: with the park flag, and without it (GLIBC_TUNABLES). */
#include "bench/trial/witness.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#include <cmocka.h>

#include "bench/trial/rseq.h"
#include "bench/trial/team.h"
#include "topology/pin.h"

static struct topology_machine *machine;
static unsigned cpu;

static int open_machine(void **state) {
  (void)state;
  int error = topology_machine_open(NULL, NULL, &machine);
  if (!error)
    cpu = topology_cpu_at(machine, 0)->os;
  return error;
}

static int close_machine(void **state) {
  (void)state;
  topology_machine_close(machine);
  return 0;
}

static void the_flag_is_used_unless_it_is_taken_away(void **state) {
  (void)state;
  const char *tunables = getenv("GLIBC_TUNABLES");
  if (tunables && strstr(tunables, "glibc.pthread.rseq=0"))
    assert_false(bench_rseq_usable());
}

static int64_t switches(void) {
  struct rusage usage;
  return getrusage(RUSAGE_THREAD, &usage) ? -1 : usage.ru_nivcsw;
}

/* Measures until the kernel has given its CPU to somebody else. */
static void lose_the_cpu(struct bench_member *member, void *context) {
  bool *parked = context;
  (void)bench_witness_look(&member->witness);
  int64_t before = switches(); /* after the look: it is of the next stretch */
  while (switches() == before)
    ;
  parked[0] = bench_witness_look(&member->witness) == BENCH_PREEMPTED;
}

static void *hog(void *context) {
  _Atomic int *stop = context;
  while (!atomic_load(stop))
    ;
  return NULL;
}

static struct bench_team *start_one(void) {
  static char why[256];
  struct bench_team *team;
  assert_int_equal(bench_team_start(machine, &cpu, 1, &team, why, sizeof why),
                   0);
  return team;
}

static void a_thief_of_the_cpu_is_seen(void **state) {
  (void)state;
  _Atomic int stop = 0;
  bool parked = false;
  pthread_t thief;
  struct bench_witness seen = {0};
  struct bench_team *team = start_one();
  assert_int_equal(
      topology_thread_create(machine, cpu, NULL, 0, &thief, hog, &stop), 0);
  bench_team_run(team, 1, lose_the_cpu, &parked, &seen);
  atomic_store(&stop, 1);
  pthread_join(thief, NULL);
  bench_team_stop(team);
  assert_true(parked);
  assert_true(seen.parked >= 1);
  assert_true(seen.switches_involuntary >= 1);
}

struct stretches {
  int quiet, parked;
};

/* Nothing happens to most of many short stretches, busy as a machine is. */
static void rest(struct bench_member *member, void *context) {
  struct stretches *seen = context;
  for (int i = 0; i < 2000; i++)
    if (bench_witness_look(&member->witness) != BENCH_CLEAN)
      seen->parked++;
    else
      seen->quiet++;
}

static void quiet_stretches_are_not_blamed(void **state) {
  (void)state;
  struct stretches seen = {0};
  struct bench_team *team = start_one();
  bench_team_run(team, 1, rest, &seen, NULL);
  bench_team_stop(team);
  assert_true(seen.quiet > 1000);
}

static void nap(struct bench_member *member, void *context) {
  const struct timespec moment = {.tv_nsec = 100000};
  bool *parked = context;
  for (int i = 0; i < 1000 && *parked; i++) {
    (void)bench_witness_look(&member->witness);
    nanosleep(&moment, NULL);
    *parked = bench_witness_look(&member->witness) != BENCH_CLEAN;
  }
}

static void who_sleeps_was_not_robbed(void **state) {
  (void)state;
  bool parked = true;
  struct bench_witness seen = {0};
  struct bench_team *team = start_one();
  bench_team_run(team, 1, nap, &parked, &seen);
  bench_team_stop(team);
  assert_true(seen.switches_voluntary >= 1);
  assert_false(parked);
}

static void what_all_saw_is_the_sum(void **state) {
  (void)state;
  struct bench_witness total = {.parked = 1}, one = {.parked = 2};
  bench_witness_add(&total, &one);
  assert_int_equal(total.parked, 3);
}

static void ring(int signal) {
  (void)signal;
}

static void a_signal_is_a_disturbance(void **state) {
  (void)state;
  if (!bench_rseq_usable())
    skip(); /* getrusage knows nothing of signals */
  const struct itimerval soon = {.it_value = {.tv_usec = 2000}};
  struct bench_witness witness;
  signal(SIGALRM, ring);
  bench_witness_open(&witness, cpu);
  assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
  const time_t deadline = time(NULL) + 10;
  while (bench_witness_look(&witness) == BENCH_CLEAN && time(NULL) < deadline)
    ;
  bench_witness_close(&witness);
  assert_true(witness.parked >= 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_flag_is_used_unless_it_is_taken_away),
      cmocka_unit_test(a_thief_of_the_cpu_is_seen),
      cmocka_unit_test(quiet_stretches_are_not_blamed),
      cmocka_unit_test(who_sleeps_was_not_robbed),
      cmocka_unit_test(what_all_saw_is_the_sum),
      cmocka_unit_test(a_signal_is_a_disturbance),
  };
  return cmocka_run_group_tests(tests, open_machine, close_machine);
}
