/* The waiting array of the process. */
#include "locks/slots.h"

#include <stdalign.h>

#include "locks/cpu.h"

alignas(CPU_PAIR_BYTES) _Atomic uint32_t lock_slots[LOCK_SLOTS];
