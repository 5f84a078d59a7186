/* Runs a litmus program and collects its outcomes. Compiled like lock code. */
#include "locks/model/litmus.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct run {
  const struct model_litmus *litmus;
  struct model_litmus_seen *seen;
  struct model_litmus_memory memory;
};

static void prepare(void *context) {
  struct run *run = context;
  memset(run->memory.reg, 0, sizeof run->memory.reg);
}

static void thread(void *context, unsigned number) {
  struct run *run = context;
  run->litmus->thread(&run->memory, number);
}

static void add(struct model_litmus_seen *seen, int outcome) {
  unsigned i = 0;
  while (i < seen->count && seen->outcome[i] != outcome)
    i++;
  model_claim(i < MODEL_OUTCOMES, "more outcomes than there is room for");
  seen->outcome[i] = outcome;
  seen->count += i == seen->count;
}

static void finish(void *context) {
  struct run *run = context;
  struct model_litmus_memory *memory = &run->memory;
  int outcome = 0;
  for (unsigned i = 0; i < run->litmus->registers; i++)
    outcome = 10 * outcome + (int)memory->reg[i];
  if (run->litmus->registers == 0)
    outcome = 10 * (int)atomic_load_explicit(&memory->x, memory_order_relaxed) +
              (int)atomic_load_explicit(&memory->y, memory_order_relaxed);
  add(run->seen, outcome);
}

static int compare(const void *a, const void *b) {
  int left = *(const int *)a, right = *(const int *)b;
  return (left > right) - (left < right);
}

int model_litmus_run(const struct model_litmus *litmus,
                     const struct model_search *search,
                     struct model_result *out, struct model_litmus_seen *seen) {
  struct model_litmus_seen outcomes = {.count = 0};
  struct run run = {.litmus = litmus, .seen = &outcomes};
  struct model_program program = {.threads = litmus->threads,
                                  .prepare = prepare,
                                  .thread = thread,
                                  .finish = finish,
                                  .context = &run};
  int error = model_explore(&program, search, out);
  if (error)
    return error;
  qsort(outcomes.outcome, outcomes.count, sizeof *outcomes.outcome, compare);
  *seen = outcomes;
  return 0;
}

/* @return the list's next number, and puts `at` behind it; -1 at its end */
static int next_outcome(const char **at) {
  char *end;
  while (*at && **at == ' ')
    ++*at;
  if (!*at || !**at)
    return -1;
  int outcome = (int)strtol(*at, &end, 10);
  *at = end;
  return outcome;
}

static bool lists(const char *list, int wanted) {
  for (int outcome; (outcome = next_outcome(&list)) >= 0;)
    if (outcome == wanted)
      return true;
  return false;
}

bool model_litmus_agrees(const struct model_litmus *litmus,
                         const struct model_litmus_seen *seen) {
  unsigned expected = 0;
  const char *list = litmus->allowed;
  for (int outcome; (outcome = next_outcome(&list)) >= 0;)
    expected += !lists(litmus->hidden, outcome);
  for (unsigned i = 0; i < seen->count; i++)
    if (!lists(litmus->allowed, seen->outcome[i]) ||
        lists(litmus->hidden, seen->outcome[i]))
      return false;
  return expected == seen->count;
}
