#pragma once

#include "app/answer/exhibits.h"
#include "app/result.h"
#include "capture/reader_client.h"
#include "storage/library.h"

#include <memory>

namespace app {

/// Pages, pictures of videos and sound for an engine, read anew from the files of the library by
/// percept-reader. Keeps the reader of the last source: the passages of an answer are often of one.
class ReaderMedia final : public answer::PlaceMedia {
public:
    /// The library must outlive it. `cache` is where PDFs of office documents are kept.
    ReaderMedia(
        storage::Library& library,
        capture::ReaderOptions options,
        std::filesystem::path cache);

    /// At 144 dots an inch, as the published model was trained, but no larger than its eyes take.
    Result<engine::Image>
    page(const storage::Source& source, int page, const std::stop_token& stop) override;
    /// At most eight, spread evenly.
    Result<engine::Video> pictures(
        const storage::Source& source,
        double start_s,
        double end_s,
        const std::stop_token& stop) override;
    Result<engine::Sound>
    sound(const storage::Source& source, double start_s, double end_s, const std::stop_token& stop)
        override;

private:
    Result<capture::FileReader*>
    reader_of(const storage::Source& source, const std::stop_token& stop);

    storage::Library& library_;
    capture::ReaderOptions options_;
    std::filesystem::path cache_;
    storage::SourceId source_ = 0; // of reader_
    std::unique_ptr<capture::FileReader> reader_;
};

/// The width in pixels at which a page of this size is drawn for an engine.
int width_for_engine(double width_pt, double height_pt);

} // namespace app
