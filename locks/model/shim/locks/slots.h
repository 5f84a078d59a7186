/* locks/slots.h for the checker: the real text, over an array of its own. */
#ifndef LOCKS_MODEL_SHIM_SLOTS_H
#define LOCKS_MODEL_SHIM_SLOTS_H
#pragma GCC system_header /* for include_next */

#define lock_slots model_slots

#include_next "locks/slots.h"

#endif
