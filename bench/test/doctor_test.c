/* The parts of the doctor that are not in files: lists of CPUs, the audit of
 * links, and what the program found out itself. */
#include "bench/doctor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench/doctor/audit.h"
#include "bench/doctor/patient.h"

static void lists_of_cpus_are_read_and_written(void **state) {
  static bool set[BENCH_PATIENT_CPUS];
  char text[16];
  (void)state;
  assert_int_equal(bench_patient_list("0-3,8,10-11", set), 7);
  assert_true(set[3] && set[8] && set[11] && !set[4] && !set[9]);
  bench_patient_ranges(set, text, sizeof text);
  assert_string_equal(text, "0-3,8,10-11");
  assert_int_equal(bench_patient_list("", set), 0);
  bench_patient_ranges(set, text, sizeof text);
  assert_string_equal(text, "");
  assert_int_equal(bench_patient_list("4-2", set), 0);
  assert_int_equal(bench_patient_list("8191-99999", set), 1);
  assert_int_equal(bench_patient_list("1000,2000,3000,4000", set), 4);
  bench_patient_ranges(set, text, sizeof text);
  assert_string_equal(text, "1000,2000...");
}

static void pairs_of_every_level_are_chosen(void **state) {
  struct topology_machine *machine;
  struct bench_link *links;
  size_t count;
  (void)state;
  assert_int_equal(topology_machine_open("package:2 [numa] l3:2 core:4 pu:2",
                                         NULL, &machine),
                   0);
  assert_int_equal(bench_audit_choose(machine, 3, &links, &count), 0);
  static const enum topology_level levels[] = {
      TOPOLOGY_SMT, TOPOLOGY_L3, TOPOLOGY_PACKAGE, TOPOLOGY_CROSS};
  assert_int_equal(count, 12);
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(links[i].level, levels[i / 3]);
    assert_int_equal(topology_level_between(machine, links[i].a, links[i].b),
                     links[i].level);
    for (size_t j = 0; j < i; j++)
      assert_false(links[i].a == links[j].a && links[i].b == links[j].b);
  }
  /* spread over the machine: not all of them on the first package */
  assert_true(links[2].a >= 16 || links[5].a >= 16);
  free(links);
  assert_int_equal(bench_audit_choose(machine, 100, &links, &count), 0);
  assert_int_equal(count, 16 + 96 + 100 + 100); /* all pairs of two levels */
  free(links);
  topology_machine_close(machine);
}

static void a_machine_of_one_cpu_has_no_links(void **state) {
  struct topology_machine *machine;
  struct bench_link *links;
  size_t count;
  char value[BENCH_FINDING_SIZE] = "";
  (void)state;
  assert_int_equal(topology_machine_open("core:1 pu:1", NULL, &machine), 0);
  assert_int_equal(bench_audit_choose(machine, 3, &links, &count), 0);
  assert_int_equal(count, 0);
  assert_int_equal(bench_audit_judge(links, count, value), BENCH_UNKNOWN);
  free(links);
  topology_machine_close(machine);
}

static const struct bench_link sound[] = {
    {0, 1, TOPOLOGY_L3, 10, "l3", 45, 47},
    {2, 3, TOPOLOGY_L3, 10, "l3", 60, 61},
    {0, 4, TOPOLOGY_PACKAGE, 10, "package", 110, 120},
    {1, 5, TOPOLOGY_PACKAGE, 10, "package", 130, 130},
    {0, 8, TOPOLOGY_CROSS, 32, "cross:32", 250, 260},
};
enum { LINKS = sizeof sound / sizeof *sound };

static enum bench_answer judge(const struct bench_link *links, char *value) {
  memset(value, 0, BENCH_FINDING_SIZE);
  return bench_audit_judge(links, LINKS, value);
}

static void sound_links_are_told(void **state) {
  char value[BENCH_FINDING_SIZE];
  (void)state;
  assert_int_equal(judge(sound, value), BENCH_GOOD);
  assert_string_equal(value, "l3 45 to 60 ns, package 110 to 130 ns, "
                             "cross:32 250 to 250 ns");
}

