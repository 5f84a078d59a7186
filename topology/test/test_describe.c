/* The description as JSON. The text is checked by machines/. */
#include "topology/test/check.h"

#include "topology/describe.h"

static json_t *describe(const char *xml) {
  struct topology_machine *m = must_open(NULL, xml);
  json_t *object = topology_describe_json(m);
  assert_non_null(object);
  assert_string_equal(json_string_value(json_object_get(object, "source")),
                      topology_machine_source(m));
  topology_machine_close(m);
  return object;
}

static json_t *cpu(const json_t *object, size_t i, const char *field) {
  return json_object_get(json_array_get(json_object_get(object, "cpus"), i),
                         field);
}

static void says_everything_about_a_ring(void **state) {
  (void)state;
  json_t *ring = describe(MACHINES "/ring.xml");
  json_t *nodes = json_object_get(ring, "nodes");
  json_t *distances = json_object_get(ring, "distances");
  assert_true(json_is_false(json_object_get(ring, "this_machine")));
  assert_string_equal(json_string_value(json_object_get(ring, "allowed")),
                      "0-15");
  assert_int_equal(json_integer_value(json_object_get(ring, "l3_caches")), 4);
  assert_int_equal(json_array_size(json_object_get(ring, "cpus")), 16);
  assert_int_equal(json_integer_value(cpu(ring, 15, "os")), 15);
  assert_int_equal(json_integer_value(cpu(ring, 15, "core")), 7);
  assert_int_equal(json_integer_value(cpu(ring, 15, "thread")), 1);
  assert_int_equal(json_integer_value(cpu(ring, 15, "node")), 3);
  assert_int_equal(json_array_size(nodes), 4);
  assert_int_equal(
      json_integer_value(json_array_get(json_array_get(distances, 0), 3)), 22);
  json_decref(ring);
}

static void says_null_for_what_is_not_known(void **state) {
  (void)state;
  json_t *stranded = describe(MACHINES "/stranded.xml");
  json_t *guest = describe(MACHINES "/guest.xml");
  assert_int_equal(json_integer_value(cpu(stranded, 0, "node")), 0);
  assert_true(json_is_null(cpu(stranded, 2, "node")));
  assert_true(json_is_null(json_object_get(guest, "distances")));
  json_decref(stranded);
  json_decref(guest);
}

static void gives_levels_as_rows(void **state) {
  (void)state;
  const unsigned cpus[] = {2, 0};
  struct topology_machine *m = must_open(NULL, MACHINES "/cpuless.xml");
  json_t *rows = topology_describe_levels_json(m, cpus, 2);
  char *text = json_dumps(rows, JSON_COMPACT);
  assert_string_equal(text,
                      "[[\"same\",\"cross:31\"],[\"cross:21\",\"same\"]]");
  free(text);
  json_decref(rows);
  topology_machine_close(m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(says_everything_about_a_ring),
      cmocka_unit_test(says_null_for_what_is_not_known),
      cmocka_unit_test(gives_levels_as_rows)};
  return cmocka_run_group_tests_name("describe", tests, NULL, NULL);
}
