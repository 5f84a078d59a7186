/* Programs that use a lock, and what they hold it to. */
#ifndef LOCKS_MODEL_CLIENT_H
#define LOCKS_MODEL_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "locks/contract.h"
#include "locks/model/model.h"

/* A lock header, compiled for the checker (<family>.c.in). */
struct model_lock {
  const char *family, *name;
  const char *header; /* its path from the top of the tree */
  unsigned traits;    /* LOCK_ bits of locks/contract.h */
  const struct lock_properties *properties;
  size_t handle_bytes; /* 0: acquire takes none */
  void (*acquire)(void *lock, void *handle);
  bool (*try_acquire)(void *lock); /* null without LOCK_TRY */
  void (*release)(void *lock, void *handle);
  bool (*is_held)(const void *lock);
  /* A reader/writer lock's; null in the others, whose holders all write. */
  void (*acquire_shared)(void *lock);
  void (*release_shared)(void *lock);
  bool (*try_convert)(void *lock);
  bool (*convert_draining)(void *lock);
};

enum model_scenario {
  MODEL_LOOP,   /* thread i acquires and releases threads[i] times */
  MODEL_TRY,    /* thread 0 likewise; the others only try */
  MODEL_TEST,   /* likewise; the last thread only asks is_held */
  MODEL_NESTED, /* two locks at once, released in the order of acquisition */
  /* Of reader/writer locks. */
  MODEL_SHARE,   /* thread 0 writes, the others read */
  MODEL_CLAIM,   /* the last thread reads, the others write */
  MODEL_READ,    /* all read: nobody has to wait */
  MODEL_CONVERT, /* all read, and write if they can without waiting */
  MODEL_DRAIN,   /* likewise, but wait for the others; the last only reads */
  MODEL_SCENARIOS,
};

struct model_config {
  enum model_scenario scenario;
  unsigned threads, times[MODEL_PROGRAM_THREADS];
};

/* Ended by 0 threads. */
extern const struct model_config model_quick_configs[];
extern const struct model_config model_long_configs[];
extern const struct model_config model_wide_configs[];

const char *model_scenario_name(enum model_scenario scenario);

/* @return whether the lock can run it (MODEL_TRY needs
 * LOCK_TRY, MODEL_TEST LOCK_TEST, MODEL_SHARE and what follows a reader/writer
 * lock) */
bool model_applies(const struct model_lock *lock,
                   const struct model_config *config);

/* Checks the lock in one configuration: exclusion (as a race on what it
 * protects), hangs, handles, the order and the bypass that it claims, try and
 * test, and the word when all is over.
 * @return as model_explore() */
int model_check(const struct model_lock *lock,
                const struct model_config *config,
                const struct model_search *search, struct model_result *out);

/* The locks of locks/meson.build, ended by null. */
extern const struct model_lock *const model_locks[];

/* Not locks, for tests; likewise. */
extern const struct model_lock *const model_hidden_locks[];

/* @return null if there is none */
const struct model_lock *model_lock_find(const char *family, const char *name);

#endif
