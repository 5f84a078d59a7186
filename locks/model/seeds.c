/* The seeded bugs: what a lock of each kind goes wrong by. A seed without
 * ORDER() is a changed header, seeds/<number>.txt.
 *
 * They are those of the literature on these locks, and what was learnt by
 * writing them. */
#include "locks/model/seed.h"

#define SEED(number_, family_, name_, what_)                                   \
  .number = (number_), .family = (family_), .name = (name_), .what = (what_)

/* One order, at the sites with this function, operation and operand. */
#define ORDER(function_, operation_, text_, order_)                            \
  .function = (function_), .operation = (operation_), .text = (text_),         \
  .order = MODEL_##order_

/* Where it shows: the scenario, and how often each thread. */
#define TWO(scenario_, first, second)                                          \
  .config.scenario = MODEL_##scenario_, .config.threads = 2,                   \
  .config.times[0] = (first), .config.times[1] = (second)
#define THREE(scenario_, first, second, third)                                 \
  .config.scenario = MODEL_##scenario_, .config.threads = 3,                   \
  .config.times[0] = (first), .config.times[1] = (second),                     \
  .config.times[2] = (third)
#define FOUR(scenario_, first, second, third, fourth)                          \
  .config.scenario = MODEL_##scenario_, .config.threads = 4,                   \
  .config.times[0] = (first), .config.times[1] = (second),                     \
  .config.times[2] = (third), .config.times[3] = (fourth)

