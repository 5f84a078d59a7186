/* The records of checked mode. */
#include "locks/nt/checked/state.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "locks/thread.h"

enum { BUCKETS = 4096 };

_Thread_local struct check_thread check_self;
struct check_lock *check_live;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct check_lock *buckets[BUCKETS];

void check_lock_state(void) {
  pthread_mutex_lock(&mutex);
}

void check_unlock_state(void) {
  pthread_mutex_unlock(&mutex);
}

static struct check_lock **bucket(uintptr_t address) {
  return &buckets[(address >> 2) * 0x9E3779B97F4A7C15u >> 52 & (BUCKETS - 1)];
}

static struct check_lock *find(uintptr_t address) {
  struct check_lock *lock = *bucket(address);
  while (lock != NULL && lock->address != address)
    lock = lock->next;
  return lock;
}

struct check_lock *check_find(const volatile void *address) {
  return find((uintptr_t)address);
}

struct check_lock *check_make(const volatile void *address) {
  struct check_lock *lock = check_find(address);
  if (lock != NULL)
    return lock;
  lock = calloc(1, sizeof *lock);
  if (lock == NULL)
    lock_thread_fail("checked mode is out of memory");
  struct check_lock **head = bucket((uintptr_t)address);
  lock->address = (uintptr_t)address;
  lock->next = *head;
  *head = lock;
  return lock;
}

bool check_is_held(const struct check_lock *lock) {
  return lock->owner != NULL || lock->readers != 0;
}

static void drop_edges_to(struct check_lock *lock) {
  for (unsigned b = 0; b < BUCKETS; b++)
    for (struct check_lock *from = buckets[b]; from; from = from->next)
      for (unsigned i = from->edge_count; i-- > 0;)
        if (from->edges[i].to == lock)
          from->edges[i] = from->edges[--from->edge_count];
}

void check_drop(struct check_lock *lock) {
  struct check_lock **link = bucket(lock->address);
  while (*link != lock)
    link = &(*link)->next;
  *link = lock->next;
  drop_edges_to(lock);
  free(lock->edges);
  free(lock);
}

/* Looks at each address of a short range, at each record for a long one. */
void check_each(uintptr_t begin, uintptr_t end,
                void (*visit)(struct check_lock *lock, void *context),
                void *context) {
  if (end - begin < BUCKETS) {
    for (uintptr_t at = (begin + 3) & ~(uintptr_t)3; at < end; at += 4) {
      struct check_lock *lock = find(at);
      if (lock != NULL)
        visit(lock, context);
    }
    return;
  }
  for (unsigned b = 0; b < BUCKETS; b++)
    for (struct check_lock *lock = buckets[b], *next; lock; lock = next) {
      next = lock->next;
      if (lock->address >= begin && lock->address < end)
        visit(lock, context);
    }
}

struct check_hold *check_hold_of(const volatile void *address) {
  for (unsigned i = check_self.held; i-- > 0;)
    if (check_self.holds[i].lock->address == (uintptr_t)address)
      return &check_self.holds[i];
  return NULL;
}

void check_push_raise(KIRQL old) {
  if (check_self.raised == CHECK_RAISES_MAX)
    memmove(check_self.raises, check_self.raises + 1,
            --check_self.raised * sizeof *check_self.raises);
  check_self.raises[check_self.raised++] = old;
}

void check_add_first(struct check_call *call, enum check_fault fault,
                     uintptr_t a, uintptr_t b, uintptr_t c) {
  if (call->count == 0)
    check_add(call, fault, a, b, c);
}

bool check_address(struct check_call *call, enum check_kind kind) {
  uintptr_t address = (uintptr_t)call->lock;
  size_t align =
      kind == CHECK_READER ? sizeof(EX_SPIN_LOCK) : sizeof(KSPIN_LOCK);
  if (address == 0)
    check_add_first(call, CHECK_NULL_LOCK, address, 0, 0);
  else if (address % align != 0)
    check_add_first(call, CHECK_MISALIGNED, address, 0, 0);
  return address != 0 && address % align == 0;
}
