#pragma once

#include "app/result.h"
#include "capture/reader_client.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace app {

/// A source whose pages can be drawn.
struct PageSource {
    std::filesystem::path file; // the stored copy, or where the user has it
    std::string sha256;         // of its content: the key of the cache
    std::string name;           // for messages; empty: the file's own
    std::string password;       // of an encrypted document
};

enum class PagePriority { Visible, Soon, Thumbnail }; // Soon: just outside what is seen

struct PageWish {
    PageSource source;
    int page = 1;       // from 1
    int width_px = 800; // 16..8192, device pixels; the height follows
    PagePriority priority = PagePriority::Visible;
};

using PagePicture = std::shared_ptr<const capture::Picture>;

/// Pictures of pages: of PDFs, of office documents (through a PDF that is kept), of pictures. Text
/// files have no pages to draw (has_pictures).
///
/// Wishes are answered by priority, among equals the newest first, on two threads of its own (a
/// third writes to the disk), each with a reader process for one of the documents in use; a wish
/// that scrolled away is cancelled. Pictures stay in memory (Options::memory_bytes) and in
/// DATA/cache/pages (Options::disk_bytes), the PDFs of office documents in DATA/cache/office
/// (Options::office_bytes), all least recently used first out. Files of the cache are written whole
/// or not at all and checked when read; a damaged one is made again.
class PagePictures {
public:
    struct Options {
        std::filesystem::path cache_folder; // Paths::cache()
        capture::ReaderOptions reader;
        std::size_t memory_bytes = 96u << 20;
        std::uint64_t disk_bytes = 500'000'000;
        std::uint64_t office_bytes = 300'000'000;
    };
    using Ticket = std::uint64_t; // never 0
    /// Called on a thread of this object, once for each ticket unless it is cancelled before or
    /// this object ends. Errors: those of FileReader (also PasswordNeeded, MissingTool);
    /// UnsupportedFile for files without pages that can be drawn.
    using Done = std::function<void(Ticket ticket, Result<PagePicture> picture)>;

    /// `done` may be called until the destructor has returned.
    PagePictures(Options options, Done done);
    /// Kills what is being drawn and writes what was drawn; some tenths of a second, not for the
    /// window's thread.
    ~PagePictures();
    PagePictures(const PagePictures&) = delete;
    PagePictures& operator=(const PagePictures&) = delete;

    /// From memory alone, at once; nullptr where it must be asked for. Safe to call while painting.
    PagePicture in_memory(const PageSource& source, int page, int width_px) const;
    /// Some other width of the page that is in memory, the widest: to show until the right one
    /// comes. nullptr: none.
    PagePicture similar_in_memory(const PageSource& source, int page) const;
    /// Returns at once; `done` follows. The same picture wished for twice is drawn once.
    Ticket request(PageWish wish);
    void cancel(Ticket ticket);
    void set_priority(Ticket ticket, PagePriority priority);
    /// Closes the readers of a document that is no longer shown. Its pictures stay in the caches.
    void release(const std::string& sha256);

    /// Of storage::Source::kind: "pdf", "image" and "office" have; "text", "audio", "video" have
    /// not.
    static bool has_pictures(const std::string& source_kind);

private:
    class Workers;
    std::unique_ptr<Workers> workers_;
};

} // namespace app
