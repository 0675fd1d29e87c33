#pragma once

#include "base/error.h"

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace base {

/// A value, or the Error that the user is told. Exceptions are for what is out of our hands deep
/// inside (std::bad_alloc, a failing device); broken contracts stop the program (base/expects.h).
template <typename T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::FileNotFound, "No file at /tmp/a.pdf.", "Check the path.");`
inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}

} // namespace base
