// The driver's source as C++.
#include "locks/test/driver.c"
