/* Counters count what the thread does, and say so when they cannot. */
#include "bench/hardware.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static void makers_are_told_apart(void **state) {
  (void)state;
  assert_int_equal(bench_maker_of("vendor_id\t: AuthenticAMD\n"
                                  "cpu family\t: 25\nmodel\t\t: 1\n"),
                   BENCH_AMD_FAMILY_25);
  assert_int_equal(bench_maker_of("vendor_id\t: AuthenticAMD\n"
                                  "cpu family\t: 23\nmodel\t\t: 49\n"),
                   BENCH_ANY_MAKER);
  assert_int_equal(bench_maker_of("vendor_id\t: GenuineIntel\n"
                                  "cpu family\t: 6\nmodel\t\t: 143\n"),
                   BENCH_INTEL_SERVER);
  assert_int_equal(bench_maker_of("vendor_id\t: GenuineIntel\n"
                                  "cpu family\t: 6\nmodel\t\t: 158\n"),
                   BENCH_ANY_MAKER);
  assert_int_equal(bench_maker_of(""), BENCH_ANY_MAKER);
}

static void groups_fit_into_the_cpu(void **state) {
  (void)state;
  for (enum bench_maker maker = BENCH_ANY_MAKER; maker <= BENCH_INTEL_SERVER;
       maker++) {
    size_t of_group[8] = {0}, all = 0;
    for (const struct bench_event *event = bench_events; event->name; event++) {
      if (event->maker != BENCH_ANY_MAKER && event->maker != maker)
        continue;
      assert_true(event->group < 8);
      assert_true(++of_group[event->group] <= BENCH_GROUP);
      assert_true(++all <= BENCH_EVENTS);
    }
  }
}

static void shared_counters_are_scaled(void **state) {
  (void)state;
  assert_true(bench_hardware_scale(100, 1000, 1000) == 100);
  assert_true(bench_hardware_scale(100, 1000, 250) == 400);
  assert_true(isnan(bench_hardware_scale(0, 1000, 0)));
}

/* Touches fresh pages, one by one. */
static void touch(size_t pages) {
  size_t size = (size_t)sysconf(_SC_PAGESIZE);
  volatile char *memory = mmap(NULL, pages * size, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  assert_true(memory != MAP_FAILED);
  madvise((void *)memory, pages * size, MADV_NOHUGEPAGE);
  for (size_t i = 0; i < pages; i++)
    memory[i * size] = 1;
  munmap((void *)memory, pages * size);
}

static const struct bench_count *find(const struct bench_count *counts,
                                      size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (!strcmp(counts[i].event->name, name))
      return &counts[i];
  return NULL;
}

/* What is open counts; what is not open is explained. */
static void what_happens_is_counted(void **state) {
  struct bench_hardware hardware;
  struct bench_count counts[BENCH_EVENTS];
  char why[256];
  const struct timespec moment = {.tv_nsec = 1000000};
  (void)state;
  size_t count = bench_hardware_open(&hardware, why, sizeof why);
  assert_int_equal(count, hardware.count);
  assert_null(strchr(why, '\n'));
  assert_true(count || *why);
  bench_hardware_start(&hardware);
  touch(200);
  for (int i = 0; i < 5; i++)
    nanosleep(&moment, NULL);
  bench_hardware_stop(&hardware);
  touch(1000);
  assert_int_equal(bench_hardware_read(&hardware, counts), 0);
  const struct bench_count *faults = find(counts, count, "page_faults");
  if (faults) {
    assert_true(faults->value >= 200 && faults->value < 1000);
    assert_true(faults->share > 0.99);
  }
  const struct bench_count *switches = find(counts, count, "context_switches");
  if (switches)
    assert_true(switches->value >= 5);
  const struct bench_count *cycles = find(counts, count, "cycles");
  assert_true(cycles || *why); /* no PMU: the line says so */
  if (cycles)
    assert_true(cycles->value > 1000);
  bench_hardware_close(&hardware);
  assert_int_equal(hardware.count, 0);
}

static void counting_begins_at_zero_each_time(void **state) {
  struct bench_hardware hardware;
  struct bench_count counts[BENCH_EVENTS];
  char why[256];
  (void)state;
  size_t count = bench_hardware_open(&hardware, why, sizeof why);
  bench_hardware_start(&hardware);
  touch(500);
  bench_hardware_stop(&hardware);
  bench_hardware_start(&hardware);
  touch(20);
  bench_hardware_stop(&hardware);
  assert_int_equal(bench_hardware_read(&hardware, counts), 0);
  const struct bench_count *faults = find(counts, count, "page_faults");
  if (faults)
    assert_true(faults->value >= 20 && faults->value < 500);
  bench_hardware_close(&hardware);
}

static void a_counter_that_is_gone_is_an_error(void **state) {
  struct bench_hardware hardware;
  struct bench_count counts[BENCH_EVENTS] = {{.value = 7}};
  char why[256];
  (void)state;
  if (!bench_hardware_open(&hardware, why, sizeof why))
    skip();
  close(hardware.counters[0].file);
  assert_int_equal(bench_hardware_read(&hardware, counts), -EIO);
  assert_true(counts[0].value == 7);
  bench_hardware_close(&hardware);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(makers_are_told_apart),
      cmocka_unit_test(groups_fit_into_the_cpu),
      cmocka_unit_test(shared_counters_are_scaled),
      cmocka_unit_test(what_happens_is_counted),
      cmocka_unit_test(counting_begins_at_zero_each_time),
      cmocka_unit_test(a_counter_that_is_gone_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
