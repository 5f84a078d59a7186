/* locks/node.h for the checker: the real one, with plain fields that are
 * checked for races. */
#ifndef LOCKS_MODEL_SHIM_NODE_H
#define LOCKS_MODEL_SHIM_NODE_H
#pragma GCC system_header /* for include_next */

#include_next "locks/node.h"

#include "locks/model/hook.h"

#undef node_read
#undef node_write
#define node_read(field)                                                       \
  (model_plain(&(field), sizeof(field), false, MODEL_SITE("read", #field)),    \
   (field))
#define node_write(field, value)                                               \
  ((void)(model_plain(&(field), sizeof(field), true,                           \
                      MODEL_SITE("write", #field)),                            \
          (field) = (value)))

#endif
