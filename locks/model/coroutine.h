/* A call that can stop in the middle and go on later: the checker's threads.
 *
 * A coroutine runs until it leaves or its entry returns; it may be started
 * anew at any time, which forgets what it was doing. One system thread. */
#ifndef LOCKS_MODEL_COROUTINE_H
#define LOCKS_MODEL_COROUTINE_H

#include <stdbool.h>
#include <stddef.h>

struct model_coroutine;

/* @return null when there is no memory */
struct model_coroutine *model_coroutine_open(void);
void model_coroutine_close(struct model_coroutine *);

/* Arms it: the next enter calls `entry(argument)` on an empty stack. */
void model_coroutine_start(struct model_coroutine *, void (*entry)(void *),
                           void *argument);

/* Runs it until it leaves. @return false when its entry has returned */
bool model_coroutine_enter(struct model_coroutine *);

/* Goes back to where the running coroutine was entered. */
void model_coroutine_leave(struct model_coroutine *);

#endif
