/* Asking the CPU who made it (see emulation.h). */
#include "results/emulation.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>

int results_emulated(void) {
  const unsigned hypervisor_bit = 1u << 31, hypervisor_leaf = 0x40000000;
  unsigned a, b, c, d;
  char name[12];
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & hypervisor_bit))
    return false;
  __cpuid(hypervisor_leaf, a, b, c, d);
  memcpy(name, &b, 4);
  memcpy(name + 4, &c, 4);
  memcpy(name + 8, &d, 4);
  return !memcmp(name, "TCGTCGTCGTCG", sizeof name);
}

#elif defined(__aarch64__)
#include "results/sysfile.h"

int results_emulated(void) {
  char text[32];
  if (!results_sysfile_read(
          "/sys/devices/system/cpu/cpu0/regs/identification/midr_el1", text,
          sizeof text))
    return -ENOTSUP;
  const uint64_t midr = strtoull(text, NULL, 16);
  const unsigned implementer = midr >> 24 & 0xff, part = midr >> 4 & 0xfff;
  return implementer == 0 && part == 0x51;
}

#else

int results_emulated(void) {
  return -ENOTSUP;
}

#endif
