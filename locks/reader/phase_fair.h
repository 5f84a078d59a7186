/* Phase-fair reader/writer lock in one 32-bit word: phases of readers and
 * phases of one writer take turns, so that nobody waits for more than one of
 * the other kind and its own kind's queue.
 *
 * Order    Writers among each other FIFO. A reader that finds a writer in or
 *          waiting enters when the first of them leaves, whoever waits behind
 *          that one; a writer enters when the readers of the phase before it
 *          have left, whoever came since.
 * Word     from bit 0: readers of even phases, readers of odd phases (10 bits
 *          each), number of the phase, number that the next writer takes (6
 *          bits each). A writer is in or waits while the two numbers differ;
 *          its number is that of the phase which it ends. Readers that find
 *          one count themselves into the phase after. Not 0 when free.
 * Cost     2 RMWs a pair for both kinds. The doorways are compare-exchanges:
 *          lock-free, not bounded. All who wait poll the word.
 * Limits   1023 readers in a phase and 63 writers; who comes beyond that waits
 *          without a place in the order. Nobody may enter twice.
 * Source   B. Brandenburg, J. Anderson, Real-Time Systems 46(1), 2010 (phase
 *          fairness, PF-T in four counters); one word and its CAS doorway are
 *          ours */
#ifndef LOCKS_READER_PHASE_FAIR_H
#define LOCKS_READER_PHASE_FAIR_H

#include <stdbool.h>

#include "locks/await.h"
#include "locks/contract.h"
#include "locks/nt/types.h"

/* Of a number; the readers of a phase have what is left. The checker takes 2,
 * so that numbers come round within its executions. */
#ifndef READER_PHASE_FAIR_BITS
#define READER_PHASE_FAIR_BITS 6
#endif

enum {
  READER_PHASE_FAIR_READER_BITS = 16 - READER_PHASE_FAIR_BITS,
  READER_PHASE_FAIR_PHASE = 32 - 2 * READER_PHASE_FAIR_BITS,     /* first bit */
  READER_PHASE_FAIR_NEXT = 32 - READER_PHASE_FAIR_BITS,          /* likewise */
  READER_PHASE_FAIR_NUMBERS = (1 << READER_PHASE_FAIR_BITS) - 1, /* a mask */
  READER_PHASE_FAIR_READERS = (1 << READER_PHASE_FAIR_READER_BITS) - 1,
};

union reader_phase_fair_word {
  _Atomic uint32_t whole;
} __attribute__((may_alias));

static_assert(sizeof(union reader_phase_fair_word) == sizeof(EX_SPIN_LOCK),
              "same word");

LOCK_INLINE _Atomic uint32_t *reader_phase_fair_word(EX_SPIN_LOCK *lock) {
  return &((union reader_phase_fair_word *)lock)->whole;
}

LOCK_INLINE uint32_t reader_phase_fair_phase(uint32_t word) {
  return word >> READER_PHASE_FAIR_PHASE & READER_PHASE_FAIR_NUMBERS;
}

LOCK_INLINE uint32_t reader_phase_fair_next(uint32_t word) {
  return word >> READER_PHASE_FAIR_NEXT;
}

/* @return how many writers are in or wait */
LOCK_INLINE uint32_t reader_phase_fair_writers(uint32_t word) {
  return (reader_phase_fair_next(word) - reader_phase_fair_phase(word)) &
         READER_PHASE_FAIR_NUMBERS;
}

/* @return one reader of the phase, to be added to the word */
LOCK_INLINE uint32_t reader_phase_fair_one(uint32_t phase) {
  return phase & 1 ? 1u << READER_PHASE_FAIR_READER_BITS : 1;
}

LOCK_INLINE uint32_t reader_phase_fair_readers(uint32_t word, uint32_t phase) {
  return word / reader_phase_fair_one(phase) & READER_PHASE_FAIR_READERS;
}

/* A writer's turn: its phase, and the readers of it have left. */
LOCK_INLINE bool reader_phase_fair_is_turn(uint32_t word, uint32_t number) {
  return reader_phase_fair_phase(word) == number &&
         reader_phase_fair_readers(word, number) == 0;
}

/* @param seen  the word as this thread has made it */
LOCK_INLINE void reader_phase_fair_await_turn(_Atomic uint32_t *word,
                                              uint32_t seen, uint32_t number) {
  while (!reader_phase_fair_is_turn(seen, number))
    /* A2 pairs with R1 and R2. Without it the section may read what was there
     * before the writer ahead wrote, or write under a reader who has left. */
    seen = await_not_equal_32(word, seen, memory_order_acquire);
}

LOCK_INLINE void reader_phase_fair_acquire_exclusive(EX_SPIN_LOCK *lock) {
  _Atomic uint32_t *word = reader_phase_fair_word(lock);
  /* relaxed, both: A1 or A2 is what enters. */
  uint32_t seen = atomic_load_explicit(word, memory_order_relaxed), claimed;
  do {
    while (reader_phase_fair_writers(seen) == READER_PHASE_FAIR_NUMBERS)
      seen = await_not_equal_32(word, seen, memory_order_relaxed);
    claimed = seen + (1u << READER_PHASE_FAIR_NEXT);
    /* A1 pairs with R1 and R2, as A2, where nobody is in the way. relaxed on
     * failure: nothing was acquired. */
  } while (!atomic_compare_exchange_strong_explicit(
      word, &seen, claimed, memory_order_acquire, memory_order_relaxed));
  reader_phase_fair_await_turn(word, claimed, reader_phase_fair_next(seen));
}

