#pragma once

#include "base/blocking.h"
#include "storage/database.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

namespace storage {

/// Read-only connections, one a thread at a time, made as they are needed and kept. Each read()
/// sees one moment of the library, whatever is written meanwhile.
class ReaderPool {
public:
    explicit ReaderPool(std::filesystem::path file) : file_(std::move(file)) {}

    template <typename Work>
    auto read(Work work) -> decltype(work(std::declval<Database&>()))
    {
        BASE_MAY_BLOCK();
        auto taken = take();
        if (!taken) return tl::unexpected(taken.error());
        if (auto begun = (*taken)->script("BEGIN"); !begun) return tl::unexpected(begun.error());
        auto result = work(**taken);
        // A connection whose transaction does not end is not given to anyone else.
        if ((*taken)->script("COMMIT")) give_back(std::move(*taken));
        return result;
    }

private:
    Result<std::unique_ptr<Database>> take();
    void give_back(std::unique_ptr<Database> database);

    std::filesystem::path file_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Database>> idle_;
};

} // namespace storage
