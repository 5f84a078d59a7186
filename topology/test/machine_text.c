/* Prints what a machine file should yield: its description, what every policy
 * offers on it, and the levels between the first CPUs of two of them. With a
 * second file, compares instead and names the first line that differs.
 *
 *   machine_text FILE.xml|FILE.synthetic [EXPECTED.txt] */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topology/describe.h"
#include "topology/place.h"

/* CPUs in a matrix of levels. */
enum { MATRIX = 8 };

static char *read_file(const char *path) {
  char *text = NULL;
  size_t size = 0;
  FILE *file = fopen(path, "r");
  if (!file || getdelim(&text, &size, '\0', file) < 0)
    perror(path);
  if (file)
    fclose(file);
  return text;
}

static struct topology_machine *open_file(const char *path) {
  struct topology_machine *m = NULL;
  char why[256], *synthetic = NULL;
  const char *extension = strrchr(path, '.');
  bool xml = extension && !strcmp(extension, ".xml");
  if (!xml && !(synthetic = read_file(path)))
    return NULL;
  if (synthetic)
    synthetic[strcspn(synthetic, "\n")] = '\0';
  const char *file = xml ? path : NULL;
  int error = topology_machine_open(synthetic, file, &m);
  if (error) {
    topology_machine_why(error, synthetic, file, why, sizeof why);
    fprintf(stderr, "%s\n", why);
  }
  free(synthetic);
  return m;
}

static void print_policy(FILE *out, const struct topology_machine *m,
                         const char *policy) {
  size_t limit = 0;
  char why[256];
  unsigned *cpus = calloc(topology_cpu_count(m), sizeof *cpus);
  fprintf(out, "%-8s", policy);
  int error = topology_place_limit(m, policy, &limit, why, sizeof why);
  if (!error && limit)
    error = topology_place(m, policy, limit, cpus, why, sizeof why);
  if (error)
    fprintf(out, " %s", why);
  else if (!limit)
    fprintf(out, " none");
  for (size_t i = 0; !error && i < limit; i++)
    fprintf(out, " %u", cpus[i]);
  fputc('\n', out);
  free(cpus);
}

static void print_levels(FILE *out, const struct topology_machine *m,
                         const char *policy) {
  unsigned cpus[MATRIX];
  char why[256];
  size_t count = 0;
  if (topology_place_limit(m, policy, &count, why, sizeof why))
    return;
  count = count < MATRIX ? count : (size_t)MATRIX;
  if (!topology_place(m, policy, count, cpus, why, sizeof why))
    topology_describe_levels(out, m, cpus, count);
}

/* Leaves out the first line, which names the file. */
static char *make_text(const struct topology_machine *m) {
  char *text = NULL;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  topology_describe(out, m);
  fputc('\n', out);
  for (const struct topology_policy *p = topology_policies; p->name; p++)
    if (!p->argument)
      print_policy(out, m, p->name);
  fputc('\n', out);
  print_levels(out, m, "mixed");
  fputc('\n', out);
  print_levels(out, m, "scatter");
  fclose(out);
  char *rest = strchr(text, '\n') + 1;
  memmove(text, rest, strlen(rest) + 1);
  return text;
}

static int compare(const char *actual, const char *expected) {
  for (int line = 1; *actual || *expected; line++) {
    size_t a = strcspn(actual, "\n"), e = strcspn(expected, "\n");
    if (a != e || strncmp(actual, expected, a)) {
      printf("line %d is:        %.*s\n        should be: %.*s\n", line, (int)a,
             actual, (int)e, expected);
      return EXIT_FAILURE;
    }
    actual += a + (actual[a] == '\n');
    expected += e + (expected[e] == '\n');
  }
  return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
  struct topology_machine *m = argc > 1 ? open_file(argv[1]) : NULL;
  if (!m)
    return EXIT_FAILURE;
  int status = EXIT_SUCCESS;
  char *actual = make_text(m);
  char *expected = argc > 2 ? read_file(argv[2]) : NULL;
  if (argc == 2)
    fputs(actual, stdout);
  else
    status = expected ? compare(actual, expected) : EXIT_FAILURE;
  free(expected);
  free(actual);
  topology_machine_close(m);
  return status;
}
