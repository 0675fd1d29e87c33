#include "engine/tools/npy.h"

#include "base/expects.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

namespace engine::tools {

Result<void> write_npy(const std::filesystem::path& path, const kernels::Tensor& tensor)
{
    EXPECTS(tensor.dtype == kernels::DType::F32);
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" +
                         std::to_string(tensor.rows) + ", " + std::to_string(tensor.cols) + "), }";
    // Magic, version and length take 10 bytes; the data begins at a multiple of 64.
    header.resize((10 + header.size() + 1 + 63) / 64 * 64 - 11, ' ');
    header += '\n';
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write("\x93NUMPY\x01\x00", 8);
    const auto length = static_cast<std::uint16_t>(header.size());
    file.put(static_cast<char>(length & 0xff)).put(static_cast<char>(length >> 8));
    file << header;
    for (std::int64_t r = 0; r < tensor.rows; ++r) {
        file.write(
            reinterpret_cast<const char*>(tensor.row<const float>(r).data()),
            static_cast<std::streamsize>(tensor.cols * static_cast<std::int64_t>(sizeof(float))));
    }
    file.close();
    if (file) return {};
    const int reason = errno;
    return fail(
        reason == ENOSPC ? ErrorCode::NoSpace : ErrorCode::FileUnreadable,
        "Cannot write " + path.string() + ": " + std::strerror(reason) + ".",
        "Choose another folder.");
}

} // namespace engine::tools
