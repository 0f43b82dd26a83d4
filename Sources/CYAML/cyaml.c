#include "cyaml.h"

CLOADER_DEFINE(yaml, YAML_FUNCTIONS, "libyaml-0.so.2", "Variables of the Ansible role", "required")
