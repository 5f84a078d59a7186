/* Thread records: handed out, given back at thread exit, used again.
 *
 * Nothing here is on a measured path. A record goes to a thread on the NUMA
 * node that first touched it as long as there is one, because the home of a
 * record's page is settled by that first touch. */
#include "locks/thread.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "locks/await.h"

_Thread_local struct lock_thread *lock_thread_current;
struct lock_thread lock_threads[LOCK_THREADS_MAX + 1];
alignas(LOCK_PAGE_BYTES) struct lock_node lock_nodes[LOCK_NODES_MAX];
_Atomic uint32_t lock_node_pages_taken;

static pthread_mutex_t records = PTHREAD_MUTEX_INITIALIZER;
static struct lock_thread *retired; /* records whose thread has ended */
static uint32_t used;               /* records ever handed out */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t exit_key;
static int exit_key_error;

static int numa_node_here(void) {
  unsigned cpu, node;
  return getcpu(&cpu, &node) == 0 ? (int)node : -1;
}

/* Takes the first retired record of NUMA node `home`, or of any if -1. */
static struct lock_thread *take_retired(int home) {
  for (struct lock_thread **link = &retired; *link != NULL;
       link = &(*link)->next_retired) {
    struct lock_thread *record = *link;
    if (home != -1 && record->home != home)
      continue;
    *link = record->next_retired;
    return record;
  }
  return NULL;
}

static struct lock_thread *take_unused(int home) {
  if (used == LOCK_THREADS_MAX)
    return NULL;
  struct lock_thread *record = &lock_threads[++used];
  record->index = used;
  record->home = home;
  return record;
}

static struct lock_thread *take_record(void) {
  int home = numa_node_here();
  pthread_mutex_lock(&records);
  struct lock_thread *record = take_retired(home);
  if (record == NULL)
    record = take_unused(home);
  if (record == NULL)
    record = take_retired(-1);
  pthread_mutex_unlock(&records);
  if (record == NULL)
    return NULL;
  record->domain = home == -1 ? 0 : (uint32_t)home;
  record->held = record->slots;
  return record;
}

static void retire_record(struct lock_thread *record) {
  /* The last hand-over through `grant` may still be on its way. relaxed: no
   * data comes with the answer. */
  await_equal_ptr(&record->grant, 0, memory_order_relaxed);
  if (record->held != record->slots)
    return; /* other threads may wait on its nodes for ever */
  pthread_mutex_lock(&records);
  record->next_retired = retired;
  retired = record;
  pthread_mutex_unlock(&records);
}

/* Runs at thread exit. If a later destructor takes a lock the thread is
 * attached anew, and this runs again. */
static void thread_exit(void *record) {
  lock_thread_current = NULL;
  retire_record(record);
}

/* A huge page would put the records of many threads on the node of the first
 * one. A kernel without huge pages refuses, which is as good. */
static void prepare(void) {
  madvise(lock_threads, sizeof lock_threads, MADV_NOHUGEPAGE);
  madvise(lock_nodes, sizeof lock_nodes, MADV_NOHUGEPAGE);
  exit_key_error = pthread_key_create(&exit_key, thread_exit);
}

int lock_thread_attach(void) {
  if (lock_thread_current != NULL)
    return 0;
  pthread_once(&once, prepare);
  if (exit_key_error != 0)
    return -exit_key_error;
  struct lock_thread *record = take_record();
  if (record == NULL)
    return -EAGAIN;
  int error = pthread_setspecific(exit_key, record);
  if (error != 0) {
    retire_record(record);
    return -error;
  }
  lock_thread_current = record;
  return 0;
}

void lock_thread_detach(void) {
  struct lock_thread *record = lock_thread_current;
  if (record == NULL)
    return;
  pthread_setspecific(exit_key, NULL);
  thread_exit(record);
}

struct lock_thread *lock_thread_attach_or_abort(void) {
  if (lock_thread_attach() != 0)
    lock_thread_fail("too many threads use locks (see LOCK_THREADS_MAX)");
  return lock_thread_current;
}

void lock_thread_fail(const char *what) {
  const char *parts[] = {"kspin: ", what, "\n"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (write(STDERR_FILENO, parts[i], strlen(parts[i])) < 0)
      break;
  abort();
}
