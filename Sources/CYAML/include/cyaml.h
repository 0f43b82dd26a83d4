#pragma once

#include "cloader.h"

#include <yaml.h>

/// The functions of libyaml that are called.
#define YAML_FUNCTIONS(USE) \
    USE(yaml_event_delete) \
    USE(yaml_parser_delete) \
    USE(yaml_parser_initialize) \
    USE(yaml_parser_parse) \
    USE(yaml_parser_set_encoding) \
    USE(yaml_parser_set_input_string)

CLOADER_DECLARE(yaml, YAML_FUNCTIONS)
