/* From a summary to predictions: which figures are taken, and which refused. */
#include "bench/predict/predict.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "topology/describe.h"

static struct topology_machine *open_machine(const char *source) {
  struct topology_machine *machine;
  bool xml = strstr(source, ".xml") != NULL;
  assert_int_equal(
      topology_machine_open(xml ? NULL : source, xml ? source : NULL, &machine),
      0);
  return machine;
}

static void assert_near(double is, double should) {
  if (!(fabs(is - should) <= 0.01 * fabs(should)))
    fail_msg("is %g, should be %g", is, should);
}

/* What a record says of distances is what the machine said. */
static void same_levels(const char *source) {
  struct topology_machine *machine = open_machine(source);
  json_t *record = topology_describe_json(machine);
  struct bench_places here, there;
  assert_int_equal(bench_places_of_record(record, &there), 0);
  assert_int_equal(bench_places_of_machine(machine, &here), 0);
  assert_int_equal(here.count, there.count);
  for (size_t i = 0; i < here.count; i++)
    for (size_t j = 0; j < here.count; j++) {
      char is[TOPOLOGY_LEVEL_NAME_SIZE], was[TOPOLOGY_LEVEL_NAME_SIZE];
      const unsigned a = here.cpus[i].os, b = here.cpus[j].os;
      struct bench_apart apart = bench_places_apart(
          &there, bench_places_find(&there, a), bench_places_find(&there, b));
      topology_level_name(machine, a, b, was, sizeof was);
      topology_level_text(apart.level, apart.distance, is, sizeof is);
      assert_string_equal(is, was);
      apart = bench_places_apart(&here, &here.cpus[i], &here.cpus[j]);
      topology_level_text(apart.level, apart.distance, is, sizeof is);
      assert_string_equal(is, was);
    }
  bench_places_free(&here);
  bench_places_free(&there);
  json_decref(record);
  topology_machine_close(machine);
}

static void a_record_knows_the_distances(void **state) {
  (void)state;
  same_levels(MACHINES "/ring.xml");
  same_levels(MACHINES "/sparse.xml");
  same_levels(MACHINES "/restricted.xml");
  same_levels(MACHINES "/cpuless.xml");
  same_levels("package:2 l3:2 core:2 pu:2");
  same_levels("core:3 pu:1");
}

static void a_record_may_be_spoilt(void **state) {
  (void)state;
  struct bench_places places;
  json_t *record = json_pack("{s:[{s:i}], s:[], s:i}", "cpus", "os", 0, "nodes",
                             "l3_caches", 1);
  assert_int_equal(bench_places_of_record(record, &places), -EBADMSG);
  assert_int_equal(bench_places_of_record(NULL, &places), -EBADMSG);
  json_decref(record);
}

static struct results_row rows[32];
static size_t count;

static struct results_row *add(const char *workload, const char *metric,
                               const char *lock, int64_t threads,
                               const char *cpus, double median) {
  rows[count] = (struct results_row){
      .cell = {.workload = workload,
               .family = strcmp(lock, "line") ? "executive" : "probe",
               .lock = lock,
               .routines = "dpc",
               .threads = threads,
               .cpus = cpus,
               .level = threads == 1 && !strchr(cpus, ' ') ? "same" : "l3",
               .home = "first",
               .variant = "",
               .link = "50ns",
               .link_main = 1},
      .metric = metric,
      .unit = "ns",
      .median = median,
      .basis = "clean",
      .ratio_to_probe = median / 50};
  return &rows[count++];
}

/* A lock whose costs are all known: transfers of 50, hand-over of 100. */
static void add_lock(const char *lock) {
  add("uncontended", "acquire_ns", lock, 1, "0 1", 8);
  add("uncontended", "release_ns", lock, 1, "0 1", 2);
  add("uncontended", "remote_acquire_ns", lock, 1, "0 1", 60);
  add("handoff", "timestamp_ns", lock, 2, "0 1", 100);
  add("release", "retire_ns", lock, 2, "0 1", 20);
  add("throughput", "op_ns", lock, 1, "0", 15);
  add("throughput", "op_ns", lock, 2, "0 1", 130);
}

static struct results_summary summary(void) {
  return (struct results_summary){.rows = rows, .count = count};
}

static void predict(struct bench_prediction *out) {
  struct topology_machine *machine = open_machine("l3:1 core:2 pu:1");
  json_t *record =
      json_pack("{s:o}", "topology", topology_describe_json(machine));
  const struct results_summary all = summary();
  assert_int_equal(bench_predict_run(&all, record, out), 0);
  json_decref(record);
  topology_machine_close(machine);
}

/* Handed over in 100, 20 of it beside the fetch of 50: 130, as measured. */
static void a_lock_is_predicted_from_its_costs(void **state) {
  (void)state;
  struct bench_prediction prediction;
  count = 0;
  add_lock("ticket");
  add("handoff", "one_way_ns", "line", 2, "0 1", 50);
  predict(&prediction);
  assert_int_equal(prediction.lock_count, 1);
  assert_string_equal(prediction.locks[0].why, "");
  assert_int_equal(prediction.locks[0].count, 2);
  assert_int_equal(prediction.locks[0].tested, 1);
  assert_true(prediction.points[0].input);
  assert_near(prediction.points[0].model.op_ns, 15);
  assert_near(prediction.points[1].model.op_ns, 130);
  assert_true(prediction.locks[0].mean_error < 0.01);
  assert_true(bench_predicted_explained(&prediction.locks[0]));
  bench_prediction_free(&prediction);
}

