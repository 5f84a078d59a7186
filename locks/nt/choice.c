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

static const struct kspin_reader reader_rows[] = {
#define LOCK_READER(lock)                                                      \
  {#lock,                                                                      \
   reader_##lock##_acquire_exclusive,                                          \
   reader_##lock##_release_exclusive,                                          \
   reader_##lock##_acquire_shared,                                             \
   reader_##lock##_release_shared,                                             \
   reader_##lock##_try_convert,                                                \
   reader_##lock##_convert_draining},
#include "locks/list.h"
};

#define ROWS(rows) (sizeof(rows) / sizeof *(rows))

const char *kspin_executive_choice(unsigned i) {
  return i < ROWS(executive_rows) ? executive_rows[i].name : NULL;
}

const char *kspin_queued_choice(unsigned i) {
  return i < ROWS(queued_rows) ? queued_rows[i].name : NULL;
}

const char *kspin_reader_choice(unsigned i) {
  return i < ROWS(reader_rows) ? reader_rows[i].name : NULL;
}

enum { EXECUTIVE, QUEUED, READER, FAMILIES };

static const struct family {
  const char *variable;
  const char *(*choice)(unsigned i);
} families[FAMILIES] = {
    [EXECUTIVE] = {"KSPIN_EXECUTIVE", kspin_executive_choice},
    [QUEUED] = {"KSPIN_QUEUED", kspin_queued_choice},
    [READER] = {"KSPIN_READER", kspin_reader_choice},
};

static pthread_mutex_t choosing = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t environment_read = PTHREAD_ONCE_INIT;
static int chosen[FAMILIES]; /* rows */
static bool settled;

/* @return the index of `name` among the choices, or -1 */
static int find(const struct family *family, const char *name) {
  for (unsigned i = 0; family->choice(i) != NULL; i++)
    if (strcmp(family->choice(i), name) == 0)
      return (int)i;
  return -1;
}

/* @return the index that the environment asks for, or 0 if it says nothing;
 *         does not return if it names no lock */
static int find_in_environment(const struct family *family) {
  const char *name = getenv(family->variable);
  if (name == NULL || *name == '\0')
    return 0;
  int index = find(family, name);
  if (index >= 0)
    return index;
  fprintf(stderr,
          "%s: %s=%s: no such lock; there are:", program_invocation_short_name,
          family->variable, name);
  for (unsigned i = 0; family->choice(i) != NULL; i++)
    fprintf(stderr, " %s", family->choice(i));
  fprintf(stderr, "\n");
  _exit(2);
}

static void read_environment(void) {
  for (int i = 0; i < FAMILIES; i++)
    chosen[i] = find_in_environment(&families[i]);
}

/* Not waiting for the first use: a wrong name is found at once. */
__attribute__((constructor)) static void start(void) {
  pthread_once(&environment_read, read_environment);
}

int kspin_choose(const char *executive, const char *queued,
                 const char *reader) {
  const char *names[FAMILIES] = {
      [EXECUTIVE] = executive, [QUEUED] = queued, [READER] = reader};
  int rows[FAMILIES];
  pthread_once(&environment_read, read_environment);
  for (int i = 0; i < FAMILIES; i++)
    if (names[i] != NULL && (rows[i] = find(&families[i], names[i])) < 0)
      return -EINVAL;
  pthread_mutex_lock(&choosing);
  int result = settled ? -EBUSY : 0;
  for (int i = 0; i < FAMILIES; i++)
    if (result == 0 && names[i] != NULL)
      chosen[i] = rows[i];
  pthread_mutex_unlock(&choosing);
  return result;
}

static const char *chosen_name(int family) {
  pthread_once(&environment_read, read_environment);
  pthread_mutex_lock(&choosing);
  const char *name = families[family].choice((unsigned)chosen[family]);
  pthread_mutex_unlock(&choosing);
  return name;
}

const char *kspin_executive_name(void) {
  return chosen_name(EXECUTIVE);
}

const char *kspin_queued_name(void) {
  return chosen_name(QUEUED);
}

const char *kspin_reader_name(void) {
  return chosen_name(READER);
}

/* Ends the choosing: a lock is being used. */
static void settle(void) {
  pthread_once(&environment_read, read_environment);
  pthread_mutex_lock(&choosing);
  settled = true;
  /* relaxed: the tables behind the pointers never change. */
  atomic_store_explicit(&kspin_executive_now,
                        &executive_rows[chosen[EXECUTIVE]],
                        memory_order_relaxed);
  atomic_store_explicit(&kspin_queued_now, &queued_rows[chosen[QUEUED]],
                        memory_order_relaxed);
  atomic_store_explicit(&kspin_reader_now, &reader_rows[chosen[READER]],
                        memory_order_relaxed);
  pthread_mutex_unlock(&choosing);
}

/* Stand-ins until the first use: each settles the choice and goes on. */
#define FIRST(type, returns, family, verb, parameters, arguments)              \
  static type first_##family##_##verb parameters {                             \
    settle();                                                                  \
    /* relaxed: as above. */                                                   \
    returns atomic_load_explicit(&kspin_##family##_now, memory_order_relaxed)  \
        ->verb arguments;                                                      \
  }

FIRST(void, , executive, acquire, (KSPIN_LOCK * lock), (lock))
FIRST(bool, return, executive, try_acquire, (KSPIN_LOCK * lock), (lock))
FIRST(void, , executive, release, (KSPIN_LOCK * lock), (lock))
FIRST(bool, return, executive, is_held, (const KSPIN_LOCK *lock), (lock))
FIRST(void, , queued, acquire, (KSPIN_LOCK * lock, KSPIN_LOCK_QUEUE *node),
      (lock, node))
FIRST(void, , queued, release, (KSPIN_LOCK_QUEUE * node), (node))
FIRST(void, , reader, acquire_exclusive, (EX_SPIN_LOCK * lock), (lock))
FIRST(void, , reader, release_exclusive, (EX_SPIN_LOCK * lock), (lock))
FIRST(void, , reader, acquire_shared, (EX_SPIN_LOCK * lock), (lock))
FIRST(void, , reader, release_shared, (EX_SPIN_LOCK * lock), (lock))
FIRST(bool, return, reader, try_convert, (EX_SPIN_LOCK * lock), (lock))
FIRST(bool, return, reader, convert_draining, (EX_SPIN_LOCK * lock), (lock))

static const struct kspin_executive first_executive = {
    "", first_executive_acquire, first_executive_try_acquire,
    first_executive_release, first_executive_is_held};
static const struct kspin_queued first_queued = {"", first_queued_acquire,
                                                 first_queued_release};
static const struct kspin_reader first_reader = {"",
                                                 first_reader_acquire_exclusive,
                                                 first_reader_release_exclusive,
                                                 first_reader_acquire_shared,
                                                 first_reader_release_shared,
                                                 first_reader_try_convert,
                                                 first_reader_convert_draining};
const struct kspin_executive *_Atomic kspin_executive_now = &first_executive;
const struct kspin_queued *_Atomic kspin_queued_now = &first_queued;
const struct kspin_reader *_Atomic kspin_reader_now = &first_reader;
