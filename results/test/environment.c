/* The description of machine and build has every key, and what this process
 * can ask otherwise agrees. */
#include "results/environment.h"
#include "results/sysfile.h"
#include "results/test/test.h"

#include <sys/utsname.h>
#include <unistd.h>

static void every_key_is_there_in_order(void **state) {
  json_t *environment = results_environment();
  const struct results_environment_key *key = results_environment_keys;
  const char *name;
  json_t *value;
  (void)state;
  json_object_foreach(environment, name, value) {
    assert_string_equal(name, key->name);
    assert_non_null(value);
    assert_true(*key->meaning);
    key++;
  }
  assert_null(key->name);
  json_decref(environment);
}

static void facts_agree_with_uname(void **state) {
  json_t *environment = results_environment();
  struct utsname name;
  (void)state;
  assert_int_equal(uname(&name), 0);
  const char *kernel =
      json_string_value(json_object_get(environment, "kernel"));
  assert_string_equal(kernel, name.release);
  assert_int_equal(
      json_integer_value(json_object_get(environment, "cpus_online")),
      sysconf(_SC_NPROCESSORS_ONLN));
  assert_int_equal(
      json_array_size(json_object_get(environment, "load_average")), 3);
  json_decref(environment);
}

static void no_user_is_named(void **state) {
  (void)state;
  for (const struct results_environment_key *key = results_environment_keys;
       key->name; key++)
    assert_null(strstr(key->name, "user"));
}

static const char *const machines[][2] = {
    {"processor\t: 0\nmodel\t\t: 1\nmodel name\t: AMD EPYC\nflags\t\t: fpu "
     "hypervisor lm\n",
     "AMD EPYC"},
    {"processor\t: 0\nCPU part\t: 0xd0c\nModel\t\t: Neoverse\n", "Neoverse"},
    {"processor\t: 0\n", NULL},
};

static json_t *ask(const char *name, const char *cpuinfo) {
  const struct results_environment_key *key = results_environment_keys;
  while (strcmp(key->name, name) != 0)
    key++;
  return key->read(key->what, cpuinfo);
}

static void cpuinfo_of_both_kinds_is_understood(void **state) {
  (void)state;
  for (size_t i = 0; i < 3; i++) {
    json_t *model = ask("cpu_model", machines[i][0]);
    if (machines[i][1])
      assert_string_equal(json_string_value(model), machines[i][1]);
    else
      assert_null(model);
    json_decref(model);
  }
  json_t *part = ask("cpu_part", machines[0][0]);
  assert_string_equal(json_string_value(part), "1");
  json_decref(part);
}

static void a_guest_says_so_and_silence_is_null(void **state) {
  (void)state;
  assert_true(json_is_true(ask("guest", machines[0][0])));
  assert_true(json_is_false(ask("guest", "flags\t: fpu hypervisor_not lm\n")));
  assert_null(ask("guest", machines[1][0]));
}

static void files_that_are_not_there_are_null(void **state) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/none", (char *)*state);
  assert_null(results_sysfile_string(path));
  assert_null(results_sysfile_bool(path, true));
  assert_null(results_sysfile_integer(path));
  assert_null(results_sysfile_choice(path));
}

static void files_are_read_as_their_kind(void **state) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/file", (char *)*state);
  test_file_write(*state, "file", "always [madvise] never\n");
  json_t *choice = results_sysfile_choice(path);
  assert_string_equal(json_string_value(choice), "madvise");
  assert_null(results_sysfile_bool(path, true));
  assert_null(results_sysfile_integer(path));
  test_file_write(*state, "file", "\n");
  assert_null(results_sysfile_integer(path));
  test_file_write(*state, "file", "1\n");
  assert_true(json_is_true(results_sysfile_bool(path, true)));
  assert_true(json_is_false(results_sysfile_bool(path, false)));
  json_decref(choice);
}

#define IN_FOLDER(test)                                                        \
  cmocka_unit_test_setup_teardown(test, test_folder_make, test_folder_remove)

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_key_is_there_in_order),
      cmocka_unit_test(facts_agree_with_uname),
      cmocka_unit_test(no_user_is_named),
      cmocka_unit_test(cpuinfo_of_both_kinds_is_understood),
      cmocka_unit_test(a_guest_says_so_and_silence_is_null),
      IN_FOLDER(files_that_are_not_there_are_null),
      IN_FOLDER(files_are_read_as_their_kind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