LOCK_INLINE void reader_phase_fair_release_exclusive(EX_SPIN_LOCK *lock) {
  _Atomic uint32_t *word = reader_phase_fair_word(lock);
  /* relaxed: nobody but the writer who is in changes the phase. */
  uint32_t phase =
      reader_phase_fair_phase(atomic_load_explicit(word, memory_order_relaxed));
  /* Not carried into the next writer's number. */
  uint32_t step = phase == READER_PHASE_FAIR_NUMBERS ? 0u - phase : 1;
  /* R1 pairs with A1, A2, A3 and A4. Without it the next holders may enter
   * before they can see what this one wrote. */
  atomic_fetch_add_explicit(word, step << READER_PHASE_FAIR_PHASE,
                            memory_order_release);
}

/* Waits while it is the phase of the writer that was seen first. */
LOCK_INLINE void reader_phase_fair_await_phase(_Atomic uint32_t *word,
                                               uint32_t seen) {
  uint32_t before = reader_phase_fair_phase(seen);
  while (reader_phase_fair_phase(seen) == before)
    /* A4 pairs with R1. Without it the section may read what was there before
     * that writer wrote. */
    seen = await_not_equal_32(word, seen, memory_order_acquire);
}

LOCK_INLINE void reader_phase_fair_acquire_shared(EX_SPIN_LOCK *lock) {
  _Atomic uint32_t *word = reader_phase_fair_word(lock);
  /* relaxed, both: A3 or A4 is what enters. */
  uint32_t seen = atomic_load_explicit(word, memory_order_relaxed);
  uint32_t phase, writers, entered;
  do {
    for (;; seen = await_not_equal_32(word, seen, memory_order_relaxed)) {
      writers = reader_phase_fair_writers(seen);
      phase = reader_phase_fair_phase(seen) + (writers != 0);
      if (reader_phase_fair_readers(seen, phase) < READER_PHASE_FAIR_READERS)
        break;
    }
    entered = seen + reader_phase_fair_one(phase);
    /* A3 pairs with R1, as A4, where no writer is in the way. relaxed on
     * failure: nothing was acquired. */
  } while (!atomic_compare_exchange_strong_explicit(
      word, &seen, entered, memory_order_acquire, memory_order_relaxed));
  if (writers != 0)
    reader_phase_fair_await_phase(word, entered);
}

LOCK_INLINE void reader_phase_fair_release_shared(EX_SPIN_LOCK *lock) {
  _Atomic uint32_t *word = reader_phase_fair_word(lock);
  /* relaxed: the phase that this reader is in ends after it has left. */
  uint32_t phase =
      reader_phase_fair_phase(atomic_load_explicit(word, memory_order_relaxed));
  /* R2 pairs with A1, A2, A5 and A6. Without it a writer may write what this
   * section still reads. */
  atomic_fetch_sub_explicit(word, reader_phase_fair_one(phase),
                            memory_order_release);
}

/* @return what the word is when a reader has become the next writer */
LOCK_INLINE uint32_t reader_phase_fair_converted(uint32_t word) {
  return word - reader_phase_fair_one(reader_phase_fair_phase(word)) +
         (1u << READER_PHASE_FAIR_NEXT);
}

/* For a reader. @return whether it is a writer now: it was alone and no writer
 * waited; never waits itself */
LOCK_INLINE bool reader_phase_fair_try_convert(EX_SPIN_LOCK *lock) {
  _Atomic uint32_t *word = reader_phase_fair_word(lock);
  /* relaxed: A5 is what enters. */
  uint32_t seen = atomic_load_explicit(word, memory_order_relaxed);
  if (reader_phase_fair_writers(seen) != 0 ||
      reader_phase_fair_readers(seen, reader_phase_fair_phase(seen)) != 1)
    return false;
  /* A5 pairs with R2, as A1. relaxed on failure: still a reader. */
  return atomic_compare_exchange_strong_explicit(
      word, &seen, reader_phase_fair_converted(seen), memory_order_acquire,
      memory_order_relaxed);
}

/* The same, but waits for the other readers to leave unless a writer is there
 * already: what an open reimplementation of the routine does. */
LOCK_INLINE bool reader_phase_fair_convert_draining(EX_SPIN_LOCK *lock) {
  _Atomic uint32_t *word = reader_phase_fair_word(lock);
  /* relaxed, both: A6 or A2 is what enters. */
  uint32_t seen = atomic_load_explicit(word, memory_order_relaxed), then;
  do {
    if (reader_phase_fair_writers(seen) != 0)
      return false;
    then = reader_phase_fair_converted(seen);
    /* A6 pairs with R2, as A1. */
  } while (!atomic_compare_exchange_strong_explicit(
      word, &seen, then, memory_order_acquire, memory_order_relaxed));
  reader_phase_fair_await_turn(word, then, reader_phase_fair_next(seen));
  return true;
}

#define READER_PHASE_FAIR_TRAITS (LOCK_EXCLUSIVE | LOCK_PHASE_FAIR)
#define READER_PHASE_FAIR_PROPERTIES                                           \
  {                                                                            \
    .order = "phases", .bypass = 0, .space = "0", .rmw_alone = "2",            \
    .rmw_busy = "2+", .transfers = "O(N) (2)",                                 \
    .source = "Brandenburg & Anderson, Real-Time Systems 2010; one word ours", \
  }

#endif
