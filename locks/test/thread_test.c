/* Thread records: as many as promised, used again, never while in use. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "locks/executive/clh.h"
#include "locks/executive/mcs.h"
#include "locks/test/abort.h"
#include "locks/test/unit.h"

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
#define ALIVE 256 /* big shadow stacks */
#else
#define ALIVE 4096
#endif
enum { ENDED = 2 * LOCK_THREADS_MAX };

static uint32_t pages_taken(void) {
  return atomic_load_explicit(&lock_node_pages_taken, memory_order_relaxed);
}

static void run_thread(void *(*run)(void *), void *argument) {
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, run, argument), 0);
  assert_int_equal(pthread_join(thread, NULL), 0);
}

static void *use_locks(void *locks) {
  KSPIN_LOCK *lock = locks;
  executive_mcs_acquire(&lock[0]);
  executive_clh_acquire(&lock[1]);
  executive_mcs_release(&lock[0]);
  executive_clh_release(&lock[1]);
  return lock_thread_current;
}

/* More threads than there are records, one after the other. */
static void records_and_nodes_are_used_again(void **state) {
  (void)state;
  static KSPIN_LOCK locks[2];
  run_thread(use_locks, locks);
  uint32_t pages = pages_taken();
  for (unsigned i = 0; i < ENDED; i++)
    run_thread(use_locks, locks);
  assert_true(pages_taken() - pages < 64);
}

struct crowd {
  pthread_barrier_t all_here, may_end;
  _Atomic unsigned attached;
};

static void *join_crowd(void *argument) {
  struct crowd *crowd = argument;
  if (lock_thread_attach() == 0)
    atomic_fetch_add_explicit(&crowd->attached, 1, memory_order_relaxed);
  pthread_barrier_wait(&crowd->all_here);
  pthread_barrier_wait(&crowd->may_end);
  return NULL;
}

static void *attach(void *result) {
  *(int *)result = lock_thread_attach();
  return NULL;
}

/* Every thread that is promised a record has one, and one more is refused. */
static void thousands_are_alive_at_once(void **state) {
  (void)state;
  static pthread_t threads[ALIVE];
  struct crowd crowd = {.attached = 0};
  pthread_attr_t attr;
  lock_thread_detach();
  pthread_attr_init(&attr);
  pthread_attr_setstacksize(&attr, 64 << 10);
  pthread_barrier_init(&crowd.all_here, NULL, ALIVE + 1);
  pthread_barrier_init(&crowd.may_end, NULL, ALIVE + 1);
  for (unsigned i = 0; i < ALIVE; i++)
    if (pthread_create(&threads[i], &attr, join_crowd, &crowd) != 0) {
      print_message("this system lets a process have only %u threads\n", i);
      skip(); /* those that run wait for ever */
    }
  pthread_barrier_wait(&crowd.all_here);
  int one_more = 0;
  bool full = ALIVE == (int)LOCK_THREADS_MAX;
  if (full)
    run_thread(attach, &one_more);
  pthread_barrier_wait(&crowd.may_end);
  for (unsigned i = 0; i < ALIVE; i++)
    pthread_join(threads[i], NULL);
  assert_int_equal(crowd.attached, ALIVE);
  assert_int_equal(one_more, full ? -EAGAIN : 0);
  assert_int_equal(lock_thread_attach(), 0);
}

static void *end_holding(void *lock) {
  executive_mcs_acquire(lock);
  return lock_thread_current;
}

static void *whoami(void *unused) {
  (void)unused;
  return lock_thread_self();
}

/* The lock that a thread took into its grave keeps the thread's record. */
static void record_of_a_holder_is_not_used_again(void **state) {
  (void)state;
  static KSPIN_LOCK lock;
  pthread_t thread;
  void *holder, *other;
  assert_int_equal(pthread_create(&thread, NULL, end_holding, &lock), 0);
  assert_int_equal(pthread_join(thread, &holder), 0);
  for (unsigned i = 0; i < 10; i++) {
    assert_int_equal(pthread_create(&thread, NULL, whoami, NULL), 0);
    assert_int_equal(pthread_join(thread, &other), 0);
    assert_ptr_not_equal(other, holder);
  }
  assert_true(executive_mcs_is_held(&lock));
}

static void thread_may_leave_and_come_back(void **state) {
  (void)state;
  KSPIN_LOCK locks[2] = {0, 0};
  for (unsigned i = 0; i < 3; i++) {
    assert_int_equal(lock_thread_attach(), 0);
    assert_int_equal(lock_thread_attach(), 0);
    use_locks(locks);
    lock_thread_detach();
    assert_null(lock_thread_current);
    lock_thread_detach();
  }
}

/* A domain is the thread's, not the record's. */
static void domain_does_not_outlive_its_thread(void **state) {
  (void)state;
  uint32_t before = lock_thread_self()->domain;
  lock_thread_set_domain(before + 7);
  assert_int_equal(lock_thread_self()->domain, before + 7);
  lock_thread_detach();
  assert_int_not_equal(lock_thread_self()->domain, before + 7);
}

/* A lock pins one node on its first use, not on the later ones. */
static void clh_pins_a_node_a_lock(void **state) {
  (void)state;
  enum { LOCKS = 10 * LOCK_NODES_A_PAGE };
  static KSPIN_LOCK locks[LOCKS];
  uint32_t pages = pages_taken();
  for (unsigned turn = 0; turn < 10; turn++)
    for (unsigned i = 0; i < LOCKS; i++) {
      executive_clh_acquire(&locks[i]);
      executive_clh_release(&locks[i]);
    }
  assert_in_range(pages_taken() - pages, 9, 11);
}

static void hold_too_many(void) {
  static KSPIN_LOCK locks[LOCK_HELD_MAX + 1];
  for (unsigned i = 0; i < LOCK_HELD_MAX + 1; i++)
    executive_mcs_acquire(&locks[i]);
}

static void release_what_is_not_held(void) {
  static KSPIN_LOCK held, not_held;
  executive_mcs_acquire(&held);
  executive_mcs_release(&not_held);
}

/* Runs `run` in a child. @return its last words, if it aborted */
static const char *last_words(void (*run)(void)) {
  static char said[256];
  int pipe_ends[2], status;
  assert_int_equal(pipe(pipe_ends), 0);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    expect_abort();
    dup2(pipe_ends[1], STDERR_FILENO);
    run();
    _exit(0);
  }
  close(pipe_ends[1]);
  size_t length = 0;
  ssize_t got;
  while ((got = read(pipe_ends[0], said + length, sizeof said - 1 - length)) >
         0)
    length += (size_t)got;
  said[length] = '\0';
  drop_emulators_line(said);
  close(pipe_ends[0]);
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
  return said;
}

static void running_out_aborts_with_a_line(void **state) {
  (void)state;
  assert_string_equal(
      last_words(hold_too_many),
      "kspin: a thread holds too many locks (see LOCK_HELD_MAX)\n");
  assert_string_equal(
      last_words(release_what_is_not_held),
      "kspin: release of a lock that the thread does not hold\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(records_and_nodes_are_used_again),
      cmocka_unit_test(thousands_are_alive_at_once),
      cmocka_unit_test(thread_may_leave_and_come_back),
      cmocka_unit_test(record_of_a_holder_is_not_used_again),
      cmocka_unit_test(domain_does_not_outlive_its_thread),
      cmocka_unit_test(clh_pins_a_node_a_lock),
      cmocka_unit_test(running_out_aborts_with_a_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
