/* What the locks keep for a thread lies on the thread's node: its record, and
 * the queue nodes that it takes. Says something only on a machine with several
 * nodes, as the suite `numa` has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "locks/thread.h"
#include "topology/memory.h"
#include "topology/pin.h"

struct homes {
  int record, queue_node;
};

static void *ask(void *argument) {
  struct homes *homes = argument;
  if (lock_thread_attach())
    return NULL;
  struct lock_thread *self = lock_thread_self();
  struct lock_node *node = lock_node_take(self);
  node->run++;
  homes->record = topology_memory_node(self);
  homes->queue_node = topology_memory_node(node);
  lock_node_give(self, node);
  lock_thread_detach();
  return NULL;
}

static void records_lie_where_their_threads_run(void **state) {
  struct topology_machine *machine = *state;
  for (size_t i = 0; i < topology_cpu_count(machine); i++) {
    const struct topology_cpu *cpu = topology_cpu_at(machine, i);
    struct homes homes = {-1, -1};
    pthread_t thread;
    assert_int_equal(
        topology_thread_create(machine, cpu->os, NULL, 0, &thread, ask, &homes),
        0);
    pthread_join(thread, NULL);
    if (homes.record != (int)cpu->node || homes.queue_node != (int)cpu->node)
      fail_msg("CPU %u on node %u: record on %d, queue node on %d", cpu->os,
               cpu->node, homes.record, homes.queue_node);
  }
}

int main(void) {
  struct topology_machine *machine;
  if (topology_machine_open(NULL, NULL, &machine))
    return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_prestate(records_lie_where_their_threads_run, machine)};
  int failed = cmocka_run_group_tests_name("records", tests, NULL, NULL);
  topology_machine_close(machine);
  return failed;
}
