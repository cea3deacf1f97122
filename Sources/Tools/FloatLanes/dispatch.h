// Calls the code for the widest vectors of the processor at hand; the program itself runs on any.
#ifndef FLOAT_LANES_DISPATCH_H
#define FLOAT_LANES_DISPATCH_H

#include "float_lanes.h"

#if defined(__x86_64__)
#define DISPATCH(name, ...)                               \
  switch (float_lanes_width()) {                          \
    case 16: return name##_sixteen(__VA_ARGS__);          \
    case 8: return name##_eight(__VA_ARGS__);             \
    default: return name##_four(__VA_ARGS__);             \
  }
#else
#define DISPATCH(name, ...) return name##_four(__VA_ARGS__);
#endif

#endif
