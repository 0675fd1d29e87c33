#pragma once

#include "app/doctor.h"

#include <filesystem>
#include <string>

/// The checks of doctor.h that look at the machine.
namespace app {

Check memory_check();
/// Of the file system that holds `folder`, or will hold it.
Check disk_check(const std::filesystem::path& folder);
/// Reads a line of text through percept-reader.
Check reader_check(const capture::ReaderOptions& options);
/// What the kernel offers to fence percept-reader in.
Check sandbox_check();
/// Tesseract's installed languages.
Check ocr_check();
Check program_check(const char* name, const char* program, const char* what, const char* install);

} // namespace app
