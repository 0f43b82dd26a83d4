// CLibXML2 includes the headers of libxml2; this target carries the flags.
