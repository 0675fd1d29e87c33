#pragma once

#include "base/expects.h"

/// Threads that must never wait for a disk, a process or a model: the window's own. The code that
/// does such work says so, and a call from the wrong thread stops there instead of freezing the
/// window now and then.
namespace base {

/// From now on BASE_MAY_BLOCK() stops the program when the calling thread reaches it.
void forbid_blocking_on_this_thread();
/// Ends that, for a thread that waits on purpose: the last moments of a program.
void allow_blocking_on_this_thread();
bool may_block();

} // namespace base

/// Stands where work begins that takes longer than a frame: a query, a file, a request to an engine
/// or a reader.
#define BASE_MAY_BLOCK() EXPECTS(::base::may_block())
