#pragma once

#include "storage/library.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace storage_test {

template <typename T>
T must(base::Result<T> result)
{
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}
inline void must(const base::Result<void>& result)
{
    if (!result) throw std::runtime_error(result.error().message);
}

inline storage::Passage passage_of(std::string text, int page = 1, std::string language = "en")
{
    storage::Passage passage;
    passage.page = page;
    passage.end = static_cast<std::uint32_t>(text.size());
    passage.text = std::move(text);
    passage.language = std::move(language);
    return passage;
}

inline storage::Page page_of(storage::SourceId source, int number, std::string text)
{
    storage::Page page;
    page.source = source;
    page.number = number;
    page.label = std::to_string(number);
    page.width_pt = 595;
    page.height_pt = 842;
    page.words = {{0, 4, {0.1F, 0.2F, 0.3F, 0.25F}, 0.9F}, {5, 9, {0.4F, 0.2F, 0.5F, 0.25F}, 1}};
    page.line_starts = {0};
    page.text = std::move(text);
    return page;
}

/// A library in a folder of its own.
class LibraryTest : public testing::Test {
protected:
    LibraryTest() { reopen(); }
    void reopen()
    {
        library_.reset();
        library_ = must(storage::Library::open(data_dir(), storage::Access::Write));
    }
    std::filesystem::path data_dir() const { return folder_ / "data"; }
    storage::Library& library() { return *library_; }

    storage::SourceId
    add_source(storage::SessionId session, std::string_view name, std::string_view content)
    {
        const auto file = folder_.write(name, content);
        storage::Source described;
        described.path = file.string();
        described.kind = "pdf";
        described.format = "PDF 1.7";
        return must(library().begin_source(session, file, described));
    }
    void finish(storage::SourceId id, storage::SourceStatus status = storage::SourceStatus::Ready)
    {
        auto source = must(library().source(id));
        source.status = status;
        must(library().finish_source(source));
    }

    support::TemporaryFolder folder_;
    std::unique_ptr<storage::Library> library_;
};

} // namespace storage_test
