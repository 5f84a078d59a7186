/* The runs of a program: those bound to each lock (unless NT_LIBRARY), and
 * those over the library that it links, once a lock. */
#include "locks/nt/kspin.h"
#include "locks/test/nt/behaviour.h"
#include "locks/test/nt/run.h"

static const struct nt_table *const api[] = {NT_API_TABLES, NULL};
static const struct nt_table *const executive[] = {NT_EXECUTIVE_TABLES, NULL};
static const struct nt_table *const queued[] = {NT_QUEUED_TABLES, NULL};
static const struct nt_table *const reader[] = {NT_READER_TABLES, NULL};

#ifndef NT_LIBRARY
#define NT_BOUND(symbol) extern const struct nt_run nt_run_##symbol;
#include "locks/test/nt/runs.h"
#endif

#define NT_CHOSEN(of, which, e, q, r)                                          \
  static const struct nt_run nt_run_##of##_##which##_chosen = {                \
      .name = NT_MODE "-" #of "-" #which,                                      \
      .family = #of,                                                           \
      .lock = #which,                                                          \
      .executive = #e,                                                         \
      .queued = #q,                                                            \
      .reader = #r,                                                            \
      .mode = NT_MODE,                                                         \
      .library = true,                                                         \
      .tables = of,                                                            \
      .choose = kspin_choose,                                                  \
  };
#include "locks/test/nt/runs.h"

const struct nt_run *const nt_runs[] = {
#ifndef NT_LIBRARY
#define NT_BOUND(symbol) &nt_run_##symbol,
#include "locks/test/nt/runs.h"
#endif
#define NT_CHOSEN(of, which, e, q, r) &nt_run_##of##_##which##_chosen,
#include "locks/test/nt/runs.h"
    NULL};
