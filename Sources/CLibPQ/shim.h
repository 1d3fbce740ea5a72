#pragma once
#include <libpq-fe.h>
// What Swift's Glibc module leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>

// A macro of a character literal is not imported.
static const int bl_diag_sqlstate = PG_DIAG_SQLSTATE;
