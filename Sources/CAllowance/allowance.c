// SPDX-License-Identifier: GPL-2.0-or-later
#include "allowance.h"

#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/xmlmemory.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/// Only strings and buffers are as large as this, and those who ask for them bear a refusal. Nodes are never refused.
static const size_t large = 1 << 20;
/// Allocations between two looks at the clock.
static const unsigned pause = 128;

static _Thread_local struct {
    xsltTransformContextPtr transform;
    long bytes, limit;
    /// When to look at the processor's time, and how much of that there may be then.
    long deadline, processor;
    unsigned allocations;
    enum allowance_verdict verdict;
} own;

static long now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

/// Time that others took is not the stylesheet's. The thread's own clock is dear, so it is asked only when it may be too late.
static int is_late(void) {
    if (now(CLOCK_MONOTONIC_COARSE) <= own.deadline) return 0;
    long left = own.processor - now(CLOCK_THREAD_CPUTIME_ID);
    if (left <= 0) return 1;
    own.deadline = now(CLOCK_MONOTONIC_COARSE) + left;
    return 0;
}

/// libxslt looks at its state before each instruction, and libxml2 at its limit before each operation of XPath.
static void stop(enum allowance_verdict verdict) {
    if (own.verdict == ALLOWANCE_KEPT) own.verdict = verdict;
    own.transform->state = XSLT_STATE_STOPPED;
    if (own.transform->xpathCtxt) own.transform->xpathCtxt->opLimit = 1;
}

static void look(void) {
    if (own.bytes > own.limit) stop(ALLOWANCE_MEMORY);
    else if (is_late()) stop(ALLOWANCE_TIME);
}

static int refuses(size_t size) {
    if (size < large || own.bytes + (long)size <= own.limit) return 0;
    stop(ALLOWANCE_MEMORY);
    return 1;
}

static void *taken(void *pointer, long before) {
    if (pointer) own.bytes += (long)malloc_usable_size(pointer) - before;
    if (own.bytes > own.limit) stop(ALLOWANCE_MEMORY);
    else if (++own.allocations % pause == 0) look();
    return pointer;
}

static void *allocate(size_t size) {
    if (!own.transform) return malloc(size);
    return refuses(size) ? NULL : taken(malloc(size), 0);
}

static void *reallocate(void *pointer, size_t size) {
    if (!own.transform) return realloc(pointer, size);
    long before = pointer ? (long)malloc_usable_size(pointer) : 0;
    return (long)size > before && refuses(size) ? NULL : taken(realloc(pointer, size), before);
}

static char *duplicate(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = allocate(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

static void release(void *pointer) {
    if (own.transform && pointer) own.bytes -= (long)malloc_usable_size(pointer);
    free(pointer);
}

/// Before each instruction, as libxslt's debugger would.
static void instruction(xmlNodePtr current, xmlNodePtr node, xsltTemplatePtr template, xsltTransformContextPtr transform) {
    (void)current, (void)node, (void)template;
    if (own.transform && transform == own.transform) look();
}

void allowance_install(void) {
    // As xsltutils.h wants them: the handler, and two that nobody needs.
    static void *callbacks[3];
    callbacks[0] = (void *)instruction;
    xmlMemSetup(release, allocate, reallocate, duplicate);
    xsltSetDebuggerCallbacks(3, callbacks);
}

void allowance_begin(void *transform, long bytes, long nanoseconds) {
    own.transform = transform;
    own.transform->debugStatus = 1;
    own.bytes = 0;
    own.limit = bytes;
    own.deadline = now(CLOCK_MONOTONIC_COARSE) + nanoseconds;
    own.processor = now(CLOCK_THREAD_CPUTIME_ID) + nanoseconds;
    own.allocations = 0;
    own.verdict = ALLOWANCE_KEPT;
}

enum allowance_verdict allowance_end(void) {
    own.transform = NULL;
    return own.verdict;
}
