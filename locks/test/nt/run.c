/* The run that this is compiled for: NT_RUN, its tables and its locks. */
#include "locks/test/nt/run.h"

#include "locks/test/nt/behaviour.h"

#define NT_TEXT_(name) #name
#define NT_TEXT(name) NT_TEXT_(name)

static const struct nt_table *const tables[] = {NT_TABLES, NULL};

extern const struct nt_run NT_NAMED(nt_run);
const struct nt_run NT_NAMED(nt_run) = {
    .name = NT_FAMILY "-" NT_LOCK,
    .family = NT_FAMILY,
    .lock = NT_LOCK,
    .executive = NT_TEXT(KSPIN_EXECUTIVE),
    .queued = NT_TEXT(KSPIN_QUEUED),
    .reader = NT_TEXT(KSPIN_READER),
    .mode = "free",
    .tables = tables,
};
