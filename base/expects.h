#pragma once

namespace base {

/// Prints the broken contract with its place and ends the program.
[[noreturn]] void contract_broken(const char* expression, const char* file, int line);

} // namespace base

/// States what the caller owes. Always checked: a wrong shape that goes on becomes a wrong answer.
#define EXPECTS(condition)                                                                         \
    (static_cast<bool>(condition) ? static_cast<void>(0)                                           \
                                  : ::base::contract_broken(#condition, __FILE__, __LINE__))
