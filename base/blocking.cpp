#include "base/blocking.h"

namespace base {
namespace {

thread_local bool forbidden = false;

} // namespace

void forbid_blocking_on_this_thread()
{
    forbidden = true;
}

void allow_blocking_on_this_thread()
{
    forbidden = false;
}

bool may_block()
{
    return !forbidden;
}

} // namespace base
