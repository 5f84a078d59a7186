/* The policy `list`: the CPUs that the user names, in the order named. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "topology/place_private.h"

static int bad_syntax(struct topology_offer *offer) {
  snprintf(offer->why, offer->why_size,
           "list:%s: it should be CPUs and rising ranges with commas between, "
           "for instance list:0,4-7",
           offer->argument);
  return -EINVAL;
}

static int bad_cpu(struct topology_offer *offer, unsigned long os) {
  bool exists =
      os <= UINT_MAX && topology_cpu_exists(offer->machine, (unsigned)os);
  snprintf(offer->why, offer->why_size,
           "list:%s: CPU %lu %s; it should be one of %s", offer->argument, os,
           exists ? "is not allowed" : "is not on this machine",
           topology_cpus_allowed(offer->machine));
  return -EINVAL;
}

static int bad_repeat(struct topology_offer *offer, unsigned long os) {
  snprintf(offer->why, offer->why_size,
           "list:%s: CPU %lu is named twice; it should be named once",
           offer->argument, os);
  return -EINVAL;
}

/* Offers the CPUs of a range. @param taken  by place in logical order */
static int take_range(struct topology_offer *offer, unsigned long first,
                      unsigned long last, bool *taken) {
  for (unsigned long os = first; os <= last; os++) {
    const struct topology_cpu *cpu =
        os <= UINT_MAX ? topology_cpu_find(offer->machine, (unsigned)os) : NULL;
    if (!cpu)
      return bad_cpu(offer, os);
    if (taken[cpu->logical])
      return bad_repeat(offer, os);
    taken[cpu->logical] = true;
    offer->cpus_os[offer->count++] = cpu->os;
  }
  return 0;
}

/* Reads digits only: strtoul() alone would take blanks and signs as well. */
static bool read_number(const char **text, unsigned long *out) {
  char *end;
  if (!isdigit((unsigned char)**text))
    return false;
  errno = 0;
  *out = strtoul(*text, &end, 10);
  *text = end;
  return !errno;
}

static bool read_range(const char **text, unsigned long *first,
                       unsigned long *last) {
  if (!read_number(text, first))
    return false;
  *last = *first;
  if (**text != '-')
    return true;
  ++*text;
  return read_number(text, last) && *first <= *last;
}

static int take_list(struct topology_offer *offer, bool *taken) {
  const char *text = offer->argument;
  for (;; text++) {
    unsigned long first, last;
    if (!read_range(&text, &first, &last) || (*text && *text != ','))
      return bad_syntax(offer);
    int error = take_range(offer, first, last, taken);
    if (error || !*text)
      return error;
  }
}

int topology_offer_list(struct topology_offer *offer) {
  bool *taken = calloc(topology_cpu_count(offer->machine), sizeof *taken);
  int error = taken ? take_list(offer, taken) : -ENOMEM;
  free(taken);
  return error;
}
