/* Names in options, looked up (see choice.h). */
#include "bench/plan/choice.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bench/list.h"
#include "topology/memory.h"

#define ROOM(array) (sizeof(array) / sizeof *(array))

static int refuse(struct bench_choice *choice, const char *option,
                  const char *item, const char *what, const char *valid) {
  snprintf(choice->why, choice->why_size, "%s: unknown %s '%s'; there are %s",
           option, what, item, valid);
  return -EINVAL;
}

/* Kernels of one lock stand together. */
static bool same_lock(const struct bench_kernel *a,
                      const struct bench_kernel *b) {
  return !strcmp(a->family, b->family) && !strcmp(a->lock, b->lock);
}

void bench_kernel_names(char *text, size_t size) {
  size_t used = 0;
  text[0] = '\0';
  for (size_t i = 0; bench_kernels[i]; i++) {
    const struct bench_kernel *k = bench_kernels[i];
    if (k->hidden || (i && same_lock(k, bench_kernels[i - 1])))
      continue;
    int length = snprintf(text + used, size - used, "%s%s/%s", used ? " " : "",
                          k->family, k->lock);
    if (length < 0 || (size_t)length >= size - used)
      return;
    used += (size_t)length;
  }
}

/* "ticket" means every family's, "queued/mcs" one. */
static bool matches(const struct bench_kernel *kernel, const char *item) {
  const char *slash = strchr(item, '/');
  if (!slash)
    return !strcmp(item, kernel->lock);
  size_t family = (size_t)(slash - item);
  return !strncmp(item, kernel->family, family) && !kernel->family[family] &&
         !strcmp(slash + 1, kernel->lock);
}

bool bench_list_names(const char *list, const struct bench_kernel *kernel) {
  struct bench_list items;
  bool named = false;
  if (bench_list_split(list, ',', &items))
    return false;
  for (size_t i = 0; i < items.count; i++)
    named |= matches(kernel, items.items[i]);
  bench_list_free(&items);
  return named;
}

static bool chosen(const struct bench_choice *choice,
                   const struct bench_kernel *k) {
  for (size_t i = 0; i < choice->kernel_count; i++)
    if (choice->kernels[i] == k)
      return true;
  return false;
}

static int choose_kernels(struct bench_choice *choice, const char *item) {
  bool found = false;
  for (size_t i = 0; bench_kernels[i]; i++) {
    const struct bench_kernel *k = bench_kernels[i];
    if (item ? !matches(k, item) : k->hidden)
      continue;
    found = true;
    if (!chosen(choice, k))
      choice->kernels[choice->kernel_count++] = k;
  }
  if (found)
    return 0;
  char names[2048];
  bench_kernel_names(names, sizeof names);
  return refuse(choice, "--locks", item ? item : "", "lock", names);
}

static int choose_workload(struct bench_choice *choice, const char *item) {
  const struct bench_workload *found = item ? bench_workload_find(item) : NULL;
  char names[256] = "";
  for (size_t i = 0; bench_workloads[i]; i++) {
    if (!item && (choice->options->full || !bench_workloads[i]->on_request))
      choice->workloads[choice->workload_count++] = bench_workloads[i];
    strncat(names, i ? " " : "", sizeof names - strlen(names) - 1);
    strncat(names, bench_workloads[i]->name, sizeof names - strlen(names) - 1);
  }
  if (item && !found)
    return refuse(choice, "--workloads", item, "workload", names);
  for (size_t i = 0; found && i < choice->workload_count; i++)
    if (choice->workloads[i] == found)
      return 0;
  if (found)
    choice->workloads[choice->workload_count++] = found;
  return 0;
}

/* A number of a list; 0 is a good one. */
static int choose_number(struct bench_choice *choice, const char *option,
                         const char *item, const char *what, long long most,
                         int64_t *list, size_t *count) {
  long long number;
  if (!bench_number(item, 0, most, &number) ||
      *count == ROOM(choice->sections)) {
    snprintf(choice->why, choice->why_size, "%s: '%s' is no %s from 0 to %lld",
             option, item, what, most);
    return -EINVAL;
  }
  for (size_t i = 0; i < *count; i++)
    if (list[i] == number)
      return 0;
  list[(*count)++] = number;
  return 0;
}

static int choose_section(struct bench_choice *choice, const char *item) {
  return item ? choose_number(choice, "--cs-ns", item, "time in ns", 1000000,
                              choice->sections, &choice->section_count)
              : 0;
}

static int choose_think(struct bench_choice *choice, const char *item) {
  return choose_number(choice, "--think-ns", item ? item : "0", "time in ns",
                       1000000, choice->thinks, &choice->think_count);
}

static int choose_lines(struct bench_choice *choice, const char *item) {
  return choose_number(choice, "--cs-lines", item ? item : "0",
                       "number of lines", BENCH_PAYLOAD_LINES, choice->lines,
                       &choice->line_count);
}

static int choose_home(struct bench_choice *choice, const char *item) {
  int home;
  int error = topology_home_parse(choice->ground->machine, item, &home,
                                  choice->why, choice->why_size);
  for (size_t i = 0; i < choice->home_count && !error; i++)
    if (choice->homes[i] == home)
      return 0;
  if (!error && choice->home_count == ROOM(choice->homes)) {
    snprintf(choice->why, choice->why_size, "--home: more than %zu homes",
             ROOM(choice->homes));
    error = -EINVAL;
  }
  if (!error)
    choice->homes[choice->home_count++] = home;
  return error;
}

static const char *const routine_names[] = {"dpc", "raise", "native", NULL};

static int check_routines(struct bench_choice *choice, const char *item) {
  for (size_t i = 0; item && routine_names[i]; i++)
    if (!strcmp(routine_names[i], item))
      return 0;
  if (!item)
    return 0;
  return refuse(choice, "--routines", item, "routine pair", "dpc raise native");
}

/* Calls `choose` for each item of a list; once with NULL when not given. */
static int for_each(struct bench_choice *choice, const char *text,
                    int (*choose)(struct bench_choice *, const char *)) {
  if (!text)
    return choose(choice, NULL);
  struct bench_list list;
  int error = bench_list_split(text, ',', &list);
  for (size_t i = 0; !error && i < list.count; i++)
    error = choose(choice, list.items[i]);
  bench_list_free(&list);
  return error;
}

bool bench_list_has(const char *list, const char *item) {
  size_t length = strlen(item);
  for (const char *at = list; (at = strstr(at, item)); at += length)
    if ((at == list || at[-1] == ',') && (!at[length] || at[length] == ','))
      return true;
  return false;
}

/* The lock that others are compared with is measured, too. */
static int choose_against(struct bench_choice *choice, const char *against) {
  char names[2048];
  if (strchr(against, '/') && !strchr(against, ',') &&
      !choose_kernels(choice, against))
    return 0;
  bench_kernel_names(names, sizeof names);
  return refuse(choice, "--against", against, "lock", names);
}

int bench_choose(struct bench_choice *choice) {
  const struct bench_options *options = choice->options;
  int error = for_each(choice, options->locks, choose_kernels);
  if (!error && options->against)
    error = choose_against(choice, options->against);
  if (!error)
    error = for_each(choice, options->workloads, choose_workload);
  if (!error)
    error = for_each(choice, options->cs_ns, choose_section);
  if (!error)
    error = for_each(choice, options->think_ns, choose_think);
  if (!error)
    error = for_each(choice, options->cs_lines, choose_lines);
  if (!error)
    error = for_each(choice, options->routines, check_routines);
  if (!error)
    error =
        for_each(choice, options->home ? options->home : "first", choose_home);
  return error;
}
