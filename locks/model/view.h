/* A view: how far a thread, or a message, has seen into every location, and
 * how far into every other thread.
 *
 * For a location it is the time (the place in modification order) of the
 * newest message known: an older one can no longer be read. For a thread it
 * is the vector clock of happens-before, which judges plain accesses. */
#ifndef LOCKS_MODEL_VIEW_H
#define LOCKS_MODEL_VIEW_H

#include <stdint.h>

enum {
  MODEL_THREADS = 6,    /* workers and the one that prepares and finishes */
  MODEL_LOCATIONS = 64, /* atomic objects touched in one execution */
  MODEL_CLOCKS = 8,     /* MODEL_THREADS, rounded up for the joining loop */
};

struct model_view {
  uint32_t time[MODEL_LOCATIONS];
  uint16_t clock[MODEL_CLOCKS];
};

/* Makes `into` know all that `from` knows. @param locations  those in use */
static inline void model_view_join(struct model_view *into,
                                   const struct model_view *from,
                                   unsigned locations) {
  for (unsigned i = 0; i < locations; i++)
    into->time[i] =
        into->time[i] > from->time[i] ? into->time[i] : from->time[i];
  for (unsigned i = 0; i < MODEL_CLOCKS; i++)
    into->clock[i] =
        into->clock[i] > from->clock[i] ? into->clock[i] : from->clock[i];
}

#endif
