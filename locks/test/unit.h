/* cmocka with what it wants included before it. */
#ifndef LOCKS_TEST_UNIT_H
#define LOCKS_TEST_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
