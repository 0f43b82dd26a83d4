# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import absolute_import, division, print_function

__metaclass__ = type


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  executable:
    description:
      - Path of C(pvpgen) on the managed host.
      - Defaults to the C(pvpgen) in the search path.
    type: path
  root:
    description:
      - Works on the tree below this directory instead of the running system, as C(pvpgen --root) does.
    type: path
requirements:
  - pvpgen on the managed host, of the version of this collection
attributes:
  check_mode:
    description: Reports what would change, and changes nothing.
  diff_mode:
    description: Returns what has changed, or would change in check mode.
notes:
  - Returned documents are described in C(docs/reference/json.md) of pvpgen.
author:
  - the pvpgen developers (@pvpgen)
"""
