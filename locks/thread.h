/* The calling thread's record, and the nodes it may take.
 *
 * With -DLOCK_THREAD_ATTACHED nothing here calls a function: the thread must
 * have called lock_thread_attach(), and running out of something is a trap.
 * Without it a thread is attached by its first use, and running out prints one
 * line and aborts. Either way the limits of locks/record.h are the program's
 * to keep. */
#ifndef LOCKS_THREAD_H
#define LOCKS_THREAD_H

#include <stdatomic.h>
#include <stdint.h>

#include "locks/record.h"

extern _Thread_local struct lock_thread *lock_thread_current
    __attribute__((tls_model("initial-exec")));
extern struct lock_thread lock_threads[LOCK_THREADS_MAX + 1]; /* 0: nobody */
extern struct lock_node lock_nodes[LOCK_NODES_MAX]; /* page 0: nobody's */
extern _Atomic uint32_t lock_node_pages_taken;

/* Gives the calling thread a record, on its NUMA node, until it ends. Calling
 * it again changes nothing.
 * @return 0; -EAGAIN when LOCK_THREADS_MAX threads have one; -ENOMEM when the
 *         system cannot tell us of the thread's end */
int lock_thread_attach(void);

/* Gives the record back before the thread ends. A record that still holds a
 * lock is never used again. */
void lock_thread_detach(void);

/* Attaches or aborts. */
struct lock_thread *lock_thread_attach_or_abort(void);

/* Prints `kspin: what` and aborts. */
_Noreturn void lock_thread_fail(const char *what) __attribute__((cold));

LOCK_INLINE struct lock_thread *lock_thread_self(void) {
#ifdef LOCK_THREAD_ATTACHED
  return lock_thread_current;
#else
  struct lock_thread *self = lock_thread_current;
  return __builtin_expect(self != NULL, 1) ? self
                                           : lock_thread_attach_or_abort();
#endif
}

/* Says which threads the calling one is near to: those that give the same
 * number. Without it that is the NUMA node the thread was attached on; where
 * caches are shared by fewer processors than that, the number of the cache may
 * serve better. Holds for later acquisitions, until the thread is detached. */
LOCK_INLINE void lock_thread_set_domain(unsigned domain) {
  lock_thread_self()->domain = domain;
}

LOCK_INLINE struct lock_thread *lock_thread_at(uint32_t index) {
  return &lock_threads[index];
}

#ifdef LOCK_THREAD_ATTACHED
#define lock_thread_ran_out(what) __builtin_trap()
#else
#define lock_thread_ran_out(what) lock_thread_fail(what)
#endif

/* Takes a node that no thread has used yet. */
LOCK_INLINE struct lock_node *lock_node_new(struct lock_thread *self) {
  if (self->fresh == self->fresh_end) {
    /* relaxed: the counter only hands out pages, and a page is zero memory
     * that nobody has touched. */
    uint32_t page = 1 + atomic_fetch_add_explicit(&lock_node_pages_taken, 1,
                                                  memory_order_relaxed);
    if (page >= LOCK_NODES_MAX / LOCK_NODES_A_PAGE)
      lock_thread_ran_out("out of queue nodes (see LOCK_NODES_MAX)");
    self->fresh = &lock_nodes[page * LOCK_NODES_A_PAGE];
    self->fresh_end = self->fresh + LOCK_NODES_A_PAGE;
  }
  return self->fresh++;
}

/* Takes a node from those that this thread was given, or a new one. */
LOCK_INLINE struct lock_node *lock_node_take(struct lock_thread *self) {
  struct lock_node *node = self->node;
  self->node = NULL;
  if (__builtin_expect(node != NULL, 1))
    return node;
  node = self->spare;
  if (node == NULL)
    return lock_node_new(self);
  self->spare = node->link;
  return node;
}

/* Gives `node` to this thread, to take again; nobody else may be using it. One
 * lies ready: to put a node on a list is to write to its line. */
LOCK_INLINE void lock_node_give(struct lock_thread *self,
                                struct lock_node *node) {
  if (__builtin_expect(self->node == NULL, 1)) {
    self->node = node;
    return;
  }
  node->link = self->spare;
  self->spare = node;
}

#endif
