/* The accesses of lock code: the doors of hook.h, each of them one event. */
#include "locks/model/machine.h"
#include "locks/model/site.h"

/* @return the order that the site is to have in this run */
static enum model_order order_of(struct model_site *site, enum model_role role,
                                 enum model_order asked) {
  if (!site->known) {
    site->known = true;
    site->next = model_sites;
    model_sites = site;
  }
  site->seen = model_machine.run;
  site->asked[role] = asked;
  site->roles |= 1U << role;
  return model_site_order(site, role);
}

uint64_t model_load(const volatile void *at, size_t size,
                    enum model_order order, struct model_site *site) {
  struct model_event event = {.kind = MODEL_LOAD,
                              .location = model_location_at(at, size),
                              .order = order_of(site, MODEL_SUCCESS, order),
                              .site = site};
  return model_happen(&event)->before;
}

uint64_t model_rmw(volatile void *at, size_t size, enum model_change change,
                   uint64_t operand, enum model_order order,
                   struct model_site *site) {
  struct model_event event = {.kind = MODEL_RMW,
                              .detail = change,
                              .location = model_location_at(at, size),
                              .order = order_of(site, MODEL_SUCCESS, order),
                              .operand = operand,
                              .site = site};
  return model_happen(&event)->before;
}

bool model_cas(volatile void *at, size_t size, uint64_t *expected,
               uint64_t desired, bool weak, enum model_order success,
               enum model_order failure, struct model_site *site) {
  const struct model_thread *thread =
      &model_machine.thread[model_machine.running];
  struct model_event event = {.kind = MODEL_CAS,
                              .detail = MODEL_EXCHANGE,
                              .location = model_location_at(at, size),
                              .order = order_of(site, MODEL_SUCCESS, success),
                              .failure = order_of(site, MODEL_FAILURE, failure),
                              .operand = desired,
                              .expected = *expected,
                              .weak = weak && !thread->has_failed,
                              .site = site};
  const struct model_step *step = model_happen(&event);
  if (!step->success)
    *expected = step->before;
  return step->success;
}

uint64_t model_await(const volatile void *at, size_t size,
                     enum model_condition condition, uint64_t operand,
                     enum model_order order, struct model_site *site) {
  struct model_event event = {.kind = MODEL_AWAIT,
                              .detail = condition,
                              .location = model_location_at(at, size),
                              .order = order_of(site, MODEL_SUCCESS, order),
                              .operand = operand,
                              .site = site};
  return model_happen(&event)->before;
}

void model_await_exchange(volatile void *at, size_t size, uint64_t from,
                          uint64_t to, enum model_order order,
                          struct model_site *site) {
  struct model_event event = {.kind = MODEL_AWAIT_RMW,
                              .detail = MODEL_EXCHANGE,
                              .location = model_location_at(at, size),
                              .order = order_of(site, MODEL_SUCCESS, order),
                              .operand = to,
                              .expected = from,
                              .site = site};
  model_happen(&event);
}

void model_store(volatile void *at, size_t size, uint64_t value,
                 enum model_order order, struct model_site *site) {
  struct model_event event = {.kind = MODEL_STORE,
                              .location = model_location_at(at, size),
                              .order = order_of(site, MODEL_SUCCESS, order),
                              .operand = value,
                              .site = site};
  model_happen(&event);
}

void model_fence(enum model_order order, struct model_site *site) {
  struct model_event event = {.kind = MODEL_FENCE,
                              .order = order_of(site, MODEL_SUCCESS, order),
                              .site = site};
  model_happen(&event);
}

void model_pause(struct model_site *site) {
  struct model_event event = {.kind = MODEL_PAUSE, .site = site};
  if (model_machine.thread[model_machine.running].read_count > 0)
    model_happen(&event);
}
