/* libkspin's choice of implementations, from outside. Each test that settles
 * the choice runs in a child of its own. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ntifs.h>

#include "locks/nt/kspin.h"
#include "locks/table.h"
#include "locks/test/unit.h"

/* Runs `run` in a child. @return its exit status */
static int in_child(int (*run)(void)) {
  int status;
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0)
    _exit(run());
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static void choices_are_the_lists(void **state) {
  (void)state;
  unsigned executives = 0, queued = 0, readers = 0;
  for (size_t i = 0; i < lock_table_count; i++) {
    if (lock_table[i].family == LOCK_FAMILY_EXECUTIVE)
      assert_string_equal(kspin_executive_choice(executives++),
                          lock_table[i].name);
    if (lock_table[i].family == LOCK_FAMILY_QUEUED)
      assert_string_equal(kspin_queued_choice(queued++), lock_table[i].name);
    if (lock_table[i].family == LOCK_FAMILY_READER)
      assert_string_equal(kspin_reader_choice(readers++), lock_table[i].name);
  }
  assert_null(kspin_executive_choice(executives));
  assert_null(kspin_queued_choice(queued));
  assert_null(kspin_reader_choice(readers));
}

/* @return what `variable` names, or the first choice */
static const char *expected(const char *variable, const char *first) {
  const char *name = getenv(variable);
  return name != NULL ? name : first;
}

static void environment_chooses(void **state) {
  (void)state;
  assert_string_equal(kspin_executive_name(),
                      expected("KSPIN_EXECUTIVE", kspin_executive_choice(0)));
  assert_string_equal(kspin_queued_name(),
                      expected("KSPIN_QUEUED", kspin_queued_choice(0)));
  assert_string_equal(kspin_reader_name(),
                      expected("KSPIN_READER", kspin_reader_choice(0)));
}

static int choose_wrongly(void) {
  const char *executive = kspin_executive_name();
  const char *queued = kspin_queued_name();
  const char *reader = kspin_reader_name();
  return kspin_choose("nosuch", NULL, NULL) != -EINVAL ||
         kspin_choose(NULL, "nosuch", NULL) != -EINVAL ||
         kspin_choose("ticket", "nosuch", NULL) != -EINVAL ||
         kspin_choose("ticket", "clh", "nosuch") != -EINVAL ||
         kspin_choose("broken", NULL, NULL) != -EINVAL ||
         strcmp(kspin_executive_name(), executive) != 0 ||
         strcmp(kspin_queued_name(), queued) != 0 ||
         strcmp(kspin_reader_name(), reader) != 0;
}

static void unknown_name_changes_nothing(void **state) {
  (void)state;
  assert_int_equal(in_child(choose_wrongly), 0);
}

static int choose_ticket(void) {
  KSPIN_LOCK lock;
  KIRQL old;
  KeInitializeSpinLock(&lock);
  if (kspin_choose("ticket", NULL, NULL) != 0)
    return 1;
  KeAcquireSpinLock(&lock, &old);
  KSPIN_LOCK word = lock;
  KeReleaseSpinLock(&lock, old);
  return strcmp(kspin_executive_name(), "ticket") != 0 || word != (KSPIN_LOCK)1
                                                                      << 32;
}

/* The choice reaches the routines: this one leaves its phase in the word. */
static int choose_phase_fair(void) {
  EX_SPIN_LOCK lock = 0;
  if (kspin_choose(NULL, NULL, "phase_fair") != 0)
    return 1;
  ExReleaseSpinLockExclusive(&lock, ExAcquireSpinLockExclusive(&lock));
  return lock == 0 || strcmp(kspin_reader_name(), "phase_fair") != 0 ||
         kspin_choose(NULL, NULL, "nt") != -EBUSY;
}

static void call_overrides_the_environment(void **state) {
  (void)state;
  assert_int_equal(in_child(choose_ticket), 0);
  assert_int_equal(in_child(choose_phase_fair), 0);
}

static int choose_after_executive_use(void) {
  KSPIN_LOCK lock;
  KeInitializeSpinLock(&lock);
  (void)KeTestSpinLock(&lock);
  return kspin_choose("tas", NULL, NULL) != -EBUSY ||
         kspin_choose(NULL, "mcs", NULL) != -EBUSY ||
         kspin_choose(NULL, NULL, "nt") != -EBUSY;
}

static int choose_after_queued_use(void) {
  KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  KeInitializeSpinLock(&lock);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  return kspin_choose("tas", "mcs", NULL) != -EBUSY;
}

static void no_choice_after_the_first_use(void **state) {
  (void)state;
  assert_int_equal(in_child(choose_after_executive_use), 0);
  assert_int_equal(in_child(choose_after_queued_use), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(choices_are_the_lists),
      cmocka_unit_test(environment_chooses),
      cmocka_unit_test(unknown_name_changes_nothing),
      cmocka_unit_test(call_overrides_the_environment),
      cmocka_unit_test(no_choice_after_the_first_use),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
