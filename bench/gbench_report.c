/* Merging Google Benchmark's reports (see gbench_report.h). */
#include "bench/gbench_report.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/file.h"
#include "bench/gbench.h"

/* The library ends an entry by a brace on a line of its own. */
static json_t *parse_torn(char *text) {
  static const char entry_end[] = "\n    }", rest[] = "]}";
  char *end = NULL;
  for (char *at = text; (at = strstr(at, entry_end)); at++)
    end = at + strlen(entry_end);
  if (!end)
    return NULL;
  const size_t kept = (size_t)(end - text);
  char *mended = malloc(kept + sizeof rest);
  if (!mended)
    return NULL;
  memcpy(mended, text, kept);
  memcpy(mended + kept, rest, sizeof rest);
  json_t *report = json_loads(mended, 0, NULL);
  free(mended);
  return report;
}

static json_t *load(const struct results_store *store, const char *name) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/%s", results_store_folder(store), name);
  char *text;
  if (bench_file_read(path, &text))
    return NULL;
  json_t *report = json_loads(text, 0, NULL);
  if (!report)
    report = parse_torn(text);
  free(text);
  return report;
}

static void key_of(const json_t *entry, char *key, size_t size) {
  const char *name = json_string_value(json_object_get(entry, "name"));
  snprintf(key, size, "%s#%lld", name ? name : "",
           (long long)json_integer_value(
               json_object_get(entry, "repetition_index")));
}

/* A trial that was reported but not stored was run again: the later counts.
 * @return NULL without memory */
static json_t *without_repeats(json_t *first, json_t *second) {
  json_t *seen = json_object(), *out = json_array(), *entry;
  char key[512];
  size_t i;
  int failed = !seen || !out;
  json_array_foreach(second, i, entry) {
    key_of(entry, key, sizeof key);
    failed |= json_object_set_new(seen, key, json_true());
  }
  json_array_foreach(first, i, entry) {
    key_of(entry, key, sizeof key);
    if (!json_object_get(seen, key))
      failed |= json_array_append(out, entry);
  }
  failed |= json_array_extend(out, second);
  json_decref(seen);
  if (!failed)
    return out;
  json_decref(out);
  return NULL;
}

int bench_gbench_merge(struct results_store *store) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/" BENCH_GBENCH_PART,
           results_store_folder(store));
  json_t *part = load(store, BENCH_GBENCH_PART);
  json_t *whole = load(store, "benchmark.json");
  int error = 0;
  if (part && whole) {
    json_t *all = without_repeats(json_object_get(whole, "benchmarks"),
                                  json_object_get(part, "benchmarks"));
    error = json_object_set_new(whole, "benchmarks", all) ? -ENOMEM : 0;
  }
  if (part && !error)
    error =
        results_store_write_json(store, "benchmark.json", whole ? whole : part);
  json_decref(part);
  json_decref(whole);
  if (!error && unlink(path) && errno != ENOENT)
    error = -errno;
  return error;
}

int bench_gbench_campaign(struct bench_campaign *campaign, char *why,
                          size_t why_size) {
  char part[PATH_MAX];
  snprintf(part, sizeof part, "%s/" BENCH_GBENCH_PART,
           results_store_folder(campaign->store));
  int error = bench_gbench_open(part);
  if (error) {
    snprintf(why, why_size, "%s: %s", part, strerror(-error));
    return error;
  }
  error = bench_campaign_run(campaign, why, why_size);
  int closed = bench_gbench_close();
  if (!closed)
    closed = bench_gbench_merge(campaign->store);
  if (!error && closed) {
    snprintf(why, why_size, "%s: %s", part, strerror(-closed));
    error = closed;
  }
  return error;
}

void bench_gbench_filter_plan(struct bench_plan *plan) {
  size_t kept = 0;
  for (size_t i = 0; i < plan->cell_count; i++) {
    char name[BENCH_CELL_NAME_SIZE];
    bench_cell_name(&plan->cells[i], name, sizeof name);
    if (bench_gbench_selects(name))
      plan->cells[kept++] = plan->cells[i];
  }
  plan->cell_count = kept;
}

void bench_gbench_list_plan(const struct bench_plan *plan) {
  for (size_t i = 0; i < plan->cell_count; i++) {
    char name[BENCH_CELL_NAME_SIZE];
    bench_cell_name(&plan->cells[i], name, sizeof name);
    puts(name);
  }
}
