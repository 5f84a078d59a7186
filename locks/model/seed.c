/* Runs a lock with a seeded bug. */
#include "locks/model/seed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "locks/model/machine.h"
#include "locks/model/site.h"

const struct model_seed *model_seed_find(unsigned number) {
  for (const struct model_seed *seed = model_seeds; seed->number; seed++)
    if (seed->number == number)
      return seed;
  return NULL;
}

static const struct model_lock *changed_copy(unsigned number) {
  const struct model_seed_copy *copy = model_seed_copies;
  for (; copy->number; copy++)
    if (copy->number == number)
      return *copy->gone ? NULL : copy->lock;
  return NULL;
}

static bool is_site(const struct model_seed *seed,
                    const struct model_site *site) {
  return strcmp(site->function, seed->function) == 0 &&
         strcmp(site->operation, seed->operation) == 0 &&
         strcmp(site->text, seed->text) == 0;
}

/* Weakens the seed's sites among those that ran since `before`.
 * @return how many there are */
static unsigned weaken(const struct model_seed *seed, unsigned before) {
  unsigned count = 0;
  for (struct model_site *site = model_sites; site; site = site->next) {
    if (site->seen <= before || !is_site(seed, site))
      continue;
    model_site_replace(site, MODEL_SUCCESS, seed->order);
    count++;
  }
  return count;
}

static void restore(void) {
  for (struct model_site *site = model_sites; site; site = site->next)
    model_site_restore(site);
}

/* The sites are found by running the lock without the bug. */
static int check_weakened(const struct model_seed *seed,
                          const struct model_lock *lock,
                          const struct model_search *search,
                          struct model_result *out) {
  unsigned before = model_machine.run;
  struct model_result sound = {0};
  int error = model_check(lock, &seed->config, search, &sound);
  free(sound.trace);
  if (error)
    return error;
  if (!weaken(seed, before))
    return -ENOENT;
  error = model_check(lock, &seed->config, search, out);
  restore();
  return error;
}

int model_seed_check(const struct model_seed *seed,
                     const struct model_search *search,
                     struct model_result *out) {
  bool weak = seed->function;
  const struct model_lock *lock = changed_copy(seed->number);
  if (weak)
    lock = model_lock_find(seed->family, seed->name);
  if (!lock)
    return -ENOENT;
  return weak ? check_weakened(seed, lock, search, out)
              : model_check(lock, &seed->config, search, out);
}
