#pragma once
#include <libpq-fe.h>
// What Swift's Glibc module leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>

// Macros of character literals are not imported.
static const int bl_diag_sqlstate = PG_DIAG_SQLSTATE;
static const int bl_diag_severity = PG_DIAG_SEVERITY_NONLOCALIZED;
static const int bl_diag_message = PG_DIAG_MESSAGE_PRIMARY;
static const int bl_diag_constraint = PG_DIAG_CONSTRAINT_NAME;
static const int bl_diag_function = PG_DIAG_SOURCE_FUNCTION;
