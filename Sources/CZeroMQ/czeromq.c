#include "czeromq.h"

CLOADER_DEFINE(zeromq, ZEROMQ_FUNCTIONS, "libzmq.so.5", "TRex as the generator of a measurement", "recommended")
