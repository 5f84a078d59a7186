/* nt-api.md 3.10: operations under a lock. */
#include "locks/test/nt/team.h"

enum { TEAM = 3, TURNS = 3000 };

static KSPIN_LOCK shared;
static ULONG sum32;
static LARGE_INTEGER sum64;

static void add(struct nt_waiter *self) {
  LARGE_INTEGER three = {.QuadPart = 3};
  atomic_store(&self->entered, 1);
  for (unsigned i = 0; i < TURNS; i++) {
    (void)ExInterlockedAddUlong(&sum32, 5, &shared);
    (void)ExInterlockedAddLargeInteger(&sum64, three, &shared);
    if (i % 8 == 0)
      sched_yield();
  }
}

static const char *adds(void) {
  struct nt_waiter team[TEAM];
  LARGE_INTEGER all = {.QuadPart = -1}, one = {.QuadPart = 1};
  ULONG word = 0xFFFFFFFFu;
  KeInitializeSpinLock(&shared);
  NT_EXPECT(ExInterlockedAddUlong(&word, 3, &shared) == 0xFFFFFFFFu);
  NT_EXPECT(word == 2);
  NT_EXPECT(ExInterlockedAddLargeInteger(&all, one, &shared).QuadPart == -1);
  NT_EXPECT(all.QuadPart == 0);
  ExInterlockedAddLargeStatistic(&all, 0xFFFFFFFFu);
  NT_EXPECT(all.QuadPart == 0xFFFFFFFFll);
  sum32 = 0;
  sum64.QuadPart = 0;
  for (unsigned i = 0; i < TEAM; i++)
    NT_EXPECT(nt_waiter_start(&team[i], add, NULL));
  for (unsigned i = 0; i < TEAM; i++)
    nt_waiter_end(&team[i]);
  NT_EXPECT(sum32 == 5u * TEAM * TURNS && sum64.QuadPart == 3ll * TEAM * TURNS);
  return NULL;
}

static const char *inserts(void) {
  LIST_ENTRY head, a, b, c;
  KeInitializeSpinLock(&shared);
  InitializeListHead(&head);
  NT_EXPECT(ExInterlockedInsertHeadList(&head, &a, &shared) == NULL);
  NT_EXPECT(ExInterlockedInsertHeadList(&head, &b, &shared) == &a);
  NT_EXPECT(head.Flink == &b && b.Flink == &a && a.Flink == &head);
  InitializeListHead(&head);
  NT_EXPECT(ExInterlockedInsertTailList(&head, &a, &shared) == NULL);
  NT_EXPECT(ExInterlockedInsertTailList(&head, &c, &shared) == &a);
  NT_EXPECT(head.Flink == &a && a.Flink == &c && c.Flink == &head);
  NT_EXPECT(head.Blink == &c && c.Blink == &a && a.Blink == &head);
  return NULL;
}

static const char *removes(void) {
  LIST_ENTRY head, entries[3];
  KeInitializeSpinLock(&shared);
  InitializeListHead(&head);
  NT_EXPECT(ExInterlockedRemoveHeadList(&head, &shared) == NULL);
  for (unsigned i = 0; i < 3; i++)
    (void)ExInterlockedInsertTailList(&head, &entries[i], &shared);
  for (unsigned i = 0; i < 3; i++)
    NT_EXPECT(ExInterlockedRemoveHeadList(&head, &shared) == &entries[i]);
  NT_EXPECT(ExInterlockedRemoveHeadList(&head, &shared) == NULL);
  NT_EXPECT(IsListEmpty(&head));
  return NULL;
}

static const char *pushes_and_pops(void) {
  SINGLE_LIST_ENTRY head = {NULL}, a, b;
  KeInitializeSpinLock(&shared);
  NT_EXPECT(ExInterlockedPopEntryList(&head, &shared) == NULL);
  NT_EXPECT(ExInterlockedPushEntryList(&head, &a, &shared) == NULL);
  NT_EXPECT(ExInterlockedPushEntryList(&head, &b, &shared) == &a);
  NT_EXPECT(ExInterlockedPopEntryList(&head, &shared) == &b);
  NT_EXPECT(ExInterlockedPopEntryList(&head, &shared) == &a);
  NT_EXPECT(ExInterlockedPopEntryList(&head, &shared) == NULL);
  return NULL;
}

