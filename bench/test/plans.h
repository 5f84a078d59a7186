/* Plans on machines that one does not have, for the tests of plans. */
#ifndef BENCH_TEST_PLANS_H
#define BENCH_TEST_PLANS_H

#include "bench/plan/plan.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char why[512];     /* of the plan that was refused last */
static double quota_cpus; /* of the control group in the next; 0: no limit */

/* Plans for a synthetic machine, or the one in an XML file, whose slowest line
 * transfer lasts 90 ns.
 * @return as bench_plan_make() */
static inline int make(const char *source, struct bench_options options,
                       struct bench_plan *plan) {
  struct topology_machine *machine;
  bool xml = strstr(source, ".xml") != NULL;
  assert_int_equal(
      topology_machine_open(xml ? NULL : source, xml ? source : NULL, &machine),
      0);
  struct bench_ground ground = {.machine = machine,
                                .stamps = true,
                                .transfer_ns = 90,
                                .quota_cpus = quota_cpus};
  int error = bench_plan_make(&options, &ground, plan, why, sizeof why);
  topology_machine_close(machine);
  return error;
}

#endif
