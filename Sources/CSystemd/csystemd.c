#include "csystemd.h"

CLOADER_DEFINE(systemd, SYSTEMD_FUNCTIONS, "libsystemd.so.0", "Units, jobs and the journal", "required")
