// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

// Debian's libxml2 headers include ICU's, whose types clash with those of Foundation ('UErrorCode' has different
// definitions in different modules). Only the tail of xmlCharEncodingHandler depends on it, which nobody here touches.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libexslt/exslt.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/uri.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemastypes.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <libxslt/documents.h>
#include <libxslt/extensions.h>
#include <libxslt/extra.h>
#include <libxslt/imports.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <stdarg.h>
#include <stdio.h>

/// Where the text of libxml2's and libxslt's variadic error callbacks goes.
typedef struct shim_sink {
    void (*receive)(void *context, const char *text);
    void *context;
} shim_sink;

/// The variadic callback itself: Swift can neither write nor name one.
static inline void shim_report(void *sink, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline void shim_report(void *sink, const char *format, ...) {
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (sink) ((shim_sink *)sink)->receive(((shim_sink *)sink)->context, text);
}

/// libxslt's generic errors have one handler for the process. This one hands each to libxml2's handler of its thread.
static inline void shim_report_to_thread(void *unused, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline void shim_report_to_thread(void *unused, const char *format, ...) {
    char text[4096];
    va_list arguments;
    (void)unused;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    xmlGenericError(xmlGenericErrorContext, "%s", text);
}

/// What is silent otherwise: libxslt's tracing.
static inline void shim_ignore(void *unused, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline void shim_ignore(void *unused, const char *format, ...) {
    (void)unused;
    (void)format;
}

/// For the whole process, and for threads that libxml2 has not met yet.
static inline void shim_set_default_errors(shim_sink *sink, xmlStructuredErrorFunc structured) {
    xmlThrDefSetGenericErrorFunc(sink, shim_report);
    xmlThrDefSetStructuredErrorFunc(sink, structured);
    xsltSetGenericErrorFunc(NULL, shim_report_to_thread);
    xsltSetGenericDebugFunc(NULL, shim_ignore);
}

/// The error handlers of this thread.
typedef struct shim_handlers {
    xmlGenericErrorFunc generic;
    void *generic_context;
    xmlStructuredErrorFunc structured;
    void *structured_context;
} shim_handlers;

static inline shim_handlers shim_thread_handlers(void) {
    shim_handlers handlers = {xmlGenericError, xmlGenericErrorContext, xmlStructuredError, xmlStructuredErrorContext};
    return handlers;
}

static inline void shim_restore_thread_handlers(shim_handlers handlers) {
    xmlSetGenericErrorFunc(handlers.generic_context, handlers.generic);
    xmlSetStructuredErrorFunc(handlers.structured_context, handlers.structured);
}

static inline void shim_set_thread_handlers(shim_sink *sink, xmlStructuredErrorFunc structured) {
    xmlSetGenericErrorFunc(sink, shim_report);
    xmlSetStructuredErrorFunc(sink, structured);
}

static inline void shim_set_transform_errors(xsltTransformContextPtr context, shim_sink *sink) {
    xsltSetTransformErrorFunc(context, sink, shim_report);
}

/// `xmlFree` is a global function pointer, which Swift sees as mutable shared state.
static inline void shim_xml_free(void *pointer) { xmlFree(pointer); }