static void an_error_beyond_the_limit_is_no_explanation(void **state) {
  (void)state;
  struct bench_prediction prediction;
  count = 0;
  add_lock("ticket");
  rows[count - 1].median = 400;
  add("handoff", "one_way_ns", "line", 2, "0 1", 50);
  predict(&prediction);
  assert_near(prediction.points[1].error, -0.675);
  assert_near(prediction.locks[0].mean_error, 0.675);
  assert_false(bench_predicted_explained(&prediction.locks[0]));
  bench_prediction_free(&prediction);
}

static void what_cannot_be_predicted_says_why(void **state) {
  (void)state;
  struct bench_prediction prediction;
  count = 0;
  add_lock("ttas");
  add("throughput", "op_ns", "mcs", 2, "0 1", 200);
  add_lock("clh");
  rows[count - 1].cell.variant = "lines:4";
  add("handoff", "one_way_ns", "line", 2, "0 1", 50);
  predict(&prediction);
  assert_int_equal(prediction.lock_count, 3);
  assert_string_equal(prediction.locks[0].why, "it is not FIFO");
  assert_string_equal(prediction.locks[1].why, "its handoff was not measured");
  assert_string_equal(prediction.locks[2].why, "not in the model: lines:4");
  assert_int_equal(prediction.locks[2].count, 1);
  assert_true(isnan(prediction.locks[0].mean_error));
  bench_prediction_free(&prediction);
}

/* Figures of a class of transfers that few trials met are not used. */
static void a_rare_class_is_left_out(void **state) {
  (void)state;
  struct bench_prediction prediction;
  count = 0;
  add_lock("ticket");
  add("handoff", "one_way_ns", "line", 2, "0 1", 50);
  add("handoff", "one_way_ns", "line", 2, "0 1", 500)->cell.link_main = 0;
  add("throughput", "op_ns", "ticket", 2, "0 1", 900)->cell.link_main = 0;
  predict(&prediction);
  assert_near(prediction.transfers.rows[0].ns, 50);
  assert_int_equal(prediction.locks[0].tested, 1);
  bench_prediction_free(&prediction);
}

static int elsewhere(const char *source, struct bench_transfers given,
                     struct bench_prediction *out, char *why, size_t size) {
  static const unsigned counts[] = {1, 2, 4};
  struct topology_machine *machine = open_machine(source);
  const struct results_summary all = summary();
  const struct bench_elsewhere there = {.machine = machine,
                                        .policy = "scatter",
                                        .counts = counts,
                                        .count = 3,
                                        .given = &given};
  int error = bench_predict_elsewhere(&all, &there, out, why, size);
  topology_machine_close(machine);
  return error;
}

/* Twice the transfer, twice the hand-over: 2 x 200 on two sockets. */
static void costs_scale_with_the_transfer(void **state) {
  (void)state;
  char why[256];
  struct bench_prediction prediction;
  struct bench_transfers given = {.count = 0};
  count = 0;
  add_lock("ticket");
  add("handoff", "one_way_ns", "line", 2, "0 1", 50);
  assert_int_equal(elsewhere("package:2 l3:1 core:2 pu:1", given, &prediction,
                             why, sizeof why),
                   -EINVAL);
  assert_non_null(strstr(why, "level cross"));
  assert_true(bench_transfer_set(&given, "cross", 100, true));
  assert_int_equal(elsewhere("package:2 l3:1 core:2 pu:1", given, &prediction,
                             why, sizeof why),
                   0);
  assert_int_equal(prediction.point_count, 3);
  assert_near(prediction.points[0].model.op_ns, 15);
  assert_near(prediction.points[1].model.op_ns, 280);
  assert_true(isnan(prediction.points[1].error));
  bench_prediction_free(&prediction);
}

static void a_hand_over_grows_with_its_waiters(void **state) {
  (void)state;
  struct bench_lock_costs costs;
  count = 0;
  add_lock("ticket");
  add("release", "wake_ns", "ticket", 2, "0 1", 100);
  assert_null(bench_lock_costs_read(&(struct results_summary){rows, count},
                                    &rows[0].cell, &costs));
  assert_false(costs.crowd_known);
  add("release", "wake_ns", "ticket", 3, "0 1 2", 108);
  add("release", "wake_ns", "ticket", 4, "0 1 2 3", 112);
  assert_null(bench_lock_costs_read(&(struct results_summary){rows, count},
                                    &rows[0].cell, &costs));
  assert_true(costs.crowd_known);
  assert_near(costs.crowd_ns, 6);
}

static void levels_have_names(void **state) {
  (void)state;
  assert_true(bench_level_known("l3") && bench_level_known("cross:21"));
  assert_false(bench_level_known("") || bench_level_known("far") ||
               bench_level_known("cross:") || bench_level_known("cross:x") ||
               bench_level_known("l3 package"));
  struct bench_transfers known = {.count = 0};
  bench_transfer_set(&known, "cross", 90, true);
  bench_transfer_set(&known, "cross:32", 120, true);
  assert_near(bench_transfer_at(&known, "cross:21"), 90);
  assert_near(bench_transfer_at(&known, "cross:32"), 120);
  assert_true(isnan(bench_transfer_at(&known, "node:16")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_record_knows_the_distances),
      cmocka_unit_test(a_record_may_be_spoilt),
      cmocka_unit_test(a_lock_is_predicted_from_its_costs),
      cmocka_unit_test(an_error_beyond_the_limit_is_no_explanation),
      cmocka_unit_test(what_cannot_be_predicted_says_why),
      cmocka_unit_test(a_rare_class_is_left_out),
      cmocka_unit_test(costs_scale_with_the_transfer),
      cmocka_unit_test(a_hand_over_grows_with_its_waiters),
      cmocka_unit_test(levels_have_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
