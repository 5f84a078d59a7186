/* Mutation of orders, at run time: the source is not touched. */
#include "locks/model/mutate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "locks/model/machine.h"

const struct model_config model_mutate_configs[] = {
    {MODEL_LOOP, 2, {1, 1}},     {MODEL_LOOP, 2, {2, 2}},
    {MODEL_LOOP, 3, {1, 1, 1}},  {MODEL_TRY, 2, {1, 2}},
    {MODEL_TRY, 3, {1, 1, 1}},   {MODEL_TEST, 3, {1, 1, 1}},
    {MODEL_NESTED, 2, {1, 1}},   {MODEL_LOOP, 3, {2, 1, 1}},
    {MODEL_TRY, 3, {2, 1, 1}},   {MODEL_SHARE, 2, {1, 1}},
    {MODEL_SHARE, 2, {2, 2}},    {MODEL_CONVERT, 2, {1, 1}},
    {MODEL_DRAIN, 2, {1, 1}},    {MODEL_SHARE, 3, {1, 1, 1}},
    {MODEL_CLAIM, 3, {1, 1, 1}}, {MODEL_LOOP, 0, {0}},
};

enum { MUTANTS = 256 };

struct work {
  const struct model_lock *lock;
  const struct model_search *search;
  struct model_mutant mutant[MUTANTS];
  unsigned count;
};

const char *model_fate_name(enum model_fate fate) {
  static const char *const names[] = {[MODEL_KILLED] = "killed",
                                      [MODEL_JUSTIFIED] = "justified",
                                      [MODEL_UNJUSTIFIED] = "survived"};
  return names[fate];
}

/* What seq_cst is one step above, for this operation. */
static enum model_order below_seq_cst(const struct model_site *site,
                                      enum model_role role) {
  if (strcmp(site->operation, "store") == 0)
    return MODEL_RELEASE;
  bool reads = role == MODEL_FAILURE || strcmp(site->operation, "load") == 0 ||
               strcmp(site->operation, "await_equal") == 0 ||
               strcmp(site->operation, "await_not_equal") == 0;
  return reads ? MODEL_ACQUIRE : MODEL_ACQ_REL;
}

/* The orders that are one step weaker. @return how many */
static unsigned weaker(const struct model_site *site, enum model_role role,
                       enum model_order *out) {
  switch (site->asked[role]) {
  case MODEL_SEQ_CST:
    out[0] = below_seq_cst(site, role);
    return 1;
  case MODEL_ACQ_REL:
    out[0] = MODEL_ACQUIRE;
    out[1] = MODEL_RELEASE;
    return 2;
  case MODEL_RELAXED:
    return 0;
  default:
    out[0] = MODEL_RELAXED;
    return 1;
  }
}

/* Runs every configuration, up to the first that fails.
 * @return that one, null when all pass, or an error in `error` */
static const struct model_config *first_failure(const struct work *work,
                                                struct model_result *result,
                                                int *error) {
  unsigned long long executions = 0;
  for (const struct model_config *config = model_mutate_configs;
       config->threads; config++) {
    if (!model_applies(work->lock, config))
      continue;
    *error = model_check(work->lock, config, work->search, result);
    if (*error)
      return NULL;
    if (result->verdict == MODEL_VIOLATED)
      return config;
    executions += result->executions;
  }
  result->executions = executions;
  return NULL;
}

static int add_mutants(struct work *work, const struct model_site *site,
                       enum model_role role) {
  enum model_order to[2];
  unsigned count = weaker(site, role, to);
  for (unsigned i = 0; i < count; i++) {
    if (work->count == MUTANTS)
      return -EOVERFLOW;
    work->mutant[work->count++] = (struct model_mutant){
        .site = site, .role = role, .from = site->asked[role], .to = to[i]};
  }
  return 0;
}

static int by_place(const void *a, const void *b) {
  const struct model_mutant *left = a, *right = b;
  int order = strcmp(left->site->file, right->site->file);
  return order ? order : left->site->line - right->site->line;
}

/* The kernel's own steps are not the lock's. */
static bool is_of_lock(const struct model_site *site) {
  size_t length = strlen(site->file);
  return length > 2 && strcmp(site->file + length - 2, ".h") == 0;
}

/* Runs the lock as it is, and lists the orders that this has executed. */
static int find_mutants(struct work *work) {
  struct model_result result = {0};
  unsigned before = model_machine.run;
  int error = 0;
  bool fails = first_failure(work, &result, &error) != NULL;
  free(result.trace);
  if (error || fails)
    return error ? error : -EINVAL;
  for (const struct model_site *site = model_sites; site && !error;
       site = site->next) {
    bool wanted = site->seen > before && is_of_lock(site);
    for (int role = 0; wanted && role < MODEL_ROLES && !error; role++)
      if (site->roles >> role & 1)
        error = add_mutants(work, site, (enum model_role)role);
  }
  qsort(work->mutant, work->count, sizeof *work->mutant, by_place);
  return error;
}

/* Is there a site between the comment and this one? Then it means that. */
static bool speaks_of(const struct model_survivor *survivor,
                      const struct model_mutant *mutant) {
  const struct model_site *site = mutant->site;
  if (strcmp(survivor->file, model_file_name(site->file)) != 0 ||
      survivor->line > site->line)
    return false;
  for (const struct model_site *other = model_sites; other; other = other->next)
    if (strcmp(other->file, site->file) == 0 && other->line >= survivor->line &&
        other->line < site->line)
      return false;
  return !survivor->as[0] ||
         strcmp(survivor->as, model_order_name(mutant->to)) == 0;
}

static void justify(struct model_mutant *mutant) {
  mutant->fate = MODEL_UNJUSTIFIED;
  mutant->why = "the source does not say why";
  for (struct model_survivor *survivor = model_survivors; survivor->file;
       survivor++) {
    if (!speaks_of(survivor, mutant))
      continue;
    survivor->used = true;
    mutant->fate = MODEL_JUSTIFIED;
    mutant->why = survivor->why;
  }
}

const struct model_survivor *
model_survivor_unused(const struct model_lock *lock) {
  for (const struct model_survivor *survivor = model_survivors; survivor->file;
       survivor++)
    if (!survivor->used && strcmp(survivor->file, lock->header) == 0)
      return survivor;
  return NULL;
}

static int judge(const struct work *work, struct model_mutant *mutant,
                 void (*report)(void *, const struct model_mutant *),
                 void *context) {
  struct model_result result = {0};
  struct model_site *site = (struct model_site *)(uintptr_t)mutant->site;
  int error = 0;
  model_site_replace(site, mutant->role, mutant->to);
  mutant->config = first_failure(work, &result, &error);
  model_site_restore(site);
  free(result.trace);
  if (error)
    return error;
  mutant->executions = result.executions;
  if (mutant->config) {
    mutant->fate = MODEL_KILLED;
    mutant->why = result.what;
  } else {
    justify(mutant);
  }
  report(context, mutant);
  return 0;
}

int model_mutate(const struct model_lock *lock,
                 const struct model_search *search,
                 void (*report)(void *context, const struct model_mutant *),
                 void *context) {
  struct work work = {.lock = lock, .search = search};
  int error = find_mutants(&work);
  for (unsigned i = 0; i < work.count && !error; i++)
    error = judge(&work, &work.mutant[i], report, context);
  return error;
}
