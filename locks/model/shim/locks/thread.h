/* locks/thread.h for the checker: the real text, over records and nodes of
 * the checker's own (records.c), so that what a coroutine uses never belongs
 * to a thread of the program. */
#ifndef LOCKS_MODEL_SHIM_THREAD_H
#define LOCKS_MODEL_SHIM_THREAD_H
#pragma GCC system_header /* for include_next */

#define LOCK_THREAD_ATTACHED 1
#define lock_thread_current model_record_current
#define lock_threads model_records
#define lock_nodes model_nodes
#define lock_node_pages_taken model_node_pages_taken

#include_next "locks/thread.h"

#undef lock_thread_ran_out
#define lock_thread_ran_out(what) model_claim(false, "" what)

#endif
