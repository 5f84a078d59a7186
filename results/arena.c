/* A chain of blocks, each filled from its start. */
#include "results/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES ((size_t)64 * 1024)

struct block {
  struct block *older;
  size_t used, size;
  alignas(max_align_t) char memory[];
};

struct results_arena {
  struct block *newest;
};

struct results_arena *results_arena_new(void) {
  return calloc(1, sizeof(struct results_arena));
}

void results_arena_free(struct results_arena *arena) {
  struct block *older;
  if (!arena)
    return;
  for (struct block *block = arena->newest; block; block = older) {
    older = block->older;
    free(block);
  }
  free(arena);
}

static struct block *add_block(struct results_arena *arena, size_t bytes) {
  const size_t size = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
  struct block *block = malloc(sizeof *block + size);
  if (!block)
    return NULL;
  *block = (struct block){.older = arena->newest, .size = size};
  arena->newest = block;
  return block;
}

void *results_arena_take(struct results_arena *arena, size_t bytes) {
  const size_t whole =
      (bytes + alignof(max_align_t) - 1) & ~(size_t)(alignof(max_align_t) - 1);
  struct block *block = arena->newest;
  if (!block || block->size - block->used < whole)
    block = add_block(arena, whole);
  if (!block)
    return NULL;
  void *memory = block->memory + block->used;
  block->used += whole;
  return memory;
}

const char *results_arena_text(struct results_arena *arena, const char *text) {
  const size_t bytes = strlen(text) + 1;
  char *copy = results_arena_take(arena, bytes);
  return copy ? memcpy(copy, text, bytes) : NULL;
}
