#include "clibvirt.h"

CLOADER_DEFINE(libvirt, LIBVIRT_FUNCTIONS, "libvirt.so.0", "Domains and networks of guests", "required")
