/* The litmus programs, and what C11 says of them. Compiled like lock code,
 * with the shim headers.
 *
 * Source: the names are those of the literature (Alglave, Maranget, Tautschnig
 * 2014; Batty et al. 2011); outcomes follow from C11 7.17.3 as corrected by
 * Lahav et al., PLDI 2017, and C++20's shorter release sequences. */
#include "locks/model/litmus.h"

#include <stdatomic.h>

#define READ(location, order)                                                  \
  atomic_load_explicit(&location, memory_order_##order)
#define WRITE(location, value, order)                                          \
  atomic_store_explicit(&location, value, memory_order_##order)
#define FENCE(order) atomic_thread_fence(memory_order_##order)

#define STORE_BUFFERING(name, store, load, fence)                              \
  static void name(struct model_litmus_memory *m, unsigned number) {           \
    if (number == 0) {                                                         \
      WRITE(m->x, 1, store);                                                   \
      fence;                                                                   \
      m->reg[0] = READ(m->y, load);                                            \
    } else {                                                                   \
      WRITE(m->y, 1, store);                                                   \
      fence;                                                                   \
      m->reg[1] = READ(m->x, load);                                            \
    }                                                                          \
  }
STORE_BUFFERING(sb_relaxed, relaxed, relaxed, (void)0)
STORE_BUFFERING(sb_acq_rel, release, acquire, (void)0)
STORE_BUFFERING(sb_seq_cst, seq_cst, seq_cst, (void)0)
STORE_BUFFERING(sb_half, seq_cst, acquire, (void)0)
STORE_BUFFERING(sb_fences, relaxed, relaxed, FENCE(seq_cst))
STORE_BUFFERING(sb_weak_fences, relaxed, relaxed, FENCE(acq_rel))

#define MESSAGE_PASSING(name, before, store, load, after)                      \
  static void name(struct model_litmus_memory *m, unsigned number) {           \
    if (number == 0) {                                                         \
      WRITE(m->x, 1, relaxed);                                                 \
      before;                                                                  \
      WRITE(m->y, 1, store);                                                   \
    } else {                                                                   \
      m->reg[0] = READ(m->y, load);                                            \
      after;                                                                   \
      m->reg[1] = READ(m->x, relaxed);                                         \
    }                                                                          \
  }
MESSAGE_PASSING(mp_relaxed, (void)0, relaxed, relaxed, (void)0)
MESSAGE_PASSING(mp_release_only, (void)0, release, relaxed, (void)0)
MESSAGE_PASSING(mp_acquire_only, (void)0, relaxed, acquire, (void)0)
MESSAGE_PASSING(mp_acq_rel, (void)0, release, acquire, (void)0)
MESSAGE_PASSING(mp_fences, FENCE(release), relaxed, relaxed, FENCE(acquire))

static void corr(struct model_litmus_memory *m, unsigned number) {
  if (number == 0) {
    WRITE(m->x, 1, relaxed);
    WRITE(m->x, 2, relaxed);
  } else {
    m->reg[0] = READ(m->x, relaxed);
    m->reg[1] = READ(m->x, relaxed);
  }
}

/* Two readers must not see two stores in opposite orders. */
static void corr2(struct model_litmus_memory *m, unsigned number) {
  if (number < 2) {
    WRITE(m->x, number + 1, relaxed);
  } else {
    unsigned *mine = &m->reg[2 * (number - 2)];
    mine[0] = READ(m->x, relaxed);
    mine[1] = READ(m->x, relaxed);
  }
}

static void cowr(struct model_litmus_memory *m, unsigned number) {
  WRITE(m->x, number + 1, relaxed);
  if (number == 0)
    m->reg[0] = READ(m->x, relaxed);
}

#define TWO_WRITES(name, order)                                                \
  static void name(struct model_litmus_memory *m, unsigned number) {           \
    if (number == 0) {                                                         \
      WRITE(m->x, 1, order);                                                   \
      WRITE(m->y, 2, order);                                                   \
    } else {                                                                   \
      WRITE(m->y, 1, order);                                                   \
      WRITE(m->x, 2, order);                                                   \
    }                                                                          \
  }
TWO_WRITES(two_writes_relaxed, relaxed)
TWO_WRITES(two_writes_release, release)
TWO_WRITES(two_writes_seq_cst, seq_cst)

#define IRIW(name, store, load)                                                \
  static void name(struct model_litmus_memory *m, unsigned number) {           \
    if (number == 0) {                                                         \
      WRITE(m->x, 1, store);                                                   \
    } else if (number == 1) {                                                  \
      WRITE(m->y, 1, store);                                                   \
    } else if (number == 2) {                                                  \
      m->reg[0] = READ(m->x, load);                                            \
      m->reg[1] = READ(m->y, load);                                            \
    } else {                                                                   \
      m->reg[2] = READ(m->y, load);                                            \
      m->reg[3] = READ(m->x, load);                                            \
    }                                                                          \
  }
IRIW(iriw_acq_rel, release, acquire)
IRIW(iriw_seq_cst, seq_cst, seq_cst)

/* A read-modify-write goes on with the release sequence it reads from. */
static void sequence_update(struct model_litmus_memory *m, unsigned number) {
  if (number == 0) {
    WRITE(m->x, 1, relaxed);
    WRITE(m->y, 1, release);
  } else if (number == 1) {
    atomic_fetch_add_explicit(&m->y, 2, memory_order_relaxed);
  } else {
    m->reg[0] = READ(m->y, acquire);
    m->reg[1] = READ(m->x, relaxed);
  }
}

/* Another thread's store does not. */
static void sequence_store(struct model_litmus_memory *m, unsigned number) {
  if (number == 0) {
    WRITE(m->x, 1, relaxed);
    WRITE(m->y, 1, release);
  } else if (number == 1) {
    WRITE(m->y, 3, relaxed);
  } else {
    m->reg[0] = READ(m->y, acquire);
    m->reg[1] = READ(m->x, relaxed);
  }
}

static void isa2(struct model_litmus_memory *m, unsigned number) {
  if (number == 0) {
    WRITE(m->x, 1, relaxed);
    WRITE(m->y, 1, release);
  } else if (number == 1) {
    m->reg[0] = READ(m->y, acquire);
    WRITE(m->z, 1, release);
  } else {
    m->reg[1] = READ(m->z, acquire);
    m->reg[2] = READ(m->x, relaxed);
  }
}

static void updates(struct model_litmus_memory *m, unsigned number) {
  m->reg[number] = atomic_fetch_add_explicit(&m->x, 1, memory_order_relaxed);
}

static void compare_exchanges(struct model_litmus_memory *m, unsigned number) {
  uint32_t expected = 0;
  m->reg[number] = atomic_compare_exchange_strong_explicit(
                       &m->x, &expected, number + 1, memory_order_relaxed,
                       memory_order_relaxed)
                       ? 0
                       : expected;
}

/* At most one succeeds, or none. */
static void weak_exchanges(struct model_litmus_memory *m, unsigned number) {
  uint32_t expected = 0;
  m->reg[number] = atomic_compare_exchange_weak_explicit(
      &m->x, &expected, 1, memory_order_relaxed, memory_order_relaxed);
}

/* A store may come between the message that an update did not read and the
 * one before it, not between an update and what it read. */
static void update_and_store(struct model_litmus_memory *m, unsigned number) {
  if (number == 0)
    m->reg[0] = atomic_fetch_add_explicit(&m->x, 4, memory_order_relaxed);
  else
    WRITE(m->x, 1, relaxed);
  if (number == 1)
    return;
  m->reg[0] = m->reg[0] * 5 + READ(m->x, relaxed) % 5;
}

static void load_buffering(struct model_litmus_memory *m, unsigned number) {
  if (number == 0) {
    m->reg[0] = READ(m->x, relaxed);
    WRITE(m->y, 1, relaxed);
  } else {
    m->reg[1] = READ(m->y, relaxed);
    WRITE(m->x, 1, relaxed);
  }
}

const struct model_litmus model_litmus[] = {
    {"SB relaxed", 2, 2, sb_relaxed, "00 01 10 11", NULL},
    {"SB acquire/release", 2, 2, sb_acq_rel, "00 01 10 11", NULL},
    {"SB seq_cst", 2, 2, sb_seq_cst, "01 10 11", NULL},
    {"SB seq_cst stores, acquire loads", 2, 2, sb_half, "00 01 10 11", NULL},
    {"SB seq_cst fences", 2, 2, sb_fences, "01 10 11", NULL},
    {"SB acq_rel fences", 2, 2, sb_weak_fences, "00 01 10 11", NULL},
    {"MP relaxed", 2, 2, mp_relaxed, "00 01 10 11", NULL},
    {"MP release only", 2, 2, mp_release_only, "00 01 10 11", NULL},
    {"MP acquire only", 2, 2, mp_acquire_only, "00 01 10 11", NULL},
    {"MP acquire/release", 2, 2, mp_acq_rel, "00 01 11", NULL},
    {"MP fences", 2, 2, mp_fences, "00 01 11", NULL},
    {"CoRR", 2, 2, corr, "00 01 02 11 12 22", NULL},
    {"CoRR, two writers", 4, 4, corr2,
     "0000 0001 0002 0011 0012 0021 0022 0100 0101 0102 0111 0112 0121 0122 "
     "0200 0201 0202 0211 0212 0221 0222 1100 1101 1102 1111 1112 1121 1122 "
     "1200 1201 1202 1211 1212 1222 2100 2101 2102 2111 2121 2122 2200 2201 "
     "2202 2211 2212 2221 2222",
     NULL},
    {"CoWR", 2, 1, cowr, "1 2", NULL},
    {"2+2W relaxed", 2, 0, two_writes_relaxed, "11 12 21 22", NULL},
    {"2+2W release", 2, 0, two_writes_release, "11 12 21 22", NULL},
    {"2+2W seq_cst", 2, 0, two_writes_seq_cst, "12 21 22", NULL},
    {"IRIW acquire/release", 4, 4, iriw_acq_rel,
     "0000 0001 0010 0011 0100 0101 0110 0111 1000 1001 1010 1011 1100 1101 "
     "1110 1111",
     NULL},
    {"IRIW seq_cst", 4, 4, iriw_seq_cst,
     "0000 0001 0010 0011 0100 0101 0110 0111 1000 1001 1011 1100 1101 1110 "
     "1111",
     NULL},
    {"release sequence, update", 3, 2, sequence_update, "00 01 11 20 21 31",
     NULL},
    {"release sequence, store", 3, 2, sequence_store, "00 01 11 30 31", NULL},
    {"ISA2", 3, 3, isa2, "000 001 010 011 100 101 111", NULL},
    {"updates", 3, 3, updates, "012 021 102 120 201 210", NULL},
    {"compare-exchanges", 2, 2, compare_exchanges, "01 20", NULL},
    {"weak compare-exchanges", 2, 2, weak_exchanges, "00 01 10", NULL},
    {"update and store", 2, 1, update_and_store, "1 4 5", NULL},
    {"LB", 2, 2, load_buffering, "00 01 10 11", "11"},
};
const size_t model_litmus_count = sizeof model_litmus / sizeof *model_litmus;
