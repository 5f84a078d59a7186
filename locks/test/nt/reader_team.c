/* nt-api.md 3.8: reader/writer locks between threads. */
#include "locks/nt/kspin.h"
#include "locks/test/nt/free_word.h"
#include "locks/test/nt/team.h"

enum { TEAM = 4, TURNS = 2000 };

static EX_SPIN_LOCK shared;
static _Atomic int readers, most_readers, writers, wrong, may_leave, done;
static _Atomic unsigned turn;

static void note_reader(int inside) {
  int most = atomic_load(&most_readers);
  while (inside > most &&
         !atomic_compare_exchange_weak(&most_readers, &most, inside))
    ;
}

static void read_inside(void) {
  KIRQL old = ExAcquireSpinLockShared(&shared);
  note_reader(atomic_fetch_add(&readers, 1) + 1);
  if (atomic_load(&writers) != 0)
    atomic_store(&wrong, 1);
  atomic_fetch_sub(&readers, 1);
  ExReleaseSpinLockShared(&shared, old);
}

static void write_inside(void) {
  KIRQL old = ExAcquireSpinLockExclusive(&shared);
  if (atomic_fetch_add(&writers, 1) != 0 || atomic_load(&readers) != 0)
    atomic_store(&wrong, 1);
  atomic_fetch_sub(&writers, 1);
  ExReleaseSpinLockExclusive(&shared, old);
}

static void mix(struct nt_waiter *self) {
  atomic_store(&self->entered, 1);
  for (unsigned i = 0; i < TURNS; i++) {
    if (i % 4 == 0)
      write_inside();
    else
      read_inside();
    if (i % 8 == 0)
      sched_yield();
  }
}

/* Enters as a reader, says as the how-manieth, stays until told. */
static void enter_shared(struct nt_waiter *self) {
  KIRQL old = ExAcquireSpinLockShared(&shared);
  *(unsigned *)self->argument = atomic_fetch_add(&turn, 1);
  note_reader(atomic_fetch_add(&readers, 1) + 1);
  atomic_store(&self->entered, 1);
  while (may_leave == 0)
    sched_yield();
  atomic_fetch_sub(&readers, 1);
  ExReleaseSpinLockShared(&shared, old);
}

static void enter_exclusive(struct nt_waiter *self) {
  KIRQL old = ExAcquireSpinLockExclusive(&shared);
  *(unsigned *)self->argument = atomic_fetch_add(&turn, 1);
  atomic_store(&self->entered, 1);
  ExReleaseSpinLockExclusive(&shared, old);
}

static void reset(void) {
  shared = 0;
  readers = most_readers = writers = wrong = may_leave = done = 0;
  turn = 0;
}

static const char *readers_share_writers_do_not(void) {
  struct nt_waiter team[TEAM], one;
  unsigned its_turn;
  reset();
  KIRQL old = ExAcquireSpinLockShared(&shared);
  may_leave = 1;
  NT_EXPECT(nt_waiter_start(&one, enter_shared, &its_turn));
  nt_waiter_end(&one); /* it was inside with us, or it would be there still */
  ExReleaseSpinLockShared(&shared, old);
  for (unsigned i = 0; i < TEAM; i++)
    NT_EXPECT(nt_waiter_start(&team[i], mix, NULL));
  for (unsigned i = 0; i < TEAM; i++)
    nt_waiter_end(&team[i]);
  NT_EXPECT(wrong == 0 && nt_is_free(&shared));
  return NULL;
}

static const char *waiting_writer_goes_first(void) {
  struct nt_waiter writer, reader;
  unsigned writers_turn = 9, readers_turn = 9;
  reset();
  may_leave = 1;
  KIRQL old = ExAcquireSpinLockShared(&shared);
  NT_EXPECT(nt_waiter_start(&writer, enter_exclusive, &writers_turn));
  NT_EXPECT(nt_waiter_start(&reader, enter_shared, &readers_turn));
  int early = reader.entered;
  ExReleaseSpinLockShared(&shared, old);
  nt_waiter_end(&writer);
  nt_waiter_end(&reader);
  NT_EXPECT(early == 0);
  NT_EXPECT(writers_turn == 0 && readers_turn == 1);
  return NULL;
}

static const char *readers_enter_together(void) {
  struct nt_waiter team[TEAM];
  unsigned turns[TEAM];
  reset();
  KIRQL old = ExAcquireSpinLockExclusive(&shared);
  for (unsigned i = 0; i < TEAM; i++)
    NT_EXPECT(nt_waiter_start(&team[i], enter_shared, &turns[i]));
  ExReleaseSpinLockExclusive(&shared, old);
  for (unsigned i = 0; i < TEAM; i++)
    while (team[i].entered == 0) /* it has counted itself by then */
      sched_yield();
  int most = most_readers;
  may_leave = 1;
  for (unsigned i = 0; i < TEAM; i++)
    nt_waiter_end(&team[i]);
  NT_EXPECT(most == TEAM && nt_is_free(&shared));
  return NULL;
}

