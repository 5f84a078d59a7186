/* For the tests only: leaving checks out, to see that a test notices. */
#ifndef LOCKS_NT_CHECKED_SEED_H
#define LOCKS_NT_CHECKED_SEED_H

#include <stdatomic.h>
#include <stdint.h>

/* Leaves out the reports of the rows of nt-api.md 4.3 whose bit is set. */
__attribute__((visibility("default"))) void check_disable_rows(uint64_t rows);

#endif
