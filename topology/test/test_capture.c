/* A capture is the machine again, and tells nothing about whose it is. */
#include "topology/test/check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "topology/capture.h"
#include "topology/describe.h"

static char folder[] = "/tmp/kspin-capture-XXXXXX";
static char from[64], to[64];

static int make_folder(void **state) {
  (void)state;
  if (!mkdtemp(folder))
    return -1;
  snprintf(from, sizeof from, "%s/from.xml", folder);
  snprintf(to, sizeof to, "%s/to.xml", folder);
  return 0;
}

static int remove_folder(void **state) {
  (void)state;
  unlink(from);
  unlink(to);
  return rmdir(folder);
}

static char *read_whole(const char *path) {
  enum { ROOM = 1 << 17 };
  char *text = malloc(ROOM);
  FILE *file = fopen(path, "r");
  assert_non_null(text);
  assert_non_null(file);
  size_t length = fread(text, 1, ROOM, file);
  assert_true(length > 0 && length < ROOM);
  text[length] = '\0';
  fclose(file);
  return text;
}

/* Copies a machine and puts notes on its first object. */
static void add_notes(const char *path, const char *notes) {
  char *text = read_whole(path);
  char *object = strstr(text, "<object ");
  char *end = strchr(object, '\n') + 1;
  FILE *file = fopen(from, "w");
  assert_non_null(file);
  fprintf(file, "%.*s%s%s", (int)(end - text), text, notes, end);
  assert_int_equal(fclose(file), 0);
  free(text);
}

/* Without the line that names the file. */
static char *describe(const char *path) {
  char *text = NULL;
  size_t size;
  struct topology_machine *m = must_open(NULL, path);
  FILE *out = open_memstream(&text, &size);
  topology_describe(out, m);
  fclose(out);
  topology_machine_close(m);
  char *rest = strchr(text, '\n') + 1;
  memmove(text, rest, strlen(rest) + 1);
  return text;
}

static void capture(const char *path) {
  struct topology_machine *m = must_open(NULL, path);
  unlink(to);
  assert_int_equal(topology_capture(m, to), 0);
  assert_int_equal(topology_capture(m, to), -EEXIST);
  topology_machine_close(m);
}

static void a_capture_is_the_machine_again(void **state) {
  (void)state;
  static const char *const machines[] = {
      MACHINES "/ring.xml", MACHINES "/cpuless.xml", MACHINES "/hybrid.xml",
      MACHINES "/restricted.xml"};
  for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
    capture(machines[i]);
    char *before = describe(machines[i]), *after = describe(to);
    assert_string_equal(before, after);
    free(before);
    free(after);
  }
}

static void nothing_private_is_captured(void **state) {
  (void)state;
  add_notes(MACHINES "/ring.xml",
            "<info name=\"HostName\" value=\"secret-1\"/>\n"
            "<info name=\"DMIProductSerial\" value=\"secret-2\"/>\n"
            "<info name=\"LinuxCgroup\" value=\"/secret-3\"/>\n"
            "<info name=\"ProcessName\" value=\"secret-4\"/>\n"
            "<info name=\"OSName\" value=\"kept-1\"/>\n"
            "<info name=\"OSNameX\" value=\"secret-5\"/>\n"
            "<info name=\"CPUModel\" value=\"kept-2\"/>\n");
  capture(from);
  char *text = read_whole(to);
  assert_null(strstr(text, "secret"));
  assert_non_null(strstr(text, "kept-1"));
  assert_non_null(strstr(text, "kept-2"));
  free(text);
}

static void this_machine_does_not_name_itself(void **state) {
  (void)state;
  char host[256] = "\"";
  struct topology_machine *m = must_open(NULL, NULL);
  unlink(to);
  assert_int_equal(topology_capture(m, to), 0);
  topology_machine_close(m);
  char *text = read_whole(to);
  assert_int_equal(gethostname(host + 1, sizeof host - 3), 0);
  strcat(host, "\"");
  assert_null(strstr(text, host));
  assert_null(strstr(text, "HostName"));
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_capture_is_the_machine_again),
      cmocka_unit_test(nothing_private_is_captured),
      cmocka_unit_test(this_machine_does_not_name_itself)};
  return cmocka_run_group_tests_name("capture", tests, make_folder,
                                     remove_folder);
}
