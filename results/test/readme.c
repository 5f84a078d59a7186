/* results/README.md says what the tables in the code say.
 *
 * Each table of the page is printed here from the code and must stand in the
 * page word for word. `test-results-readme --print` shows them for pasting. */
#include "results/environment.h"
#include "results/table.h"
#include "results/test/test.h"

static const char *page; /* path, from the command line */

static void print_fields(FILE *out) {
  static const char *const kinds[] = {"text", "integer", "real"};
  fputs("| field | group | type | unit | meaning |\n|---|---|---|---|---|\n",
        out);
  for (const struct results_field *f = results_trial_fields; f->name; f++)
    fprintf(out, "| `%s` | %s | %s | %s | %s |\n", f->name,
            results_group_name(f->group), kinds[f->kind], f->unit, f->meaning);
}

static void print_verdicts(FILE *out) {
  fputs("| verdict | meaning | remedy |\n|---|---|---|\n", out);
  for (const struct results_verdict *v = results_verdicts; v->name; v++)
    fprintf(out, "| `%s` | %s | %s |\n", v->name, v->meaning, v->remedy);
}

static void print_environment(FILE *out) {
  fputs("| key | meaning |\n|---|---|\n", out);
  for (const struct results_environment_key *k = results_environment_keys;
       k->name; k++)
    fprintf(out, "| `%s` | %s |\n", k->name, k->meaning);
}

static void print_summary_header(FILE *out) {
  fprintf(out, "    %s\n", results_summary_header);
}

static void print_histograms_header(FILE *out) {
  fprintf(out, "    %s\n", results_histograms_header);
}

static void assert_in_page(void (*print)(FILE *)) {
  char *expected = NULL, *text = test_file_read(".", page);
  size_t size = 0;
  FILE *out = open_memstream(&expected, &size);
  print(out);
  fclose(out);
  const bool found = strstr(text, expected) != NULL;
  if (!found)
    print_error("%s lacks:\n%s", page, expected);
  free(expected);
  free(text);
  assert_true(found);
}

static void fields_are_in_the_page(void **state) {
  (void)state;
  assert_in_page(print_fields);
}

static void verdicts_are_in_the_page(void **state) {
  (void)state;
  assert_in_page(print_verdicts);
}

static void environment_is_in_the_page(void **state) {
  (void)state;
  assert_in_page(print_environment);
}

static void headers_are_in_the_page(void **state) {
  (void)state;
  assert_in_page(print_summary_header);
  assert_in_page(print_histograms_header);
}

static int print_all(void) {
  print_fields(stdout);
  print_verdicts(stdout);
  print_environment(stdout);
  print_summary_header(stdout);
  print_histograms_header(stdout);
  return 0;
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields_are_in_the_page),
      cmocka_unit_test(verdicts_are_in_the_page),
      cmocka_unit_test(environment_is_in_the_page),
      cmocka_unit_test(headers_are_in_the_page),
  };
  page = argc > 1 ? argv[1] : "results/README.md";
  if (strcmp(page, "--print") == 0)
    return print_all();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
