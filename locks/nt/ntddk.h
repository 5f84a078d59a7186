/* ntddk.h: what wdm.h has; nothing of spin locks is declared here only. */
#ifndef LOCKS_NT_NTDDK_H
#define LOCKS_NT_NTDDK_H

#include "locks/nt/wdm.h"

#endif
