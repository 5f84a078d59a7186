/* Decisions: those of the stack again, then new ones on top of it. */
#include "locks/model/explore.h"

#include <errno.h>
#include <string.h>

static uint64_t random_below(uint64_t count) {
  uint64_t word = model_explorer.random += 0x9e3779b97f4a7c15U;
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9U;
  word = (word ^ (word >> 27)) * 0x94d049bb133111ebU;
  return (word ^ (word >> 31)) % count;
}

static struct model_node *node_new(void) {
  struct model_explorer *explorer = &model_explorer;
  if (explorer->count == MODEL_NODES) {
    model_fail(-EOVERFLOW);
    return NULL;
  }
  struct model_node *node = &explorer->node[explorer->count++];
  memset(node, 0, offsetof(struct model_node, alternative));
  explorer->depth = explorer->count;
  return node;
}

uint16_t model_choose(const uint16_t *alternatives, unsigned count) {
  struct model_explorer *explorer = &model_explorer;
  if (count == 1)
    return alternatives[0];
  if (explorer->search.random)
    return alternatives[random_below(count)];
  if (explorer->depth < explorer->count) {
    const struct model_node *node = &explorer->node[explorer->depth++];
    if (node->turn || node->count != count)
      model_fail(-EBADMSG);
    return alternatives[node->next];
  }
  struct model_node *node = node_new();
  node->count = (uint8_t)count;
  memcpy(node->alternative, alternatives, count * sizeof *alternatives);
  return alternatives[0];
}

static uint16_t asleep(const struct model_node *node, unsigned thread) {
  if (model_explorer.search.reduction == MODEL_REDUCE_NONE)
    return 0;
  return node->done >> thread & 1 ? node->messages : node->asleep[thread];
}

/* @return how many alternatives the thread has at the node */
static unsigned find_alternatives(struct model_node *node, unsigned thread) {
  node->count = (uint8_t)model_readable(thread, asleep(node, thread),
                                        node->alternative, MODEL_ALTERNATIVES);
  node->thread = (uint8_t)thread;
  node->site = model_machine.thread[thread].pending.site;
  node->next = 0;
  node->fresh = false;
  return node->count;
}

/* Where a bound on preemptions leaves no choice, only the last thread. */
static uint8_t first_backtrack(const struct model_node *node) {
  const struct model_explorer *explorer = &model_explorer;
  bool reduce = explorer->search.reduction == MODEL_REDUCE_RACES;
  bool spent = explorer->search.bound >= 0 &&
               node->preemptions >= explorer->search.bound &&
               node->thread == explorer->last;
  if (reduce || spent)
    return (uint8_t)(1U << node->thread);
  return (uint8_t)((1U << model_machine.threads) - 1);
}

/* Finds a thread that can go on: the last one if it can. */
static bool find_thread(struct model_node *node) {
  const struct model_machine *machine = &model_machine;
  for (unsigned i = 0; i < machine->threads; i++) {
    unsigned thread = (model_explorer.last + i) % machine->threads;
    if (!machine->thread[thread].finished && find_alternatives(node, thread))
      return true;
  }
  return false;
}

/* A node that the stack was taken back to, with a thread that has not had its
 * turn there yet. */
static bool refresh(struct model_node *node) {
  const struct model_machine *machine = &model_machine;
  for (;;) {
    if (!machine->thread[node->thread].finished &&
        find_alternatives(node, node->thread))
      return true;
    node->done |= (uint8_t)(1U << node->thread);
    unsigned left = node->backtrack & ~(unsigned)node->done;
    if (left == 0)
      return false;
    node->thread = (uint8_t)__builtin_ctz(left);
  }
}

/* Is this the state in which the decision was taken? */
static bool is_repeated(const struct model_node *node) {
  const struct model_machine *machine = &model_machine;
  return node->turn && node->messages == machine->message_count &&
         (node->fresh ||
          node->site == machine->thread[node->thread].pending.site);
}

/* @return the decision to follow now, or null: nothing new this way */
static const struct model_node *decide(void) {
  struct model_explorer *explorer = &model_explorer;
  if (explorer->depth < explorer->count) {
    struct model_node *node = &explorer->node[explorer->depth++];
    if (!is_repeated(node)) {
      model_fail(-EBADMSG);
      return NULL;
    }
    return !node->fresh || refresh(node) ? node : NULL;
  }
  struct model_node *node = node_new();
  if (!node)
    return NULL;
  node->turn = true;
  node->messages = (uint16_t)model_machine.message_count;
  node->preemptions = (uint8_t)explorer->preemptions;
  memcpy(node->asleep, explorer->asleep, sizeof node->asleep);
  if (!find_thread(node)) {
    explorer->count--;
    return NULL;
  }
  node->backtrack = first_backtrack(node);
  return node;
}

static bool can_go_on(unsigned thread) {
  uint16_t messages[MODEL_ALTERNATIVES];
  return !model_machine.thread[thread].finished &&
         model_readable(thread, 0, messages, MODEL_ALTERNATIVES) > 0;
}

/* What the search leaves asleep in the state after this turn. An event wakes
 * a sleeping one only by what it writes, which has a new number; seq_cst
 * events also wake each other. */
static void sleep_after(const struct model_node *node) {
  const struct model_machine *machine = &model_machine;
  enum model_order order = machine->thread[node->thread].pending.order;
  uint16_t *sleeping = model_explorer.asleep;
  for (unsigned i = 0; i < machine->threads; i++) {
    bool wakes = order == MODEL_SEQ_CST &&
                 machine->thread[i].pending.order == MODEL_SEQ_CST;
    sleeping[i] = wakes || i == node->thread ? 0 : asleep(node, i);
  }
}

/* The threads that wait are not preempted when another one goes on. */
static void count_preemption(unsigned thread) {
  struct model_explorer *explorer = &model_explorer;
  if (thread != explorer->last && can_go_on(explorer->last))
    explorer->preemptions++;
  explorer->last = thread;
}

static bool decide_randomly(unsigned *out) {
  struct model_machine *machine = &model_machine;
  unsigned start = (unsigned)random_below(machine->threads);
  uint16_t messages[MODEL_ALTERNATIVES];
  for (unsigned i = 0; i < machine->threads; i++) {
    unsigned thread = (start + i) % machine->threads;
    if (!can_go_on(thread))
      continue;
    unsigned count = model_readable(thread, 0, messages, MODEL_ALTERNATIVES);
    machine->thread[thread].choice = messages[random_below(count)];
    *out = thread;
    return true;
  }
  return false;
}

bool model_decide(unsigned *out) {
  struct model_explorer *explorer = &model_explorer;
  if (explorer->search.random)
    return decide_randomly(out);
  const struct model_node *node = decide();
  if (!node)
    return false;
  count_preemption(node->thread);
  sleep_after(node);
  model_machine.node = (uint16_t)(node - explorer->node);
  model_machine.thread[node->thread].choice = node->alternative[node->next];
  *out = node->thread;
  return true;
}
