/* Routines that are bound to a lock at compile time report misuse, too, when
 * KSPIN_CHECKED is defined and libkspin-checked is linked. */
#include <ntifs.h>

#include "locks/nt/kspin.h"
#include "locks/test/unit.h"

static unsigned reports;
static struct kspin_bug_check last;

static void take(const struct kspin_bug_check *check, void *context) {
  (void)context;
  reports++;
  last = *check;
}

static void listen(void) {
  reports = 0;
  kspin_on_bug_check(take, NULL);
}

static void use_is_not_reported(void **state) {
  (void)state;
  static KSPIN_LOCK lock;
  KLOCK_QUEUE_HANDLE handle;
  static EX_SPIN_LOCK both;
  listen();
  KeInitializeSpinLock(&lock);
  KIRQL old = KeAcquireSpinLockRaiseToDpc(&lock);
  assert_int_equal(lock, (KSPIN_LOCK)1 << 32); /* it is a ticket lock */
  KeReleaseSpinLock(&lock, old);
  NtLockStorageFreed(&lock, sizeof lock);
  KeInitializeSpinLock(&lock);
  KeAcquireInStackQueuedSpinLock(&lock, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  old = ExAcquireSpinLockExclusive(&both);
  ExReleaseSpinLockExclusive(&both, old);
  assert_true(both != 0); /* and a phase-fair one */
  assert_int_equal(reports, 0);
}

static void release_of_a_free_lock_is(void **state) {
  (void)state;
  static KSPIN_LOCK lock;
  listen();
  KeInitializeSpinLock(&lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeReleaseSpinLockFromDpcLevel(&lock);
  KeLowerIrql(old);
  assert_true(reports > 0);
  assert_true(last.lock == &lock);
  assert_int_equal(lock, 0); /* refused: no ticket was skipped */
}

static void recursion_is_and_does_not_hang(void **state) {
  (void)state;
  static KSPIN_LOCK lock;
  static EX_SPIN_LOCK both;
  listen();
  KeInitializeSpinLock(&lock);
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeAcquireSpinLockAtDpcLevel(&lock);
  KeAcquireSpinLockAtDpcLevel(&lock);
  assert_int_equal(reports, 1);
  KeReleaseSpinLockFromDpcLevel(&lock);
  ExAcquireSpinLockSharedAtDpcLevel(&both);
  ExAcquireSpinLockExclusiveAtDpcLevel(&both);
  assert_int_equal(reports, 2);
  ExReleaseSpinLockSharedFromDpcLevel(&both);
  KeLowerIrql(old);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(use_is_not_reported),
      cmocka_unit_test(release_of_a_free_lock_is),
      cmocka_unit_test(recursion_is_and_does_not_hang),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
