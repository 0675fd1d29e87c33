#include "base/expects.h"

#include <cstdio>
#include <cstdlib>

namespace base {

void contract_broken(const char* expression, const char* file, int line)
{
    std::fprintf(stderr, "%s:%d: contract broken: %s\n", file, line, expression);
    std::abort();
}

} // namespace base
