/* cmocka with what it needs included before it, and what these tests share. */
#ifndef TOPOLOGY_TEST_CHECK_H
#define TOPOLOGY_TEST_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "topology/machine.h"

/* Opens a machine that must open: this one for two nulls. */
static inline struct topology_machine *must_open(const char *synthetic,
                                                 const char *xml) {
  struct topology_machine *m = NULL;
  char why[256];
  int error = topology_machine_open(synthetic, xml, &m);
  if (error) {
    topology_machine_why(error, synthetic, xml, why, sizeof why);
    fail_msg("%s", why);
  }
  return m;
}

/* A message must name these words, and be one line. */
static inline void assert_says(const char *message, const char *words) {
  if (!strstr(message, words) || strchr(message, '\n'))
    fail_msg("'%s' should say '%s' in one line", message, words);
}

#endif
