/* The check of a pin against everything a kernel may say. This program
 * replaces the two calls that ask it. */
#include "topology/test/check.h"

#include <errno.h>

#include "topology/pin.h"

static const unsigned *said_mask; /* ended by the end mark */
static int said_cpu, said_errno;

enum { END = 9999 };

int sched_getaffinity(pid_t process, size_t size, cpu_set_t *set) {
  (void)process;
  CPU_ZERO_S(size, set);
  for (const unsigned *cpu = said_mask; *cpu != END; cpu++)
    CPU_SET_S(*cpu, size, set);
  errno = said_errno;
  return said_errno ? -1 : 0;
}

int sched_getcpu(void) {
  return said_cpu;
}

static const struct {
  unsigned mask[3];
  int cpu, error;
  unsigned asked;
  int expected;
} cases[] = {{{3, END}, 3, 0, 3, 0},           {{8000, END}, 8000, 0, 8000, 0},
             {{3, END}, 3, 0, 4, -EXDEV}, /* another CPU altogether */
             {{3, END}, 4, 0, 4, -EXDEV}, /* there, but not by its mask */
             {{3, END}, 4, 0, 3, -EXDEV}, /* not there, though its mask says */
             {{3, 4, END}, 3, 0, 3, -EXDEV},   /* there by chance */
             {{3, END}, 3, 0, 100000, -EXDEV}, /* no such CPU */
             {{3, END}, 3, EPERM, 3, -EPERM}}; /* not told */

static void believes_only_a_pin_that_took(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    said_mask = cases[i].mask;
    said_cpu = cases[i].cpu;
    said_errno = cases[i].error;
    assert_int_equal(topology_pin_check(cases[i].asked), cases[i].expected);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(believes_only_a_pin_that_took)};
  return cmocka_run_group_tests_name("pin check", tests, NULL, NULL);
}
