/* What a thread of the programs does with the lock: each act with the notes of
 * the trace, the times of fairness, the life of a handle and the accesses to
 * what the lock protects. Handles are re-used at one address, as a loop does on
 * its stack. */
#ifndef LOCKS_MODEL_ACTS_H
#define LOCKS_MODEL_ACTS_H

#include "locks/model/client.h"

/* There are two of the lock; `which` is 0 or 1. */
enum { MODEL_ACT_LOCKS = 2 };

/* Makes the locks, of this kind, and what they protect new. */
void model_act_reset(const struct model_lock *lock);

void model_act_acquire(unsigned which);
void model_act_release(unsigned which);

/* @return whether the thread is inside; waiting is a violation */
bool model_act_try_acquire(unsigned which);

/* The same by the holder, with no notes. */
bool model_act_try_again(unsigned which);

/* As a reader, of the first lock. */
void model_act_acquire_shared(void);
void model_act_release_shared(void);

/* For a reader, who is a writer or a reader still and leaves as such.
 * @return whether it was a writer */
bool model_act_convert_and_release(bool (*convert)(void *lock));

bool model_act_is_held(unsigned which);
bool model_act_is_zero(unsigned which);

/* Claims what a lock that can tell says to its holder. */
void model_act_check_held(unsigned which);

/* As model_program.name. */
void model_act_name(void *context, uintptr_t address, char *text, size_t size);

#endif