static void a_level_of_two_speeds_is_seen(void **state) {
  struct bench_link links[LINKS];
  char value[BENCH_FINDING_SIZE];
  (void)state;
  memcpy(links, sound, sizeof sound);
  links[1].least_ns = links[1].most_ns = 235;
  assert_int_equal(judge(links, value), BENCH_BAD);
  assert_string_equal(value, "hwloc says l3 for CPUs 0 and 1 as for 2 and 3, "
                             "measurement says 45 and 235 ns");
}

static void levels_in_the_wrong_order_are_seen(void **state) {
  struct bench_link links[LINKS];
  char value[BENCH_FINDING_SIZE];
  (void)state;
  memcpy(links, sound, sizeof sound);
  links[4].least_ns = links[4].most_ns = 50;
  assert_int_equal(judge(links, value), BENCH_BAD);
  assert_string_equal(value,
                      "hwloc says CPUs 2 and 3 (l3) are nearer than 0 and 8 "
                      "(cross:32), measurement says 60 and 50 ns");
}

static void a_link_that_moves_is_seen(void **state) {
  struct bench_link links[LINKS];
  char value[BENCH_FINDING_SIZE];
  (void)state;
  memcpy(links, sound, sizeof sound);
  links[0].most_ns = 235;
  assert_int_equal(judge(links, value), BENCH_BAD);
  assert_string_equal(value, "hwloc says l3 for CPUs 0 and 1, measurement says "
                             "45 to 235 ns, by the moment");
}

static const struct bench_finding *find(const struct bench_examination *order,
                                        const char *name) {
  for (size_t i = 0; i < order->count; i++)
    if (!strcmp(order->findings[i].check->name, name))
      return &order->findings[i];
  return NULL;
}

static enum bench_severity severity_of(struct bench_examination order,
                                       const char *name) {
  order.root = "/nowhere";
  assert_int_equal(bench_doctor_examine(&order), 0);
  enum bench_severity severity = find(&order, name)->severity;
  bench_doctor_free(&order);
  return severity;
}

static void what_is_not_there_is_no_complaint(void **state) {
  struct bench_examination order = {.root = "/nowhere", .threads = 2};
  (void)state;
  assert_int_equal(bench_doctor_examine(&order), 0);
  assert_int_equal(bench_doctor_count(&order, BENCH_FAIL), 0);
  assert_int_equal(bench_doctor_count(&order, BENCH_WARN), 0);
  assert_string_equal(find(&order, "governor")->value, "not readable");
  bench_doctor_free(&order);
}

static void a_clock_that_is_not_trusted_fails(void **state) {
  struct bench_clock clock = {.name = "tsc", .residual_ns = 0.5};
  struct bench_examination order = {.clock = &clock};
  (void)state;
  assert_int_equal(severity_of(order, "clock_self_test"), BENCH_INFO);
  clock.distrust = "stamps do not return the length of a known chain";
  assert_int_equal(severity_of(order, "clock_self_test"), BENCH_FAIL);
}

static void a_machine_that_cannot_be_read_fails(void **state) {
  struct bench_examination order = {.machine_why = "HWLOC_XMLFILE is set"};
  (void)state;
  assert_int_equal(severity_of(order, "topology"), BENCH_FAIL);
  order.machine_why = NULL;
  assert_int_equal(severity_of(order, "topology"), BENCH_INFO);
}

static void pages_that_cannot_be_placed_fail(void **state) {
  struct bench_examination order = {0};
  struct topology_machine *machine;
  (void)state;
  /* pages cannot be placed on a machine that is not this one */
  assert_int_equal(topology_machine_open("core:2 pu:1", NULL, &machine), 0);
  order.machine = machine;
  assert_int_equal(severity_of(order, "page_placement"), BENCH_FAIL);
  topology_machine_close(machine);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lists_of_cpus_are_read_and_written),
      cmocka_unit_test(pairs_of_every_level_are_chosen),
      cmocka_unit_test(a_machine_of_one_cpu_has_no_links),
      cmocka_unit_test(sound_links_are_told),
      cmocka_unit_test(a_level_of_two_speeds_is_seen),
      cmocka_unit_test(levels_in_the_wrong_order_are_seen),
      cmocka_unit_test(a_link_that_moves_is_seen),
      cmocka_unit_test(what_is_not_there_is_no_complaint),
      cmocka_unit_test(a_clock_that_is_not_trusted_fails),
      cmocka_unit_test(a_machine_that_cannot_be_read_fails),
      cmocka_unit_test(pages_that_cannot_be_placed_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
