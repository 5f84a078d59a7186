/* Policies that follow the shape of the machine.
 *
 * Every allowed CPU has a path: the how-manieth package it is in, the how-
 * manieth node of that package, and so on down to the thread of the core. A
 * policy keeps some CPUs and sorts them by the path, read in its own order: the
 * part that it reads first varies slowest. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topology/place_private.h"

enum part { PACKAGE, NODE, L3, L2, CORE, THREAD, PARTS };

struct seat {
  const struct topology_cpu *cpu;
  unsigned path[PARTS];
  unsigned key[PARTS]; /* sorted by, first element first */
};

typedef bool keep_cpu(const struct topology_machine *,
                      const struct topology_cpu *);

static bool keep_all(const struct topology_machine *m,
                     const struct topology_cpu *cpu) {
  (void)m;
  (void)cpu;
  return true;
}

static bool keep_sibling(const struct topology_machine *m,
                         const struct topology_cpu *cpu) {
  size_t next = cpu->logical + 1;
  return cpu->thread > 0 || (next < topology_cpu_count(m) &&
                             topology_cpu_at(m, next)->core == cpu->core);
}

static bool keep_first_of_core(const struct topology_machine *m,
                               const struct topology_cpu *cpu) {
  (void)m;
  return cpu->thread == 0;
}

/* The first of its kind in the domain, since another kind may come before. */
static bool keep_first_of_l3(const struct topology_machine *m,
                             const struct topology_cpu *cpu) {
  for (size_t i = cpu->logical; i--;) {
    const struct topology_cpu *before = topology_cpu_at(m, i);
    if (before->l3 != cpu->l3)
      return true;
    if (before->kind == cpu->kind)
      return false;
  }
  return true;
}

static bool offers_kind(const struct topology_offer *offer,
                        const struct topology_cpu *cpu) {
  return offer->kind == TOPOLOGY_EVERY_KIND || offer->kind == cpu->kind;
}

/* Derives the path of a seat from the seat before it in logical order: equal
 * down to where the two part, one further there, and 0 below. */
static void find_path(struct seat *seat, const struct seat *before) {
  const struct topology_cpu *a = before->cpu, *b = seat->cpu;
  const bool parts[PARTS] = {a->package != b->package, a->node != b->node,
                             a->l3 != b->l3,           a->l2 != b->l2,
                             a->core != b->core,       true};
  int at = 0;
  for (; !parts[at]; at++)
    seat->path[at] = before->path[at];
  seat->path[at] = before->path[at] + 1;
}

/* @return all CPUs with their paths, for free(); null without memory */
static struct seat *make_seats(const struct topology_machine *m) {
  size_t count = topology_cpu_count(m);
  struct seat *seats = calloc(count, sizeof *seats);
  for (size_t i = 0; seats && i < count; i++) {
    seats[i].cpu = topology_cpu_at(m, i);
    if (i > 0)
      find_path(&seats[i], &seats[i - 1]);
  }
  return seats;
}

static int compare_keys(const void *a, const void *b) {
  const struct seat *left = a, *right = b;
  for (int i = 0; i < PARTS; i++)
    if (left->key[i] != right->key[i])
      return left->key[i] < right->key[i] ? -1 : 1;
  return 0;
}

static void sort(struct seat *seats, size_t count) {
  qsort(seats, count, sizeof *seats, compare_keys);
}

static void give(struct topology_offer *offer, const struct seat *seats,
                 size_t count, keep_cpu *keep) {
  for (size_t i = 0; i < count; i++)
    if (offers_kind(offer, seats[i].cpu) && keep(offer->machine, seats[i].cpu))
      offer->cpus_os[offer->count++] = seats[i].cpu->os;
}

static int offer_by_path(struct topology_offer *offer, keep_cpu *keep,
                         const enum part order[PARTS]) {
  size_t count = topology_cpu_count(offer->machine);
  struct seat *seats = make_seats(offer->machine);
  if (!seats)
    return -ENOMEM;
  for (size_t i = 0; i < count; i++)
    for (int k = 0; k < PARTS; k++)
      seats[i].key[k] = seats[i].path[order[k]];
  sort(seats, count);
  give(offer, seats, count, keep);
  free(seats);
  return 0;
}

static const enum part nearest_first[] = {PACKAGE, NODE, L3, L2, CORE, THREAD};
static const enum part farthest_first[] = {THREAD, CORE, L2, L3, NODE, PACKAGE};

int topology_offer_compact(struct topology_offer *offer) {
  return offer_by_path(offer, keep_all, nearest_first);
}

int topology_offer_scatter(struct topology_offer *offer) {
  return offer_by_path(offer, keep_all, farthest_first);
}

int topology_offer_mixed(struct topology_offer *offer) {
  offer->kind = TOPOLOGY_EVERY_KIND;
  return topology_offer_compact(offer);
}

int topology_offer_kind(struct topology_offer *offer) {
  char *end;
  unsigned long kinds = topology_kind_count(offer->machine);
  unsigned long kind = strtoul(offer->argument, &end, 10);
  if (!isdigit((unsigned char)*offer->argument) || *end || kind >= kinds) {
    snprintf(offer->why, offer->why_size,
             "kind:%s: it should be a kind of core from 0 to %lu",
             offer->argument, kinds - 1);
    return -EINVAL;
  }
  offer->kind = (unsigned)kind;
  return topology_offer_compact(offer);
}

int topology_offer_smt(struct topology_offer *offer) {
  return offer_by_path(offer, keep_sibling, nearest_first);
}

int topology_offer_cores(struct topology_offer *offer) {
  return offer_by_path(offer, keep_first_of_core, nearest_first);
}

int topology_offer_l3(struct topology_offer *offer) {
  return offer_by_path(offer, keep_first_of_l3, nearest_first);
}

/* Sorts node by node, then deals: each node's first CPU, each one's second. */
int topology_offer_nodes(struct topology_offer *offer) {
  size_t count = topology_cpu_count(offer->machine);
  struct seat *seats = make_seats(offer->machine);
  if (!seats)
    return -ENOMEM;
  for (size_t i = 0; i < count; i++) {
    const unsigned *path = seats[i].path;
    const unsigned key[PARTS] = {seats[i].cpu->node, path[THREAD],
                                 path[PACKAGE],      path[L3],
                                 path[L2],           path[CORE]};
    memcpy(seats[i].key, key, sizeof key);
  }
  sort(seats, count);
  for (size_t i = 0, turn = 0; i < count; i++) {
    turn = i && seats[i - 1].cpu->node == seats[i].cpu->node ? turn + 1 : 0;
    const unsigned key[PARTS] = {(unsigned)turn, seats[i].cpu->node};
    memcpy(seats[i].key, key, sizeof key);
  }
  sort(seats, count);
  give(offer, seats, count, keep_all);
  free(seats);
  return 0;
}
