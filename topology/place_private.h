/* The policies that the table of place.c lists, for this folder only. */
#ifndef TOPOLOGY_PLACE_PRIVATE_H
#define TOPOLOGY_PLACE_PRIVATE_H

#include "topology/place.h"

int topology_offer_compact(struct topology_offer *);
int topology_offer_scatter(struct topology_offer *);
int topology_offer_smt(struct topology_offer *);
int topology_offer_cores(struct topology_offer *);
int topology_offer_l3(struct topology_offer *);
int topology_offer_nodes(struct topology_offer *);
int topology_offer_kind(struct topology_offer *);
int topology_offer_mixed(struct topology_offer *);
int topology_offer_list(struct topology_offer *);

#endif
