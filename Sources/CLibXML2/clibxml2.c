#include "clibxml2.h"

// libxml2 2.14 has another ABI; a package is built for the libraries of one release of a distribution.
#if LIBXML_VERSION < 21400
#define SONAME "libxml2.so.2"
#else
#define SONAME "libxml2.so.16"
#endif

CLOADER_DEFINE(xml, XML_FUNCTIONS, SONAME, "XML of domains and networks", "required")
