/* Counters count what the thread does, and say so when they cannot. */
#include "bench/trial/hardware.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "results/trial.h"

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

/* What a machine would be asked for: libpfm takes it for another one. */
static void asked_on(const char *pmu, enum bench_maker maker, const char *event,
                     uint64_t wanted) {
  int status;
  pid_t child = fork();
  assert_true(child >= 0);
  if (!child) {
    uint32_t type = 0;
    uint64_t config = 0;
    bool known = false;
    setenv("LIBPFM_FORCE_PMU", pmu, 1);
    for (const struct bench_event *e = bench_events; e->name; e++)
      if (!strcmp(e->name, event))
        known = bench_event_numbers(e, maker, &type, &config);
    _exit(known != (wanted != 0) || config != wanted);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  if (status)
    fail_msg("%s on %s is not %#llx", event, pmu, (unsigned long long)wanted);
}

/* The numbers kept here are those that the library finds by name. */
static void events_have_their_makers_numbers(void **state) {
  (void)state;
  const enum bench_maker amd = BENCH_AMD_FAMILY_25, any = BENCH_ANY_MAKER;
  asked_on("amd64_fam19h_zen3", amd, "fills_near", 0x244);
  asked_on("amd64_fam19h_zen4", amd, "fills_other_l3", 0x444);
  asked_on("amd64_fam19h_zen4", amd, "fills_remote", 0x1044);
  asked_on("icx", BENCH_INTEL_SERVER, "loads_near", 0x4d2);
  asked_on("spr", BENCH_INTEL_SERVER, "loads_remote_dirty", 0x4d3);
  asked_on("icx", any, "fills_near", 0);
  if (!bench_event_by_name())
    return;
  asked_on("amd64_fam17h_zen2", any, "fills_near", 0x243);
  asked_on("amd64_fam17h_zen2", any, "fills_other_l3", 0);
  asked_on("amd64_fam19h_zen3", any, "fills_remote", 0x1044);
  asked_on("hsw_ep", any, "loads_remote_dirty", 0x10d3);
  asked_on("spr", any, "loads_near", 0x4d2);
}

static void each_field_is_one_of_a_trial(void **state) {
  (void)state;
  for (const struct bench_event *e = bench_events; e->name; e++)
    assert_true(!e->field || results_field_find(e->field));
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

/* Members of a group must not lose what they counted in earlier stretches. */
static void counting_goes_on_where_it_stopped(void **state) {
  struct bench_hardware hardware;
  struct bench_count counts[BENCH_EVENTS];
  char why[256];
  (void)state;
  size_t count = bench_hardware_open(&hardware, why, sizeof why);
  for (int i = 0; i < 10; i++) {
    bench_hardware_go_on(&hardware);
    touch(30);
    bench_hardware_stop(&hardware);
  }
  assert_int_equal(bench_hardware_read(&hardware, counts), 0);
  const struct bench_count *faults = find(counts, count, "page_faults");
  const struct bench_count *clock = find(counts, count, "task_clock");
  if (faults)
    assert_true(faults->value >= 300);
  if (clock)
    assert_true(clock->value > 0 && clock->share > 0.99);
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
      cmocka_unit_test(events_have_their_makers_numbers),
      cmocka_unit_test(each_field_is_one_of_a_trial),
      cmocka_unit_test(groups_fit_into_the_cpu),
      cmocka_unit_test(shared_counters_are_scaled),
      cmocka_unit_test(what_happens_is_counted),
      cmocka_unit_test(counting_begins_at_zero_each_time),
      cmocka_unit_test(counting_goes_on_where_it_stopped),
      cmocka_unit_test(a_counter_that_is_gone_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
