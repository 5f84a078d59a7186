/* Choosing the implementations behind libkspin's routines, once. */
#include "locks/nt/choice.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "locks/all.h"
#include "locks/nt/kspin.h"

static const struct kspin_executive executive_rows[] = {
#define LOCK_EXECUTIVE(lock)                                                   \
  {#lock, executive_##lock##_acquire, executive_##lock##_try_acquire,          \
   executive_##lock##_release, executive_##lock##_is_held},
#include "locks/list.h"
};

static const struct kspin_queued queued_rows[] = {
#define LOCK_QUEUED(lock)                                                      \
  {#lock, queued_##lock##_acquire, queued_##lock##_release},
#include "locks/list.h"
};

enum {
  EXECUTIVE_ROWS = sizeof executive_rows / sizeof *executive_rows,
  QUEUED_ROWS = sizeof queued_rows / sizeof *queued_rows,
};

static pthread_mutex_t choosing = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t environment_read = PTHREAD_ONCE_INIT;
static const struct kspin_executive *executive = &executive_rows[0];
static const struct kspin_queued *queued = &queued_rows[0];
static bool settled;

const char *kspin_executive_choice(unsigned i) {
  return i < EXECUTIVE_ROWS ? executive_rows[i].name : NULL;
}

const char *kspin_queued_choice(unsigned i) {
  return i < QUEUED_ROWS ? queued_rows[i].name : NULL;
}

/* @return the index of `name` among the choices, or -1 */
static int find(const char *name, const char *(*choice)(unsigned i)) {
  for (unsigned i = 0; choice(i) != NULL; i++)
    if (strcmp(choice(i), name) == 0)
      return (int)i;
  return -1;
}

/* @return the index that environment variable `variable` asks for, or -1 if it
 *         is not set; does not return if it names no lock */
static int find_in_environment(const char *variable,
                               const char *(*choice)(unsigned i)) {
  const char *name = getenv(variable);
  if (name == NULL || *name == '\0')
    return -1;
  int index = find(name, choice);
  if (index >= 0)
    return index;
  fprintf(stderr,
          "%s: %s=%s: no such lock; there are:", program_invocation_short_name,
          variable, name);
  for (unsigned i = 0; choice(i) != NULL; i++)
    fprintf(stderr, " %s", choice(i));
  fprintf(stderr, "\n");
  _exit(2);
}

static void read_environment(void) {
  int e = find_in_environment("KSPIN_EXECUTIVE", kspin_executive_choice);
  int q = find_in_environment("KSPIN_QUEUED", kspin_queued_choice);
  if (e >= 0)
    executive = &executive_rows[e];
  if (q >= 0)
    queued = &queued_rows[q];
}

/* Not waiting for the first use: a wrong name is found at once. */
__attribute__((constructor)) static void start(void) {
  pthread_once(&environment_read, read_environment);
}

int kspin_choose(const char *executive_name, const char *queued_name) {
  pthread_once(&environment_read, read_environment);
  int e = 0, q = 0;
  if (executive_name != NULL)
    e = find(executive_name, kspin_executive_choice);
  if (queued_name != NULL)
    q = find(queued_name, kspin_queued_choice);
  if (e < 0 || q < 0)
    return -EINVAL;
  pthread_mutex_lock(&choosing);
  int result = settled ? -EBUSY : 0;
  if (result == 0 && executive_name != NULL)
    executive = &executive_rows[e];
  if (result == 0 && queued_name != NULL)
    queued = &queued_rows[q];
  pthread_mutex_unlock(&choosing);
  return result;
}

const char *kspin_executive_name(void) {
  pthread_once(&environment_read, read_environment);
  pthread_mutex_lock(&choosing);
  const char *name = executive->name;
  pthread_mutex_unlock(&choosing);
  return name;
}

const char *kspin_queued_name(void) {
  pthread_once(&environment_read, read_environment);
  pthread_mutex_lock(&choosing);
  const char *name = queued->name;
  pthread_mutex_unlock(&choosing);
  return name;
}

/* Ends the choosing: a lock is being used. */
static void settle(void) {
  pthread_once(&environment_read, read_environment);
  pthread_mutex_lock(&choosing);
  settled = true;
  /* relaxed: the tables behind the pointers never change. */
  atomic_store_explicit(&kspin_executive_now, executive, memory_order_relaxed);
  atomic_store_explicit(&kspin_queued_now, queued, memory_order_relaxed);
  pthread_mutex_unlock(&choosing);
}

static void first_acquire(KSPIN_LOCK *lock) {
  settle();
  executive->acquire(lock);
}

static bool first_try_acquire(KSPIN_LOCK *lock) {
  settle();
  return executive->try_acquire(lock);
}

static void first_release(KSPIN_LOCK *lock) {
  settle();
  executive->release(lock);
}

static bool first_is_held(const KSPIN_LOCK *lock) {
  settle();
  return executive->is_held(lock);
}

static void first_queued_acquire(KSPIN_LOCK *lock, KSPIN_LOCK_QUEUE *node) {
  settle();
  queued->acquire(lock, node);
}

static void first_queued_release(KSPIN_LOCK_QUEUE *node) {
  settle();
  queued->release(node);
}

static const struct kspin_executive first_executive = {
    "", first_acquire, first_try_acquire, first_release, first_is_held};
static const struct kspin_queued first_queued = {"", first_queued_acquire,
                                                 first_queued_release};
const struct kspin_executive *_Atomic kspin_executive_now = &first_executive;
const struct kspin_queued *_Atomic kspin_queued_now = &first_queued;
