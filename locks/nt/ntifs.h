/* ntifs.h: what ntddk.h has. */
#ifndef LOCKS_NT_NTIFS_H
#define LOCKS_NT_NTIFS_H

#include "locks/nt/ntddk.h"

#endif
