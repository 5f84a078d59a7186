/* The order of CNA, domains being said by the test: near waiters first, but
 * not for more than a run of QUEUED_CNA_RUN, which is 2 here. */
#include <sched.h>
#include <string.h>

#include "locks/test/team.h"
#include "locks/test/unit.h"
#include "locks/test/waiting.h"

#include "locks/queued/cna.h"

enum { WAITERS_MAX = 8, ROUNDS = 20 };

static struct {
  alignas(128) KSPIN_LOCK lock;
  const char *domains; /* of the waiters, in the order in which they come */
  unsigned waiters;
  waiting_flag waits[WAITERS_MAX];
  _Atomic int may_start[WAITERS_MAX];
  char order[WAITERS_MAX + 1]; /* 'a' for the first that came ... */
  unsigned entered;
} shared;

static void wait_in_queue(unsigned member) {
  KSPIN_LOCK_QUEUE handle;
  lock_thread_set_domain((unsigned)shared.domains[member]);
  waiting_see(&shared.may_start[member]);
  waiting_mine = &shared.waits[member];
  queued_cna_acquire(&shared.lock, &handle);
  shared.order[shared.entered++] = (char)('a' + member);
  queued_cna_release(&handle);
}

/* The last member holds the lock, in domain '0', until all others were seen to
 * wait, each before the next one was let go. */
static void take_part(unsigned member, void *unused) {
  KSPIN_LOCK_QUEUE handle;
  (void)unused;
  if (member < shared.waiters) {
    wait_in_queue(member);
    return;
  }
  lock_thread_set_domain('0');
  queued_cna_acquire(&shared.lock, &handle);
  for (unsigned i = 0; i < shared.waiters; i++) {
    atomic_store_explicit(&shared.may_start[i], 1, memory_order_release);
    waiting_see(&shared.waits[i]);
  }
  queued_cna_release(&handle);
}

static void assert_order(const char *domains, const char *order) {
  for (unsigned round = 0; round < ROUNDS; round++) {
    memset(&shared, 0, sizeof shared);
    shared.domains = domains;
    shared.waiters = (unsigned)strlen(domains);
    team_run(shared.waiters + 1, take_part, NULL);
    assert_string_equal(shared.order, order);
    assert_int_equal(shared.lock, 0);
  }
}

static void one_domain_is_fifo(void **state) {
  (void)state;
  assert_order("0000", "abcd");
  assert_order("1111", "abcd");
}

static void near_waiters_come_first(void **state) {
  (void)state;
  assert_order("1010", "bdac");
  assert_order("1210", "dacb");
}

/* After b and d the run is over though e is near: a, which has c near it; then
 * e, which passes f for g. */
static void a_run_ends(void **state) {
  (void)state;
  assert_order("1010020", "bdacegf");
}

/* Without anybody to put off a run has no end. */
static void a_run_without_others_goes_on(void **state) {
  (void)state;
  assert_order("00001", "abcde");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_domain_is_fifo),
      cmocka_unit_test(near_waiters_come_first),
      cmocka_unit_test(a_run_ends),
      cmocka_unit_test(a_run_without_others_goes_on),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
