/* The reader/writer lock behind EX_SPIN_LOCK: a count of readers and one bit
 * for a writer, who claims first and then waits for the readers to leave.
 *
 * Order    A writer goes before every reader that comes after its claim
 *          (K:reader-writer-spin-locks); among writers, and among the readers
 *          that a writer held up, none.
 * Word     bit 31: a writer is in, or has claimed the lock and waits; bits 0
 *          to 29: readers inside. 0 when free.
 * Cost     1 RMW to enter; a writer leaves by a plain store, a reader by an
 *          RMW. All who wait poll the word.
 * Limits   2^30 - 1 readers. Nobody may enter twice: a reader would wait for
 *          a writer who waits for that reader.
 * Source   P. Courtois, F. Heymans, D. Parnas, CACM 14(10), 1971 (the
 *          writers' preference); conversion as documented: nt-api.md 2.4 */
#ifndef LOCKS_READER_NT_H
#define LOCKS_READER_NT_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/contract.h"
#include "locks/nt/types.h"

#define READER_NT_WRITER 0x80000000u

union reader_nt_word {
  _Atomic uint32_t whole;
} __attribute__((may_alias));

static_assert(sizeof(union reader_nt_word) == sizeof(EX_SPIN_LOCK),
              "same word");

LOCK_INLINE _Atomic uint32_t *reader_nt_word(EX_SPIN_LOCK *lock) {
  return &((union reader_nt_word *)lock)->whole;
}

/* Waits while a writer is in or claims. @return the word after that */
LOCK_INLINE uint32_t reader_nt_await_no_writer(_Atomic uint32_t *word,
                                               uint32_t seen) {
  /* relaxed: whoever enters then does so with A1, A2 or A3. */
  while (seen & READER_NT_WRITER)
    seen = await_not_equal_32(word, seen, memory_order_relaxed);
  return seen;
}

LOCK_INLINE void reader_nt_acquire_exclusive(EX_SPIN_LOCK *lock) {
  _Atomic uint32_t *word = reader_nt_word(lock);
  /* A1 pairs with R1 and R2. Without it the section may read what was there
   * before the last holder wrote, or write under a reader who has left. */
  uint32_t seen =
      atomic_fetch_or_explicit(word, READER_NT_WRITER, memory_order_acquire);
  while (seen & READER_NT_WRITER) {
    (void)reader_nt_await_no_writer(word, seen);
    /* A1 again. */
    seen =
        atomic_fetch_or_explicit(word, READER_NT_WRITER, memory_order_acquire);
  }
  if (seen != 0)
    /* A2 pairs with R2, as A1: the last reader's leaving. */
    await_equal_32(word, READER_NT_WRITER, memory_order_acquire);
}

LOCK_INLINE void reader_nt_release_exclusive(EX_SPIN_LOCK *lock) {
  /* R1 pairs with A1 and A3. Without it the next holder may enter before it
   * can see what this one wrote. Nobody else can be in the word now. */
  atomic_store_explicit(reader_nt_word(lock), 0, memory_order_release);
}

LOCK_INLINE void reader_nt_acquire_shared(EX_SPIN_LOCK *lock) {
  _Atomic uint32_t *word = reader_nt_word(lock);
  /* relaxed: A3 is what enters. */
  uint32_t seen = atomic_load_explicit(word, memory_order_relaxed);
  do {
    seen = reader_nt_await_no_writer(word, seen);
    /* A3 pairs with R1. Without it the section may read what was there before
     * the last writer wrote. relaxed on failure: nothing was acquired. */
  } while (!atomic_compare_exchange_strong_explicit(
      word, &seen, seen + 1, memory_order_acquire, memory_order_relaxed));
}

LOCK_INLINE void reader_nt_release_shared(EX_SPIN_LOCK *lock) {
  /* R2 pairs with A1, A2 and A4. Without it a writer may write what this
   * section still reads. */
  atomic_fetch_sub_explicit(reader_nt_word(lock), 1, memory_order_release);
}

/* For a reader. @return whether it is a writer now: it was alone and no writer
 * waited; never waits itself */
LOCK_INLINE bool reader_nt_try_convert(EX_SPIN_LOCK *lock) {
  uint32_t alone = 1;
  /* A4 pairs with R2, as A1. relaxed on failure: still a reader. */
  return atomic_compare_exchange_strong_explicit(
      reader_nt_word(lock), &alone, READER_NT_WRITER, memory_order_acquire,
      memory_order_relaxed);
}

/* The same, but waits for the other readers to leave unless a writer has a
 * claim already: what an open reimplementation of the routine does. */
LOCK_INLINE bool reader_nt_convert_draining(EX_SPIN_LOCK *lock) {
  _Atomic uint32_t *word = reader_nt_word(lock);
  /* relaxed, all three: A5 is what enters, alone in the word but for its own
   * count, which it gives back. */
  uint32_t seen = atomic_load_explicit(word, memory_order_relaxed);
  do {
    if (seen & READER_NT_WRITER)
      return false;
  } while (!atomic_compare_exchange_strong_explicit(
      word, &seen, (seen - 1) | READER_NT_WRITER, memory_order_relaxed,
      memory_order_relaxed));
  /* A5 pairs with R2, as A2. */
  await_equal_32(word, READER_NT_WRITER, memory_order_acquire);
  return true;
}

#define READER_NT_TRAITS (LOCK_EXCLUSIVE | LOCK_ZERO_WHEN_FREE)
#define READER_NT_PROPERTIES                                                   \
  {                                                                            \
    .order = "none", .bypass = LOCK_UNBOUNDED, .space = "0",                   \
    .rmw_alone = "1-2", .rmw_busy = "any", .transfers = "O(N) (2)",            \
    .source = "Courtois, Heymans & Parnas, CACM 1971",                         \
  }

#endif
