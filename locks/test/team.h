/* Threads for the tests: start together, end together. */
#ifndef LOCKS_TEST_TEAM_H
#define LOCKS_TEST_TEAM_H

/* Runs `run(member, argument)` in `threads` threads, members 0, 1, ..., that
 * leave a barrier together, and returns when all have ended. A thread that
 * cannot be created ends the test. */
void team_run(unsigned threads, void (*run)(unsigned member, void *argument),
              void *argument);

#endif
