/* Mistakes for the driver to make, one of each kind that it can. */
#ifndef LOCKS_TEST_DRIVER_PLANTS_H
#define LOCKS_TEST_DRIVER_PLANTS_H

#include "locks/test/driver/driver.h"

typedef struct _PLANT {
  const char *Name;
  ULONG Code;
  ULONG First; /* first parameter of 0xC4, or 0: whatever it is */
  VOID (*Run)(PBYTES_EXTENSION Extension);
} PLANT;

extern const PLANT Plants[]; /* ended by a null name */

#endif
