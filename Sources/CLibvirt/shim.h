// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <stddef.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

/* The label is an array of 4097 characters, and Swift imports none of more than 4096. */
static inline const char *virSecurityLabelText(const virSecurityLabel *label) { return label->label; }
