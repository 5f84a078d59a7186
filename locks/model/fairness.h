/* In which order the threads of one execution came and entered. */
#ifndef LOCKS_MODEL_FAIRNESS_H
#define LOCKS_MODEL_FAIRNESS_H

#include <stdbool.h>

void model_fairness_reset(void);

/* The running thread comes to the lock, and then: enters and, after all of the
 * release, has left; or gives up.
 * @param shared  as a reader */
void model_fairness_arrive(const void *lock, bool shared);
void model_fairness_enter(void);
void model_fairness_left(void);
void model_fairness_give_up(void);

/* @param bypass  how often a waiter may be passed by one later thread; < 0:
 *                without limit
 * @return whether no writer was passed by another more often in this execution;
 *         who does not read writes */
bool model_fairness_keeps(int bypass);

/* @return whether no writer was passed by a reader that came later */
bool model_fairness_writers_pass(void);

/* @return whether no reader was passed by a writer that came later */
bool model_fairness_readers_pass(void);

/* @return whether each reader waited for one writer at most */
bool model_fairness_phases(void);

#endif
