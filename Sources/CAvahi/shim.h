// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-client/publish.h>
#include <avahi-common/address.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-common/strlst.h>
#include <avahi-common/thread-watch.h>
#include <avahi-common/timeval.h>
/* Not Avahi's: the bell that wakes its poll's thread. Swift's Glibc leaves it out. */
#include <sys/eventfd.h>
