/* The configurations that locks are checked in, when none is asked for. */
#include "locks/model/client.h"

/* Seconds for all locks together. */
const struct model_config model_quick_configs[] = {
    {MODEL_LOOP, 2, {2, 2}},     {MODEL_LOOP, 3, {1, 1, 1}},
    {MODEL_TRY, 2, {1, 2}},      {MODEL_TRY, 3, {1, 1, 1}},
    {MODEL_TEST, 3, {1, 1, 1}},  {MODEL_NESTED, 2, {1, 1}},
    {MODEL_SHARE, 2, {2, 2}},    {MODEL_SHARE, 3, {1, 1, 1}},
    {MODEL_CLAIM, 3, {1, 1, 1}}, {MODEL_READ, 2, {2, 1}},
    {MODEL_CONVERT, 2, {1, 1}},  {MODEL_DRAIN, 2, {1, 1}},
    {MODEL_LOOP, 0, {0}},
};

/* Beyond those: a thread that comes back while two others wait. */
const struct model_config model_long_configs[] = {
    {MODEL_LOOP, 3, {2, 1, 1}},    {MODEL_TRY, 3, {2, 1, 1}},
    {MODEL_TEST, 3, {2, 1, 1}},    {MODEL_SHARE, 3, {2, 1, 1}},
    {MODEL_CONVERT, 3, {1, 1, 1}}, {MODEL_DRAIN, 3, {1, 1, 1}},
    {MODEL_LOOP, 0, {0}},
};

/* As far as the time goes: some locks have too many executions here. */
const struct model_config model_wide_configs[] = {
    {MODEL_LOOP, 4, {1, 1, 1, 1}},  {MODEL_LOOP, 3, {2, 2, 1}},
    {MODEL_LOOP, 2, {3, 3}},        {MODEL_NESTED, 3, {1, 1, 1}},
    {MODEL_SHARE, 3, {1, 2, 2}},    {MODEL_CLAIM, 3, {2, 1, 1}},
    {MODEL_SHARE, 4, {1, 1, 1, 1}}, {MODEL_LOOP, 0, {0}},
};
