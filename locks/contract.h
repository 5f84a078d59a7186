/* What a lock header provides, in words, and the bits that describe it.
 *
 * Executive (`locks/executive/<name>.h`): the lock is one word and nothing
 * else passes from acquire to release.
 *
 *   void executive_<name>_acquire(KSPIN_LOCK *lock);
 *   bool executive_<name>_try_acquire(KSPIN_LOCK *lock);
 *   void executive_<name>_release(KSPIN_LOCK *lock);
 *   bool executive_<name>_is_held(const KSPIN_LOCK *lock);
 *
 * Queued (`locks/queued/<name>.h`): the same word and the caller's node, which
 * is the `LockQueue` of a KLOCK_QUEUE_HANDLE. Release is given the node only,
 * and the node's memory belongs to the caller again when release returns.
 *
 *   void queued_<name>_acquire(KSPIN_LOCK *lock, KSPIN_LOCK_QUEUE *node);
 *   void queued_<name>_release(KSPIN_LOCK_QUEUE *node);
 *   bool queued_<name>_is_held(const KSPIN_LOCK *lock);
 *
 * Peer (`locks/peer/<name>.h`): a lock from elsewhere, in its own type.
 *
 *   typedef ... peer_<name>_lock;
 *   void peer_<name>_init(peer_<name>_lock *lock);
 *   void peer_<name>_acquire(peer_<name>_lock *lock);
 *   bool peer_<name>_try_acquire(peer_<name>_lock *lock);    if LOCK_TRY
 *   void peer_<name>_release(peer_<name>_lock *lock);
 *
 * or, for readers and writers (a word of `peer_reader_locks`), in place of the
 * last three
 *
 *   void peer_<name>_acquire_exclusive(peer_<name>_lock *lock);
 *   void peer_<name>_release_exclusive(peer_<name>_lock *lock);
 *   void peer_<name>_acquire_shared(peer_<name>_lock *lock);
 *   void peer_<name>_release_shared(peer_<name>_lock *lock);
 *
 * Reader (`locks/reader/<name>.h`): one 32-bit word for readers, who share,
 * and writers, who do not.
 *
 *   void reader_<name>_acquire_exclusive(EX_SPIN_LOCK *lock);
 *   void reader_<name>_release_exclusive(EX_SPIN_LOCK *lock);
 *   void reader_<name>_acquire_shared(EX_SPIN_LOCK *lock);
 *   void reader_<name>_release_shared(EX_SPIN_LOCK *lock);
 *   bool reader_<name>_try_convert(EX_SPIN_LOCK *lock);       never waits
 *   bool reader_<name>_convert_draining(EX_SPIN_LOCK *lock);  for the others
 *
 * A reader waits for writers only; one that comes after a writer has claimed
 * the lock, and no other was there, goes after that writer. Both conversions
 * are for a reader and say whether it is the writer now; no other writer was
 * in between.
 *
 * Every routine is LOCK_INLINE. The word 0 is a free lock, whatever else is;
 * there is no destroy. A thread releases what it acquired, in any order, and
 * may hold at least LOCK_HELD_MAX locks. Acquire and a successful try have
 * acquire semantics, release has release semantics; `is_held` and a failed
 * try order nothing. No routine may be interrupted by another on the same
 * thread (a signal handler must not take locks).
 *
 * A header ends with <FAMILY>_<NAME>_TRAITS, an or of the bits below, and
 * <FAMILY>_<NAME>_PROPERTIES, an initialiser of struct lock_properties. */
#ifndef LOCKS_CONTRACT_H
#define LOCKS_CONTRACT_H

#define LOCK_INLINE static inline __attribute__((always_inline))

/* Never more than one holder. Every lock but the empty floor. */
#define LOCK_EXCLUSIVE (1u << 0)
/* Granted in the order in which the waiters passed the doorway. */
#define LOCK_FIFO (1u << 1)
/* The word is 0 exactly when the lock is free. */
#define LOCK_ZERO_WHEN_FREE (1u << 2)
/* Word and node hold what Windows keeps there (nt-api.md 3.5, 5.1). */
#define LOCK_NT_LAYOUT (1u << 3)
/* `try_acquire` exists and never waits. */
#define LOCK_TRY (1u << 4)
/* `is_held` tells the truth. */
#define LOCK_TEST (1u << 5)
/* Uses nodes of the thread record (locks/thread.h): the thread that acquired
 * must be the one that releases. */
#define LOCK_SIDE_NODES (1u << 6)
/* A waiter may sleep in the kernel: not a spin lock, kept to compare with. */
#define LOCK_BLOCKS (1u << 7)
/* Of a reader/writer lock: writers are FIFO; a reader waits for one writer at
 * most and is never passed by one that came later. */
#define LOCK_PHASE_FAIR (1u << 8)

/* Prefers waiters of the holder's domain (locks/thread.h). */
#define LOCK_NUMA (1u << 9)

/* `bypass` of a lock that lets later arrivals pass without limit. */
#define LOCK_UNBOUNDED (-1)

/* What a reader compares locks by; printed by `kspin list`. */
struct lock_properties {
  const char *order;     /* of the grants: "FIFO", "none", ... */
  int bypass;            /* grants to later arrivals that one waiter may see
                            before its own, per later arrival's thread;
                            0 for FIFO, or LOCK_UNBOUNDED */
  const char *space;     /* beyond the word (and the handle) */
  const char *rmw_alone; /* atomic read-modify-writes of an uncontended pair */
  const char *rmw_busy;  /* the same of a contended pair */
  const char *transfers; /* cache-line transfers of a contended pair with at
                            least three waiters, in brackets those that lie
                            one after the other on the hand-over */
  const char *source;    /* who published it, or "ours" */
};

#endif
