/* The search over executions, depth first and without keeping states: every
 * execution is run from its start. */
#include "locks/model/explore.h"

#include <errno.h>
#include <string.h>

struct model_explorer model_explorer;

/* Takes the top decision otherwise. @return false when none is left */
static bool next_branch(void) {
  struct model_explorer *explorer = &model_explorer;
  for (; explorer->count > 0; explorer->count--) {
    struct model_node *node = &explorer->node[explorer->count - 1];
    if (!node->fresh && ++node->next < node->count)
      return true;
    if (!node->turn)
      continue;
    node->done |= (uint8_t)(1U << node->thread);
    unsigned left = node->backtrack & ~(unsigned)node->done;
    if (left == 0)
      continue;
    node->thread = (uint8_t)__builtin_ctz(left);
    node->fresh = true;
    return true;
  }
  return false;
}

static bool enough(const struct model_result *result) {
  const struct model_search *search = &model_explorer.search;
  if (search->random)
    return result->executions >= search->random;
  return search->limit && result->executions >= search->limit;
}

static void begin(struct model_result *result) {
  struct model_explorer *explorer = &model_explorer;
  explorer->depth = 0;
  explorer->preemptions = 0;
  explorer->last = 0;
  memset(explorer->asleep, 0, sizeof explorer->asleep);
  model_machine_reset();
  if (model_execute())
    result->executions++;
  else
    result->cut++;
  if (model_machine.step_count > result->longest)
    result->longest = model_machine.step_count;
}

static int search(struct model_result *result) {
  struct model_machine *machine = &model_machine;
  const struct model_search *how = &model_explorer.search;
  result->verdict = MODEL_BOUNDED;
  do {
    begin(result);
    if (machine->error)
      return machine->error;
    if (machine->what[0]) {
      result->verdict = MODEL_VIOLATED;
      memcpy(result->what, machine->what, sizeof result->what);
      result->trace = model_trace();
      return result->trace ? 0 : -ENOMEM;
    }
    if (enough(result))
      return 0;
  } while (how->random || next_branch());
  if (how->bound < 0)
    result->verdict = MODEL_VERIFIED;
  return 0;
}

static int open_threads(unsigned threads) {
  for (unsigned i = 0; i <= threads; i++) {
    struct model_thread *thread = &model_machine.thread[i];
    if (!thread->coroutine)
      thread->coroutine = model_coroutine_open();
    if (!thread->coroutine)
      return -ENOMEM;
  }
  return 0;
}

int model_explore(const struct model_program *program,
                  const struct model_search *how, struct model_result *out) {
  struct model_machine *machine = &model_machine;
  struct model_explorer *explorer = &model_explorer;
  struct model_result result = {0};
  if (program->threads < 1 || program->threads >= MODEL_THREADS)
    return -EINVAL;
  int error = open_threads(program->threads);
  if (error)
    return error;
  explorer->search = how ? *how : (struct model_search){.bound = -1};
  machine->every_store = explorer->search.reduction == MODEL_REDUCE_NONE;
  if (explorer->search.bound >= 0)
    explorer->search.reduction = MODEL_REDUCE_NONE; /* it would miss some */
  explorer->count = 0;
  explorer->random = explorer->search.seed;
  machine->program = program;
  machine->threads = program->threads;
  machine->error = 0;
  machine->run++;
  machine->step_limit = explorer->search.steps ? explorer->search.steps : 1000;
  if (machine->step_limit > MODEL_STEPS)
    machine->step_limit = MODEL_STEPS;
  error = search(&result);
  if (!error)
    *out = result;
  return error;
}