const struct model_seed model_seeds[] = {
    {SEED(1, "executive", "tas", "unlock relaxed"), TWO(LOOP, 2, 2),
     ORDER("executive_tas_release", "store", "&lock_word(lock)->whole",
           RELAXED)},
    {SEED(2, "executive", "ttas", "acquire relaxed"), TWO(LOOP, 2, 2),
     ORDER("executive_ttas_try_acquire", "exchange", "&lock_word(lock)->whole",
           RELAXED)},
    {SEED(3, "executive", "ticket", "wait relaxed"), TWO(LOOP, 2, 2),
     ORDER("executive_ticket_enter", "await_equal", "&word->low", RELAXED)},
    {SEED(4, "executive", "ticket", "try acquires nothing"), TWO(TRY, 1, 2),
     ORDER("executive_ticket_try_acquire", "load", "&word->low", RELAXED)},
    {SEED(5, "executive", "mcs", "doorway publishes nothing"), TWO(LOOP, 2, 2),
     ORDER("executive_mcs_acquire", "exchange", "&lock_word(lock)->whole",
           ACQUIRE)},
    {SEED(6, "queued", "mcs", "doorway publishes nothing"), TWO(LOOP, 2, 2),
     ORDER("queued_mcs_acquire", "exchange", "&lock_word(lock)->whole",
           ACQUIRE)},
    {SEED(7, "queued", "mcs", "grant relaxed"), TWO(LOOP, 2, 2),
     ORDER("queued_mcs_release", "store", "&lock_queue_at(next)->lock",
           RELAXED)},
    {SEED(8, "executive", "mcs", "link relaxed"), TWO(LOOP, 2, 2),
     ORDER("executive_mcs_acquire", "store", "&lock_node(before)->next",
           RELAXED)},
    {SEED(9, "executive", "mcs", "successor read relaxed"), TWO(LOOP, 2, 2),
     ORDER("executive_mcs_release", "load", "&node->next", RELAXED)},
    {SEED(10, "executive", "mcs", "half-linked successor forgotten"),
     TWO(LOOP, 2, 2)},
    {SEED(11, "queued", "clh", "own node taken back"), TWO(LOOP, 2, 2)},
    {SEED(12, "queued", "clh", "node read after the hand-over"),
     TWO(LOOP, 2, 2)},
    {SEED(13, "queued", "clh", "doorway publishes nothing"), TWO(LOOP, 2, 2),
     ORDER("queued_clh_enter", "exchange", "&lock_word(lock)->whole", ACQUIRE)},
    {SEED(14, "executive", "clh", "try takes a tail that was queued again"),
     TWO(TRY, 3, 1)},
    {SEED(15, "executive", "ticket", "release of the whole word"),
     TWO(LOOP, 2, 2)},
    {SEED(16, "executive", "mcs", "waits after it has linked"),
     TWO(LOOP, 2, 2)},
    {SEED(17, "queued", "mcs", "handle touched after the grant"),
     TWO(LOOP, 2, 2)},
    {SEED(18, "executive", "mcs", "released like a stack"), TWO(NESTED, 1, 1)},
    {SEED(19, "executive", "ttas", "claims to be FIFO"), TWO(LOOP, 2, 2)},
    {SEED(20, "executive", "ticket", "claims that free is 0"), TWO(LOOP, 2, 2)},
    {SEED(21, "executive", "ttas", "tests, then sets"), TWO(LOOP, 2, 2)},
    {SEED(22, "executive", "ticket", "try leaves a number behind"),
     TWO(TRY, 1, 1)},
    {SEED(23, "executive", "ticket", "asks for 0"), TWO(LOOP, 2, 2)},
    {SEED(24, "queued", "clh", "is_held follows the tail relaxed"),
     THREE(TEST, 1, 1, 1),
     ORDER("queued_clh_is_held", "load", "&lock_word_const(lock)->whole",
           RELAXED)},
    {SEED(25, "executive", "clh", "try publishes nothing"), TWO(TRY, 1, 2),
     ORDER("executive_clh_try_acquire", "compare_exchange", "&word->whole",
           RELAXED)},
    {SEED(26, "executive", "tas", "try waits"), TWO(TRY, 1, 1)},
    {SEED(27, "executive", "twa", "slot read relaxed"), THREE(LOOP, 1, 1, 1),
     ORDER("executive_twa_park", "load", "slot", RELAXED)},
    {SEED(28, "executive", "twa", "tells before it serves"),
     THREE(LOOP, 1, 1, 1)},
    {SEED(29, "executive", "twa", "tells relaxed"), THREE(LOOP, 1, 1, 1),
     ORDER("executive_twa_release", "fetch_add", "lock_slot(lock, next + 1)",
           RELAXED)},
    {SEED(30, "executive", "k42", "becomes the last relaxed"),
     THREE(LOOP, 2, 1, 1),
     ORDER("executive_k42_move_in", "compare_exchange", "&word->low", RELAXED)},
    {SEED(31, "executive", "k42", "half-linked successor forgotten"),
     TWO(LOOP, 2, 2)},
    {SEED(32, "executive", "qsl", "arrivals do not see the queue"),
     TWO(LOOP, 1, 3)},
    {SEED(33, "executive", "qsl", "first of the queue takes it with a store"),
     THREE(LOOP, 1, 1, 1)},
    {SEED(34, "executive", "hemlock_overlap", "last grant left behind"),
     THREE(LOOP, 2, 1, 1)},
    {SEED(35, "executive", "reciprocating", "doorway publishes nothing"),
     TWO(LOOP, 2, 2),
     ORDER("queued_reciprocating_enter", "exchange", "&lock_word(lock)->whole",
           ACQUIRE)},
    {SEED(36, "executive", "reciprocating", "detaches relaxed"),
     TWO(LOOP, 2, 2),
     ORDER("queued_reciprocating_leave", "exchange", "&word->whole", RELAXED)},
    {SEED(37, "queued", "clh_ack", "answers relaxed"), TWO(LOOP, 2, 2),
     ORDER("queued_clh_ack_acquire", "store", "&ahead->next", RELAXED)},
    {SEED(38, "executive", "futex", "sleeps without a mark"), TWO(LOOP, 2, 2)},
    {SEED(39, "executive", "qspinlock", "pending one does not wait"),
     TWO(LOOP, 2, 2)},
    {SEED(40, "queued", "reciprocating", "end of segment not seen"),
     THREE(LOOP, 1, 1, 1)},
    {SEED(41, "queued", "clh_ack", "returns without the answer"),
     TWO(LOOP, 2, 2)},
    {SEED(42, "queued", "cna", "tail of the second queue relaxed"),
     FOUR(LOOP, 1, 1, 1, 1)},
    {SEED(43, "reader", "nt", "reader leaves relaxed"), TWO(SHARE, 1, 1),
     ORDER("reader_nt_release_shared", "fetch_sub", "reader_nt_word(lock)",
           RELAXED)},
    {SEED(44, "reader", "nt", "readers pass a writer that waits"),
     THREE(SHARE, 1, 1, 1)},
    {SEED(45, "reader", "nt", "converts beside another reader"),
     TWO(CONVERT, 1, 1)},
    {SEED(46, "reader", "nt", "readers wait for readers"), TWO(READ, 1, 1)},
    {SEED(47, "reader", "phase_fair", "reader leaves relaxed"),
     TWO(SHARE, 1, 1),
     ORDER("reader_phase_fair_release_shared", "fetch_sub", "word", RELAXED)},
    {SEED(48, "reader", "phase_fair", "reader counted in the writer's phase"),
     TWO(SHARE, 1, 1)},
    {SEED(49, "reader", "phase_fair", "last phase carried over"),
     TWO(LOOP, 2, 2)},
    {SEED(50, "reader", "phase_fair", "writer does not wait for readers"),
     TWO(SHARE, 1, 1)},
    {SEED(51, "queued", "clh_counted", "own node kept, too"), TWO(LOOP, 2, 2)},
    {SEED(52, "queued", "clh_counted", "any use of the node ahead will do"),
     TWO(LOOP, 2, 2)},
    {SEED(53, "queued", "clh_counted",
          "node queued under a use that has ended"),
     TWO(LOOP, 2, 2)},
    {SEED(54, "executive", "clh_counted", "try queues itself, then looks"),
     TWO(TRY, 3, 1)},
    {SEED(55, "executive", "clh_counted", "release relaxed"), TWO(LOOP, 2, 2),
     ORDER("queued_clh_counted_leave", "store", "&lock_use_node(own)->wait",
           RELAXED)},
    {SEED(56, "executive", "clh_counted", "try looks relaxed"), TWO(TRY, 1, 2),
     ORDER("executive_clh_counted_try_acquire", "load",
           "&lock_use_node(ahead)->wait", RELAXED)},
    {.number = 0},
};
