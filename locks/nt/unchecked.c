/* The questions of checked mode, answered by the library that has none. */
#include "locks/nt/kspin.h"

int kspin_is_checked(void) {
  return 0;
}

unsigned long long kspin_set_hold_limit_ns(unsigned long long ns, int report) {
  (void)ns, (void)report;
  return 0;
}

unsigned long long kspin_long_holds(void) {
  return 0;
}
