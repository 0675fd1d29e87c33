#pragma once

#include "app/doctor.h"

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

/// The checks of doctor.h that look at the machine.
namespace app {

/// What a model has to fit into.
struct MachineRoom {
    std::uint64_t memory_bytes = 0;
    std::uint64_t memory_free_bytes = 0; // now
    std::uint64_t disk_free_bytes = 0;   // where `folder` is, or will be
};
MachineRoom machine_room(const std::filesystem::path& folder);

Check memory_check();
/// Of the file system that holds `folder`, or will hold it.
Check disk_check(const std::filesystem::path& folder);
/// Reads a line of text through percept-reader.
Check reader_check(const capture::ReaderOptions& options);
/// What the kernel offers to fence percept-reader in.
Check sandbox_check();
/// Codes of Tesseract's installed languages: "eng", "deu".
std::set<std::string> ocr_languages();
/// The same, for people.
Check ocr_check();
Check program_check(const char* name, const char* program, const char* what, const char* install);

} // namespace app
