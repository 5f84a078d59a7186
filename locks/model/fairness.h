/* In which order the threads of one execution came and entered. */
#ifndef LOCKS_MODEL_FAIRNESS_H
#define LOCKS_MODEL_FAIRNESS_H

#include <stdbool.h>

void model_fairness_reset(void);

/* The running thread comes to the lock, and then: enters, or gives up. */
void model_fairness_arrive(const void *lock);
void model_fairness_enter(void);
void model_fairness_give_up(void);

/* @param bypass  how often a waiter may be passed by one later thread; < 0:
 *                without limit
 * @return whether nobody was passed more often in this execution */
bool model_fairness_keeps(int bypass);

#endif
