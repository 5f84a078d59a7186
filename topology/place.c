/* The table of policies, and what is the same for all of them. */
#include "topology/place.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topology/place_private.h"

const struct topology_policy topology_policies[] = {
    {"compact", NULL, "nearest first: siblings, then cores of the same cache",
     topology_offer_compact},
    {"scatter", NULL,
     "farthest first: packages, nodes, caches, cores, siblings",
     topology_offer_scatter},
    {"smt", NULL, "siblings only: every CPU of each core that has several",
     topology_offer_smt},
    {"cores", NULL, "one CPU of each core", topology_offer_cores},
    {"l3", NULL, "one CPU of each L3 domain", topology_offer_l3},
    {"nodes", NULL, "NUMA nodes in turn, in each node cores before siblings",
     topology_offer_nodes},
    {"kind", "K", "as compact, on another kind of core: 0 is the fastest",
     topology_offer_kind},
    {"mixed", NULL, "as compact, over all kinds of core", topology_offer_mixed},
    {"list", "CPUS", "these CPUs in this order, for instance list:0,4-7",
     topology_offer_list},
    {0}};

static int unknown_policy(const char *text, char *why, size_t why_size) {
  char *names = NULL;
  size_t size;
  FILE *out = open_memstream(&names, &size);
  if (!out)
    return -ENOMEM;
  for (const struct topology_policy *p = topology_policies; p->name; p++)
    fprintf(out, " %s%s%s", p->name, p->argument ? ":" : "",
            p->argument ? p->argument : "");
  if (fclose(out)) {
    free(names);
    return -ENOMEM;
  }
  snprintf(why, why_size,
           "placement '%s': no such policy; it should be one of%s", text,
           names);
  free(names);
  return -EINVAL;
}

/* Finds the policy of `name` or `name:argument` and the argument in it. */
static int find_policy(const char *text, const struct topology_policy **policy,
                       const char **argument, char *why, size_t why_size) {
  size_t length = strcspn(text, ":");
  const struct topology_policy *p = topology_policies;
  while (p->name && (strncmp(p->name, text, length) || p->name[length] != '\0'))
    p++;
  if (!p->name)
    return unknown_policy(text, why, why_size);
  *argument = text[length] ? text + length + 1 : NULL;
  if (!p->argument == !*argument) {
    *policy = p;
    return 0;
  }
  snprintf(why, why_size, "%s: it should be %s%s%s", text, p->name,
           p->argument ? ":" : "", p->argument ? p->argument : "");
  return -EINVAL;
}

/* Lets a policy fill `offer`, whose cpus_os the caller frees. */
static int make_offer(const struct topology_machine *m, const char *text,
                      char *why, size_t why_size,
                      struct topology_offer *offer) {
  const struct topology_policy *policy;
  *offer =
      (struct topology_offer){.machine = m, .why = why, .why_size = why_size};
  int error = find_policy(text, &policy, &offer->argument, why, why_size);
  if (error)
    return error;
  offer->cpus_os = calloc(topology_cpu_count(m), sizeof *offer->cpus_os);
  return offer->cpus_os ? policy->offer(offer) : -ENOMEM;
}

static int refuse_threads(const struct topology_offer *offer, const char *text,
                          size_t threads) {
  if (!offer->count)
    snprintf(offer->why, offer->why_size,
             "%s: no CPU of this machine qualifies; it should be another "
             "policy",
             text);
  else if (!threads)
    snprintf(offer->why, offer->why_size,
             "%s: no threads to place; it should be at least 1", text);
  else
    snprintf(offer->why, offer->why_size,
             "%s: %zu threads do not fit; it should be at most %zu, as many "
             "as it offers CPUs on this machine",
             text, threads, offer->count);
  return -EINVAL;
}

int topology_place(const struct topology_machine *m, const char *policy,
                   size_t threads, unsigned *cpus_os, char *why,
                   size_t why_size) {
  struct topology_offer offer;
  int error = make_offer(m, policy, why, why_size, &offer);
  if (!error && (threads < 1 || threads > offer.count))
    error = refuse_threads(&offer, policy, threads);
  if (!error)
    memcpy(cpus_os, offer.cpus_os, threads * sizeof *cpus_os);
  free(offer.cpus_os);
  return error;
}

int topology_place_limit(const struct topology_machine *m, const char *policy,
                         size_t *out, char *why, size_t why_size) {
  struct topology_offer offer;
  int error = make_offer(m, policy, why, why_size, &offer);
  if (!error)
    *out = offer.count;
  free(offer.cpus_os);
  return error;
}
