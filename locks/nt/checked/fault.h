/* The faults that checked mode knows, and a routine's call while it is being
 * checked: faults are collected under the checker's mutex and reported after,
 * because a handler may jump away. */
#ifndef LOCKS_NT_CHECKED_FAULT_H
#define LOCKS_NT_CHECKED_FAULT_H

#include <stdbool.h>
#include <stdint.h>

enum check_fault {
#define FAULT(name, row, code, first, text) CHECK_##name,
#include "locks/nt/checked/faults.def"
  CHECK_FAULTS
};

enum { CHECK_FAULTS_A_CALL = 4, CHECK_ROWS = 43 };

/* The routine that was called, and from where. */
struct check_site {
  const char *routine;
  const void *address;
};

struct check_found {
  enum check_fault fault;
  uintptr_t parameters[4];
};

struct check_call {
  struct check_site site;
  struct check_site other;   /* the earlier call that this one clashes with */
  const volatile void *lock; /* or null */
  unsigned count;
  struct check_found found[CHECK_FAULTS_A_CALL];
};

/* Adds a fault; its parameters follow `first` if the fault has one. */
void check_add(struct check_call *call, enum check_fault fault, uintptr_t a,
               uintptr_t b, uintptr_t c);

/* Hands the faults to the handler, which may not return. */
void check_report(const struct check_call *call);

#endif
