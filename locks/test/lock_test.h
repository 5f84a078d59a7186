/* The tests of one lock, in three files. */
#ifndef LOCKS_TEST_LOCK_TEST_H
#define LOCKS_TEST_LOCK_TEST_H

/* exclusion.c: threads at once */
void exclusion_under_load(void **state);
void exclusion_with_try(void **state);
void exclusion_of_churning_threads(void **state);
void release_makes_writes_visible(void **state);

/* single.c: one thread */
void free_when_initialised(void **state);
void init_overwrites_garbage(void **state);
void handle_needs_no_initialisation(void **state);
void try_takes_a_free_lock(void **state);
void try_leaves_a_held_lock_alone(void **state);
void test_tells_held_from_free(void **state);
void word_is_zero_when_free(void **state);
void sixty_four_held_released_in_any_order(void **state);

/* queue.c: a holder and those behind it */
void waiters_enter_in_order(void **state);
void release_lets_one_waiter_in(void **state);
void waiters_on_several_held_locks(void **state);
void nothing_beside_the_lock_is_written(void **state);

#endif
