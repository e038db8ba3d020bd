// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

/// What a transform may take on the thread that it runs on. libxslt itself bounds operations alone.
enum allowance_verdict { ALLOWANCE_KEPT = 0, ALLOWANCE_TIME = 1, ALLOWANCE_MEMORY = 2 };

/// Has libxml2 allocate through this, and libxslt tell of each instruction. Once in a process, before either is used.
void allowance_install(void);

/// Begins on this thread: the transform context is stopped where one of the limits is passed. Nanoseconds are of the processor.
void allowance_begin(void *transform, long bytes, long nanoseconds);

/// Ends it; says which limit was passed first.
enum allowance_verdict allowance_end(void);
