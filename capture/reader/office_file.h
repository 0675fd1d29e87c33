#pragma once

#include "capture/reader/document.h"

namespace capture::reader {

/// An office document, recognised by what its archive holds and not looked into further: the client
/// has LibreOffice make a PDF of it, which another reader reads.
class OfficeDocument final : public Document {
public:
    /// For archives. Errors: UnsupportedFile for those that are no office document, PasswordNeeded,
    /// BadFile.
    static Result<std::unique_ptr<Document>> open_zip(Input& input);
    /// For the formats before 2007. Errors: PasswordNeeded: newer ones are wrapped in the old
    /// container to encrypt them.
    static Result<std::unique_ptr<Document>> open_old(Input& input);
    static std::unique_ptr<Document> of_format(const char* format);

    const FileInfo& info() const override { return info_; }

private:
    explicit OfficeDocument(const char* format);

    FileInfo info_;
};

} // namespace capture::reader
