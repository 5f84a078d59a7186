/* Memory that is released all at once: where a run that was read keeps its
 * strings and buckets. Private to results/. */
#ifndef RESULTS_ARENA_H
#define RESULTS_ARENA_H

#include <stddef.h>

struct results_arena;

/* @return a new arena or NULL */
struct results_arena *results_arena_new(void);
void results_arena_free(struct results_arena *arena);

/* Takes memory, aligned for any type, not cleared.
 * @return NULL when memory is short */
void *results_arena_take(struct results_arena *arena, size_t bytes);

/* Copies a string.
 * @return NULL when memory is short */
const char *results_arena_text(struct results_arena *arena, const char *text);

#endif
