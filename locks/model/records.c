/* Thread records for coroutines: each has a page of nodes from the start, as
 * handing pages out is no part of any lock. Compiled like lock code. */
#include "locks/model/records.h"

#include <stdio.h>
#include <string.h>

#include "locks/slots.h"
#include "locks/thread.h"

_Thread_local struct lock_thread *lock_thread_current;
struct lock_thread lock_threads[LOCK_THREADS_MAX + 1];
struct lock_node lock_nodes[LOCK_NODES_MAX];
_Atomic uint32_t lock_node_pages_taken;
_Atomic uint32_t lock_slots[LOCK_SLOTS];

/* Thread 0 has record 1 and page 1. */
static struct lock_node *page_of(unsigned thread) {
  return &lock_nodes[(thread + 1) * LOCK_NODES_A_PAGE];
}

void model_records_reset(unsigned threads) {
  memset((void *)lock_slots, 0, sizeof lock_slots);
  for (unsigned i = 0; i < threads; i++) {
    struct lock_thread *record = &lock_threads[i + 1];
    memset((void *)record, 0, sizeof *record);
    record->index = i + 1;
    record->domain = i % 2;
    record->held = record->slots;
    record->fresh = page_of(i);
    record->fresh_end = record->fresh + LOCK_NODES_A_PAGE;
    memset((void *)record->fresh, 0, LOCK_PAGE_BYTES);
  }
}

void model_records_select(unsigned thread) {
  lock_thread_current = &lock_threads[thread + 1];
}

void model_records_name(uintptr_t address, char *text, size_t size) {
  uintptr_t record = address - (uintptr_t)&lock_threads[1];
  uintptr_t node = address - (uintptr_t)page_of(0);
  uintptr_t slot = address - (uintptr_t)lock_slots;
  const char *what = "record";
  size_t index = 0, offset;
  text[0] = '\0';
  if (slot < sizeof lock_slots) {
    snprintf(text, size, "slot %zu", (size_t)slot / sizeof *lock_slots);
    return;
  }
  if (record < sizeof lock_threads) {
    offset = record % sizeof *lock_threads;
    record /= sizeof *lock_threads;
  } else if (node < sizeof lock_nodes) {
    what = "node";
    record = node / LOCK_PAGE_BYTES;
    index = node % LOCK_PAGE_BYTES / sizeof *lock_nodes;
    offset = node % sizeof *lock_nodes;
  } else {
    return;
  }
  int used = snprintf(text, size, "T%zu's %s", (size_t)record, what);
  if (index)
    used += snprintf(text + used, size - (size_t)used, " %zu", index + 1);
  if (offset)
    snprintf(text + used, size - (size_t)used, "+%zu", offset);
}
