/* nt-api.md 3.9: the IRQL routines. */
#include <pthread.h>

#include "locks/test/nt/behaviour.h"

static const char *nests(void) {
  static const KIRQL levels[] = {APC_LEVEL, DISPATCH_LEVEL, 5, SYNCH_LEVEL,
                                 HIGH_LEVEL};
  enum { DEPTH = sizeof levels };
  KIRQL old[DEPTH];
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  for (unsigned i = 0; i < DEPTH; i++) {
    KeRaiseIrql(levels[i], &old[i]);
    NT_EXPECT(old[i] == (i == 0 ? PASSIVE_LEVEL : levels[i - 1]));
    NT_EXPECT(KeGetCurrentIrql() == levels[i]);
  }
  for (unsigned i = DEPTH; i-- > 0;) {
    KeLowerIrql(old[i]);
    NT_EXPECT(KeGetCurrentIrql() == old[i]);
  }
  return NULL;
}

static const char *to_the_same(void) {
  KIRQL first, second;
  KeRaiseIrql(DISPATCH_LEVEL, &first);
  KeRaiseIrql(DISPATCH_LEVEL, &second);
  NT_EXPECT(second == DISPATCH_LEVEL);
  KeLowerIrql(second);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeLowerIrql(first);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  return NULL;
}

static const char *downwards(void) {
  KIRQL high, old;
  KeRaiseIrql(HIGH_LEVEL, &high);
  KeRaiseIrql(APC_LEVEL, &old);
  NT_EXPECT(old == HIGH_LEVEL && KeGetCurrentIrql() == APC_LEVEL);
  KeLowerIrql(high);
  return NULL;
}

static const char *to_dpc_level(void) {
  KIRQL outer = KeRaiseIrqlToDpcLevel();
  KIRQL inner = KeRaiseIrqlToDpcLevel();
  NT_EXPECT(outer == PASSIVE_LEVEL && inner == DISPATCH_LEVEL);
  NT_EXPECT(KeGetCurrentIrql() == DISPATCH_LEVEL);
  KeLowerIrql(inner);
  KeLowerIrql(outer);
  NT_EXPECT(KeGetCurrentIrql() == PASSIVE_LEVEL);
  return NULL;
}

static void *read_level(void *level) {
  *(KIRQL *)level = KeGetCurrentIrql();
  return NULL;
}

static const char *of_each_thread(void) {
  pthread_t thread;
  KIRQL old = KeRaiseIrqlToDpcLevel(), other = HIGH_LEVEL;
  NT_EXPECT(pthread_create(&thread, NULL, read_level, &other) == 0);
  pthread_join(thread, NULL);
  NT_EXPECT(other == PASSIVE_LEVEL);
  KeLowerIrql(old);
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {115, "DOC", "V:wdm-irqlkeraiselower", NT_NEITHER, 0,
     "KeRaiseIrql and KeLowerIrql nest", nests},
    {116, "DOC", "D:keraiseirql", NT_NEITHER, 0,
     "KeRaiseIrql to the current level is legal", to_the_same},
    {117, "OBS", "nt-api.md 4.3 row 24", NT_NEITHER, 0,
     "unchecked KeRaiseIrql below the current level sets it", downwards},
    {121, "DOC", "D:keraiseirqltodpclevel", NT_NEITHER, 0,
     "KeRaiseIrqlToDpcLevel returns the old level, nested too", to_dpc_level},
    {122, "DOC", "D:keraiseirql", NT_NEITHER, 0,
     "a raise on one thread leaves the others alone", of_each_thread},
};

const struct nt_table NT_NAMED(nt_irql) = NT_TABLE(rows);
