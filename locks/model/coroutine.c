/* Coroutines by a switch of the stack: a dozen instructions where this file
 * knows the architecture (x86-64, aarch64), ucontext elsewhere (which makes
 * two system calls a switch and is some ten times slower). */
#include "locks/model/coroutine.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define MODEL_ASAN 1
#endif
#elif defined __SANITIZE_ADDRESS__
#define MODEL_ASAN 1
#endif

#ifdef MODEL_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

#if !defined __x86_64__ && !defined __aarch64__ && !defined MODEL_UCONTEXT
#define MODEL_UCONTEXT 1
#endif
#ifdef MODEL_UCONTEXT
#include <ucontext.h>
#endif

/* Lock code needs little; a sanitizer's frames are some times larger. */
enum { STACK_BYTES = 256 * 1024 };

struct model_coroutine {
  unsigned char *stack;
  void (*entry)(void *);
  void *argument;
  bool done;
#ifdef MODEL_UCONTEXT
  ucontext_t inside, outside;
#else
  void *inside, *outside; /* stack pointers of the side that is stopped */
#endif
#ifdef MODEL_ASAN
  const void *outside_stack;
  size_t outside_bytes;
#endif
};

static struct model_coroutine *starting;

static void finish_switch(struct model_coroutine *coroutine) {
#ifdef MODEL_ASAN
  __sanitizer_finish_switch_fiber(NULL, &coroutine->outside_stack,
                                  &coroutine->outside_bytes);
#else
  (void)coroutine;
#endif
}

/* The first function on a fresh stack; never returns, as nothing is below. */
static _Noreturn void model_coroutine_main(void) {
  struct model_coroutine *coroutine = starting;
  finish_switch(coroutine);
  coroutine->entry(coroutine->argument);
  coroutine->done = true;
  model_coroutine_leave(coroutine);
  abort();
}

#ifdef MODEL_UCONTEXT

static void arm(struct model_coroutine *coroutine) {
  getcontext(&coroutine->inside);
  coroutine->inside.uc_stack.ss_sp = coroutine->stack;
  coroutine->inside.uc_stack.ss_size = STACK_BYTES;
  coroutine->inside.uc_link = NULL;
  makecontext(&coroutine->inside, model_coroutine_main, 0);
}

static void go_in(struct model_coroutine *coroutine) {
  swapcontext(&coroutine->outside, &coroutine->inside);
}

static void go_out(struct model_coroutine *coroutine) {
  swapcontext(&coroutine->inside, &coroutine->outside);
}

#else

/* Saves what the callee must preserve, leaves the stack pointer in *save and
 * goes on where `load` was saved. */
void model_coroutine_switch(void **save, void *load);

#ifdef __x86_64__
enum { SAVED_WORDS = 6, RETURN_WORD = 6 };
__asm__(".pushsection .text\n"
        ".globl model_coroutine_switch\n"
        ".hidden model_coroutine_switch\n"
        ".type model_coroutine_switch,@function\n"
        "model_coroutine_switch:\n"
        "  pushq %rbp\n  pushq %rbx\n  pushq %r12\n"
        "  pushq %r13\n  pushq %r14\n  pushq %r15\n"
        "  movq %rsp, (%rdi)\n"
        "  movq %rsi, %rsp\n"
        "  popq %r15\n  popq %r14\n  popq %r13\n"
        "  popq %r12\n  popq %rbx\n  popq %rbp\n"
        "  ret\n"
        ".size model_coroutine_switch,.-model_coroutine_switch\n"
        ".popsection\n");
