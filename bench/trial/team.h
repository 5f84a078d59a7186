/* Pinned threads that measure together.
 *
 * A team is created for a trial: its members are born on their CPUs (the
 * affinity is in the attribute), check that they are there, and own a block
 * of memory on their own NUMA node that holds their stack and what they
 * record. Between runs they sleep; a run starts behind a spin barrier, so
 * that nobody measures alone, and each member witnesses its own disturbance.
 *
 * Source of the layout rules: nothing is shared by members while they measure
 * except what their body shares on purpose. */
#ifndef BENCH_TEAM_H
#define BENCH_TEAM_H

#include <stddef.h>
#include <stdint.h>

#include "bench/trial/witness.h"
#include "topology/machine.h"

enum { BENCH_MEMBER_ROOM = 256 * 1024 }; /* bytes a member may record into */

struct bench_team;

struct bench_member {
  struct bench_team *team;
  size_t index; /* 0.. : its place in the team */
  unsigned cpu; /* OS index of its CPU */
  void *room;   /* BENCH_MEMBER_ROOM bytes on its node, zero at first */
  struct bench_witness witness; /* of the last run */
};

/* Creates the members.
 * @param cpus  OS indices, one a member, all different
 * @param why   one line about what failed, on error
 * @return 0; -EXDEV when a pin or a page did not take; -EAGAIN, -ENOMEM and
 *         others of pthread_create(3) and mmap(2) */
int bench_team_start(const struct topology_machine *, const unsigned *cpus,
                     size_t count, struct bench_team **out, char *why,
                     size_t why_size);

/* Ends the members and frees their memory; NULL is fine. */
void bench_team_stop(struct bench_team *);

size_t bench_team_size(const struct bench_team *);
struct bench_member *bench_team_member(struct bench_team *, size_t index);

/* Runs a body on the first `count` members at once; returns when all are
 * done. Adds up what they witnessed in *seen, if not NULL. */
void bench_team_run(struct bench_team *, size_t count,
                    void (*body)(struct bench_member *, void *context),
                    void *context, struct bench_witness *seen);

/* Inside a body: waits, spinning, until every member of this run is here. */
void bench_team_meet(struct bench_member *);

/* @return what a member has for itself: its stack and its room, on its node */
size_t bench_team_member_bytes(void);

#endif
