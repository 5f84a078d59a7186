/* Reports of checked mode: to the handler, or as one line and abort(). */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "locks/nt/checked/fault.h"
#include "locks/nt/checked/seed.h"
#include "locks/nt/irql.h"
#include "locks/nt/kspin.h"

static const struct {
  unsigned row;
  ULONG code;
  uintptr_t first;
  const char *name, *text;
} faults[] = {
#define FAULT(name, row, code, first, text) {row, code, first, #name, text},
#include "locks/nt/checked/faults.def"
};

static const struct {
  ULONG code;
  const char *name;
} codes[] = {
    {0xF, "SPIN_LOCK_ALREADY_OWNED"},
    {0xC4, "DRIVER_VERIFIER_DETECTED_VIOLATION"},
    {0xC8, "IRQL_UNEXPECTED_VALUE"},
    {0x11B, "DRIVER_RETURNED_HOLDING_CANCEL_LOCK"},
    {0x133, "DPC_WATCHDOG_VIOLATION"},
    {0x13B, "PASSIVE_INTERRUPT_ERROR"},
};

static pthread_mutex_t settings = PTHREAD_MUTEX_INITIALIZER;
static kspin_bug_check_handler *handler = kspin_bug_check_abort;
static void *handler_context;
static _Atomic uint64_t disabled; /* rows, for the tests */

void check_disable_rows(uint64_t rows) {
  /* relaxed: set while nobody else is checked. */
  atomic_store_explicit(&disabled, rows, memory_order_relaxed);
}

static const char *name_of(ULONG code) {
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if (codes[i].code == code)
      return codes[i].name;
  return "";
}

void check_add(struct check_call *call, enum check_fault fault, uintptr_t a,
               uintptr_t b, uintptr_t c) {
  if (call->count == CHECK_FAULTS_A_CALL ||
      atomic_load_explicit(&disabled, memory_order_relaxed) >>
              faults[fault].row &
          1)
    return;
  struct check_found *found = &call->found[call->count++];
  found->fault = fault;
  if (faults[fault].first != 0)
    *found = (struct check_found){fault, {faults[fault].first, a, b, c}};
  else
    *found = (struct check_found){fault, {a, b, c, 0}};
}

void kspin_on_bug_check(kspin_bug_check_handler *function, void *context) {
  pthread_mutex_lock(&settings);
  handler = function != NULL ? function : kspin_bug_check_abort;
  handler_context = context;
  pthread_mutex_unlock(&settings);
}

static void hand_over(const struct kspin_bug_check *check) {
  pthread_mutex_lock(&settings);
  kspin_bug_check_handler *function = handler;
  void *context = handler_context;
  pthread_mutex_unlock(&settings);
  function(check, context);
}

void check_report(const struct check_call *call) {
  for (unsigned i = 0; i < call->count; i++) {
    const struct check_found *found = &call->found[i];
    ULONG code = faults[found->fault].code;
    struct kspin_bug_check check = {
        .code = code,
        .name = name_of(code),
        .text = faults[found->fault].text,
        .row = faults[found->fault].row,
        .irql = lock_irql,
        .lock = call->lock,
        .routine = call->site.routine,
        .caller = call->site.address,
        .other_routine = call->other.routine,
        .other_caller = call->other.address,
    };
    for (unsigned p = 0; p < 4; p++)
      check.parameters[p] = found->parameters[p];
    hand_over(&check);
  }
}

/* Writes a call site as `function+0x12` or `file+0x1234`. */
static void place(char *text, size_t size, const void *address) {
  Dl_info info = {0};
  if (address == NULL || dladdr(address, &info) == 0)
    snprintf(text, size, "%p", address);
  else if (info.dli_sname != NULL)
    snprintf(text, size, "%s+0x%tx", info.dli_sname,
             (const char *)address - (const char *)info.dli_saddr);
  else
    snprintf(text, size, "%s+0x%tx", info.dli_fname,
             (const char *)address - (const char *)info.dli_fbase);
}

int kspin_bug_check_format(const struct kspin_bug_check *check, char *text,
                           size_t size) {
  char caller[256], other[256], before[320] = "";
  place(caller, sizeof caller, check->caller);
  place(other, sizeof other, check->other_caller);
  if (check->other_routine != NULL)
    snprintf(before, sizeof before, "; before: %s, called at %s",
             check->other_routine, other);
  return snprintf(text, size,
                  "kspin: bug check 0x%X %s (0x%llX, 0x%llX, 0x%llX, 0x%llX):"
                  " lock %p %s: %s, called at %s at IRQL %u%s\n",
                  (unsigned)check->code, check->name, check->parameters[0],
                  check->parameters[1], check->parameters[2],
                  check->parameters[3], (void *)(uintptr_t)check->lock,
                  check->text, check->routine, caller, check->irql, before);
}

void kspin_bug_check_abort(const struct kspin_bug_check *check, void *context) {
  char text[1024];
  (void)context;
  int length = kspin_bug_check_format(check, text, sizeof text);
  if (length >= (int)sizeof text)
    length = sizeof text - 1;
  if (write(STDERR_FILENO, text, (size_t)length) < 0)
    abort();
  abort();
}