static const char *leaves_level_and_lock(void) {
  static const KIRQL levels[] = {PASSIVE_LEVEL, DISPATCH_LEVEL, HIGH_LEVEL};
  LARGE_INTEGER value = {.QuadPart = 0};
  ULONG word = 0;
  for (unsigned i = 0; i < sizeof levels; i++) {
    LIST_ENTRY head, entry;
    SINGLE_LIST_ENTRY stack = {NULL}, top;
    KIRQL old;
    KeInitializeSpinLock(&shared);
    InitializeListHead(&head);
    KeRaiseIrql(levels[i], &old);
    (void)ExInterlockedAddUlong(&word, 1, &shared);
    (void)ExInterlockedAddLargeInteger(&value, value, &shared);
    (void)ExInterlockedInsertHeadList(&head, &entry, &shared);
    (void)ExInterlockedRemoveHeadList(&head, &shared);
    (void)ExInterlockedInsertTailList(&head, &entry, &shared);
    (void)ExInterlockedPushEntryList(&stack, &top, &shared);
    (void)ExInterlockedPopEntryList(&stack, &shared);
    NT_EXPECT(KeGetCurrentIrql() == levels[i]);
    NT_EXPECT(KeTestSpinLock(&shared) == TRUE);
    KeLowerIrql(old);
  }
  return NULL;
}

static const char *compares_and_exchanges(void) {
  LONGLONG place = 5, five = 5, seven = 7;
  KeInitializeSpinLock(&shared);
  KIRQL old = KeAcquireSpinLockRaiseToDpc(&shared); /* it is not touched */
  LONGLONG first =
      ExInterlockedCompareExchange64(&place, &seven, &five, &shared);
  LONGLONG second =
      ExInterlockedCompareExchange64(&place, &five, &five, &shared);
  KeReleaseSpinLock(&shared, old);
  NT_EXPECT(first == 5 && second == 7 && place == 7);
  return NULL;
}

static SLIST_HEADER stack;
static SLIST_ENTRY entries[TEAM];
static _Atomic int wrong;

static void push_and_pop(struct nt_waiter *self) {
  atomic_store(&self->entered, 1);
  PSLIST_ENTRY mine = self->argument;
  for (unsigned i = 0; i < TURNS; i++) {
    (void)ExInterlockedPushEntrySList(&stack, mine, NULL);
    mine = ExInterlockedPopEntrySList(&stack, NULL);
    if (mine == NULL) {
      atomic_store(&wrong, 1);
      return;
    }
  }
  (void)ExInterlockedPushEntrySList(&stack, mine, NULL);
}

static const char *sequenced_lists(void) {
  struct nt_waiter team[TEAM];
  wrong = 0;
  InitializeSListHead(&stack);
  NT_EXPECT(ExInterlockedPopEntrySList(&stack, NULL) == NULL);
  for (unsigned i = 0; i < TEAM; i++)
    NT_EXPECT(nt_waiter_start(&team[i], push_and_pop, &entries[i]));
  for (unsigned i = 0; i < TEAM; i++)
    nt_waiter_end(&team[i]);
  NT_EXPECT(wrong == 0 && ExQueryDepthSList(&stack) == TEAM);
  unsigned found = 0;
  for (PSLIST_ENTRY e = ExInterlockedFlushSList(&stack); e; e = e->Next)
    found++;
  NT_EXPECT(found == TEAM && ExQueryDepthSList(&stack) == 0);
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {130, "DOC", "D:exinterlockedaddulong", NT_EXECUTIVE, LOCK_EXCLUSIVE,
     "the adds return the value before, wrap, and lose nothing", adds},
    {131, "DOC", "D:exinterlockedinsertheadlist", NT_EXECUTIVE, 0,
     "the inserts return the neighbour, or null", inserts},
    {132, "DOC", "D:exinterlockedremoveheadlist", NT_EXECUTIVE, 0,
     "removal is first in first out, null at the end", removes},
    {133, "DOC", "D:exinterlockedpushentrylist", NT_EXECUTIVE, 0,
     "push returns the old first entry, pop gives it back", pushes_and_pops},
    {134, "DOC", "nt-api.md 2.10", NT_EXECUTIVE, LOCK_TEST,
     "they leave the level as it is and the lock free", leaves_level_and_lock},
    {135, "DOC", "D:exinterlockedcompareexchange64", NT_EXECUTIVE, 0,
     "compare-exchange returns the old value and needs no lock",
     compares_and_exchanges},
    {136, "OBS", "nt-api.md 2.10", NT_EXECUTIVE, 0,
     "sequenced lists work with a null lock", sequenced_lists},
};

const struct nt_table NT_NAMED(nt_interlocked) = NT_TABLE(rows);