#else
enum { SAVED_WORDS = 20, RETURN_WORD = 11 };
__asm__(".pushsection .text\n"
        ".globl model_coroutine_switch\n"
        ".hidden model_coroutine_switch\n"
        ".type model_coroutine_switch,%function\n"
        "model_coroutine_switch:\n"
        "  sub sp, sp, #160\n"
        "  stp x19, x20, [sp, #0]\n  stp x21, x22, [sp, #16]\n"
        "  stp x23, x24, [sp, #32]\n  stp x25, x26, [sp, #48]\n"
        "  stp x27, x28, [sp, #64]\n  stp x29, x30, [sp, #80]\n"
        "  stp d8, d9, [sp, #96]\n  stp d10, d11, [sp, #112]\n"
        "  stp d12, d13, [sp, #128]\n  stp d14, d15, [sp, #144]\n"
        "  mov x9, sp\n  str x9, [x0]\n  mov sp, x1\n"
        "  ldp x19, x20, [sp, #0]\n  ldp x21, x22, [sp, #16]\n"
        "  ldp x23, x24, [sp, #32]\n  ldp x25, x26, [sp, #48]\n"
        "  ldp x27, x28, [sp, #64]\n  ldp x29, x30, [sp, #80]\n"
        "  ldp d8, d9, [sp, #96]\n  ldp d10, d11, [sp, #112]\n"
        "  ldp d12, d13, [sp, #128]\n  ldp d14, d15, [sp, #144]\n"
        "  add sp, sp, #160\n"
        "  ret\n"
        ".size model_coroutine_switch,.-model_coroutine_switch\n"
        ".popsection\n");
#endif

/* Lays out the frame that model_coroutine_switch takes back, below 4 zero
 * words: on x86-64 the stack is then 8 off 16, as at any function's entry. */
static void arm(struct model_coroutine *coroutine) {
  uintptr_t *top = (uintptr_t *)(void *)(coroutine->stack + STACK_BYTES);
  uintptr_t *frame = top - 4 - (SAVED_WORDS + SAVED_WORDS % 2);
#ifdef __x86_64__
  frame -= 1 + 1; /* the return address, and the alignment */
#endif
  for (uintptr_t *word = frame; word < top; word++)
    *word = 0;
  frame[RETURN_WORD] = (uintptr_t)model_coroutine_main;
  coroutine->inside = frame;
}

static void go_in(struct model_coroutine *coroutine) {
  model_coroutine_switch(&coroutine->outside, coroutine->inside);
}

static void go_out(struct model_coroutine *coroutine) {
  model_coroutine_switch(&coroutine->inside, coroutine->outside);
}

#endif

struct model_coroutine *model_coroutine_open(void) {
  struct model_coroutine *coroutine = calloc(1, sizeof *coroutine);
  if (!coroutine)
    return NULL;
  coroutine->stack = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (coroutine->stack == MAP_FAILED) {
    free(coroutine);
    return NULL;
  }
  coroutine->done = true;
  return coroutine;
}

void model_coroutine_close(struct model_coroutine *coroutine) {
  if (!coroutine)
    return;
  munmap(coroutine->stack, STACK_BYTES);
  free(coroutine);
}

void model_coroutine_start(struct model_coroutine *coroutine,
                           void (*entry)(void *), void *argument) {
#ifdef MODEL_ASAN
  /* Frames that were left in the middle keep their poison. */
  __asan_unpoison_memory_region(coroutine->stack, STACK_BYTES);
#endif
  coroutine->entry = entry;
  coroutine->argument = argument;
  coroutine->done = false;
  arm(coroutine);
}

bool model_coroutine_enter(struct model_coroutine *coroutine) {
  starting = coroutine;
#ifdef MODEL_ASAN
  void *fake = NULL;
  __sanitizer_start_switch_fiber(&fake, coroutine->stack, STACK_BYTES);
#endif
  go_in(coroutine);
#ifdef MODEL_ASAN
  __sanitizer_finish_switch_fiber(fake, NULL, NULL);
#endif
  return !coroutine->done;
}

void model_coroutine_leave(struct model_coroutine *coroutine) {
#ifdef MODEL_ASAN
  void *fake = NULL;
  __sanitizer_start_switch_fiber(&fake, coroutine->outside_stack,
                                 coroutine->outside_bytes);
#endif
  go_out(coroutine);
#ifdef MODEL_ASAN
  __sanitizer_finish_switch_fiber(fake, &coroutine->outside_stack,
                                  &coroutine->outside_bytes);
#endif
}