static const char *converted_excludes(void) {
  struct nt_waiter reader;
  unsigned its_turn = 9;
  reset();
  may_leave = 1;
  KIRQL old = ExAcquireSpinLockShared(&shared);
  NT_EXPECT(ExTryConvertSharedSpinLockExclusive(&shared) == TRUE);
  NT_EXPECT(nt_waiter_start(&reader, enter_shared, &its_turn));
  int early = reader.entered;
  ExReleaseSpinLockExclusive(&shared, old);
  nt_waiter_end(&reader);
  NT_EXPECT(early == 0 && its_turn == 0);
  return NULL;
}

static const char *not_with_another_reader(void) {
  struct nt_waiter reader;
  unsigned its_turn;
  reset();
  NT_EXPECT(nt_waiter_start(&reader, enter_shared, &its_turn));
  KIRQL old = ExAcquireSpinLockShared(&shared);
  LOGICAL converted = ExTryConvertSharedSpinLockExclusive(&shared);
  int inside = readers;
  ExReleaseSpinLockShared(&shared, old);
  may_leave = 1;
  nt_waiter_end(&reader);
  NT_EXPECT(converted == FALSE && inside == 1 && nt_is_free(&shared));
  return NULL;
}

/* Converts, waiting for the others to leave. */
static void drain(struct nt_waiter *self) {
  KIRQL old = ExAcquireSpinLockShared(&shared);
  LOGICAL converted = ExTryConvertSharedSpinLockExclusive(&shared);
  *(unsigned *)self->argument = converted && readers == 0 ? 1 : 0;
  atomic_store(&self->entered, 1);
  if (converted)
    ExReleaseSpinLockExclusive(&shared, old);
  else
    ExReleaseSpinLockShared(&shared, old);
}

static const char *drains_in_the_other_profile(void) {
  struct nt_waiter reader, converter;
  unsigned its_turn, alone = 9;
  reset();
  unsigned before = kspin_set_profile(KSPIN_PROFILE_CONVERT_DRAINS);
  NT_EXPECT(nt_waiter_start(&reader, enter_shared, &its_turn));
  NT_EXPECT(nt_waiter_start(&converter, drain, &alone));
  int early = converter.entered;
  may_leave = 1;
  nt_waiter_end(&reader);
  nt_waiter_end(&converter);
  (void)kspin_set_profile(before);
  NT_EXPECT(early == 0 && alone == 1 && nt_is_free(&shared));
  return NULL;
}

static const char *not_with_a_waiting_writer(void) {
  struct nt_waiter writer;
  unsigned its_turn = 9;
  reset();
  KIRQL old = ExAcquireSpinLockShared(&shared);
  NT_EXPECT(nt_waiter_start(&writer, enter_exclusive, &its_turn));
  LOGICAL converted = ExTryConvertSharedSpinLockExclusive(&shared);
  int early = writer.entered;
  ExReleaseSpinLockShared(&shared, old);
  nt_waiter_end(&writer);
  NT_EXPECT(converted == FALSE && early == 0 && its_turn == 0 &&
            nt_is_free(&shared));
  return NULL;
}

static const struct nt_behaviour rows[] = {
    {101, "DOC", "K:reader-writer-spin-locks", NT_NEITHER, 0,
     "readers share, writers exclude everybody", readers_share_writers_do_not},
    {104, "DOC", "K:reader-writer-spin-locks", NT_NEITHER, NT_SEES_WAITING,
     "a waiting writer goes before later readers", waiting_writer_goes_first},
    {105, "DOC", "K:reader-writer-spin-locks", NT_NEITHER, NT_SEES_WAITING,
     "all waiting readers enter when the writer leaves",
     readers_enter_together},
    {106, "DOC", "D:extryconvertsharedspinlockexclusive", NT_NEITHER,
     NT_SEES_WAITING, "an only reader converts, and excludes readers",
     converted_excludes},
    {107, "DOC", "K:reader-writer-spin-locks", NT_NEITHER, 0,
     "no conversion beside another reader", not_with_another_reader},
    {107, "DES", "nt-api.md 6.2", NT_NEITHER, NT_SEES_WAITING,
     "in the draining profile it waits for the other reader",
     drains_in_the_other_profile},
    {108, "DOC", "K:reader-writer-spin-locks", NT_NEITHER, NT_SEES_WAITING,
     "no conversion before a waiting writer", not_with_a_waiting_writer},
    {110, "DOC", "D:extryconvertsharedspinlockexclusive", NT_NEITHER, 0,
     "a reader that was not converted leaves as a reader",
     not_with_another_reader},
};

const struct nt_table NT_NAMED(nt_reader_team) = NT_TABLE(rows);
