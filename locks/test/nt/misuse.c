/* Recording reports (locks/test/nt/misuse.h). */
#include "locks/test/nt/misuse.h"

#include <pthread.h>
#include <string.h>

enum { REPORTS = 64 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct kspin_bug_check reports[REPORTS];
static unsigned count, taken;

static void record(const struct kspin_bug_check *check, void *unused) {
  (void)unused;
  pthread_mutex_lock(&mutex);
  if (count < REPORTS)
    reports[count++] = *check;
  pthread_mutex_unlock(&mutex);
}

void nt_record(void) {
  pthread_mutex_lock(&mutex);
  count = taken = 0;
  pthread_mutex_unlock(&mutex);
  kspin_on_bug_check(record, NULL);
}

bool nt_take(struct kspin_bug_check *out) {
  pthread_mutex_lock(&mutex);
  bool any = taken < count;
  if (any)
    *out = reports[taken++];
  pthread_mutex_unlock(&mutex);
  return any;
}

bool nt_reported(uint32_t code, uintptr_t a, uintptr_t b, uintptr_t c,
                 uintptr_t d) {
  struct kspin_bug_check r;
  return nt_take(&r) && r.code == code && r.parameters[0] == a &&
         r.parameters[1] == b && r.parameters[2] == c && r.parameters[3] == d;
}

bool nt_reported_some(uint32_t code, uintptr_t a, uintptr_t b) {
  struct kspin_bug_check r;
  return nt_take(&r) && r.code == code && r.parameters[0] == a &&
         r.parameters[1] == b;
}

bool nt_reported_rule(uintptr_t first, const char *rule, uintptr_t c,
                      uintptr_t d) {
  struct kspin_bug_check r;
  return nt_take(&r) && r.code == 0xC4 && r.parameters[0] == first &&
         strcmp((const char *)(uintptr_t)r.parameters[1], rule) == 0 &&
         r.parameters[2] == c && r.parameters[3] == d;
}

bool nt_silent(void) {
  pthread_mutex_lock(&mutex);
  bool all = taken == count;
  pthread_mutex_unlock(&mutex);
  return all;
}

struct errand {
  void (*run)(void *argument);
  void *argument;
};

static void *do_errand(void *errand) {
  ((struct errand *)errand)->run(((struct errand *)errand)->argument);
  return NULL;
}

void nt_elsewhere(void (*run)(void *argument), void *argument) {
  struct errand errand = {run, argument};
  pthread_t thread;
  if (pthread_create(&thread, NULL, do_errand, &errand) == 0)
    pthread_join(thread, NULL);
}

void nt_fresh(PKSPIN_LOCK lock) {
  NtLockStorageFreed(lock, sizeof *lock);
  KeInitializeSpinLock(lock);
}
