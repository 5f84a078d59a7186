/* The calling thread's IRQL. */
#include "locks/nt/irql.h"

_Thread_local KIRQL lock_irql;
