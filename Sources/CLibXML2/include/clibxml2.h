#pragma once

#include "cloader.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>

/// The functions of libxml2 that are called.
#define XML_FUNCTIONS(USE) \
    USE(xmlBufferContent) \
    USE(xmlBufferCreate) \
    USE(xmlBufferFree) \
    USE(xmlCtxtReadMemory) \
    USE(xmlDocGetRootElement) \
    USE(xmlFreeDoc) \
    USE(xmlFreeParserCtxt) \
    USE(xmlInitParser) \
    USE(xmlNewParserCtxt) \
    USE(xmlNodeBufGetContent) \
    USE(xmlNodeDump) \
    USE(xmlSetProp) \
    USE(xmlXPathEvalExpression) \
    USE(xmlXPathFreeContext) \
    USE(xmlXPathFreeObject) \
    USE(xmlXPathNewContext)

CLOADER_DECLARE(xml, XML_FUNCTIONS)
