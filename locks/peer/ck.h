/* Concurrency Kit's spin locks. They wait in their own way, unless the macro
 * PEER_CK_STALL names what to do between two polls: the tests, which have more
 * threads than processors, let it yield. */
#ifndef LOCKS_PEER_CK_H
#define LOCKS_PEER_CK_H

#include <ck_pr.h>

#include "locks/cpu.h"

#ifdef PEER_CK_STALL
#define ck_pr_stall() PEER_CK_STALL()
#endif
#include <ck_spinlock.h>
#undef ck_pr_stall

#endif
