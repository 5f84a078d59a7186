/* The thread records and queue nodes that lock code sees under the checker. */
#ifndef LOCKS_MODEL_RECORDS_H
#define LOCKS_MODEL_RECORDS_H

#include <stddef.h>
#include <stdint.h>

/* Makes the records of `threads` threads, and all their nodes, new. */
void model_records_reset(unsigned threads);

/* Makes the thread the one whose record lock code finds. */
void model_records_select(unsigned thread);

/* Writes what lies at the address ("T1's node"), or "". */
void model_records_name(uintptr_t address, char *text, size_t size);

#endif
