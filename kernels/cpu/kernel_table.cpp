#include "kernels/cpu/kernel_table.h"

#include "base/expects.h"

#include <initializer_list>

namespace kernels::cpu {

int padded_tokens(std::int64_t tokens)
{
    for (const int padded : {1, 2, 4, 6, 8, 12}) {
        if (tokens <= padded) return padded;
    }
    EXPECTS(false);
    return 0;
}

} // namespace kernels::cpu
