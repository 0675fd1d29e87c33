#pragma once

#include <string>
#include <string_view>

namespace base {

/// What went wrong, for programs. The names appear as `error.code` in the JSON of the command lines
/// and stay.
enum class ErrorCode {
    BadUsage,           // the caller's words or values do not fit the command
    FileNotFound,       // nothing at that path
    FileUnreadable,     // it is there, but permissions, a device error or its kind forbid reading
    BadFile,            // a document, picture or recording whose bytes make no sense
    UnsupportedFile,    // understood, but of a kind that this program cannot read
    PasswordNeeded,     // an encrypted document, no or a wrong password
    BadModelFile,       // a checkpoint, tokenizer or template that fails its checks
    NoModel,            // the model that the job needs is not installed
    ModelUnsupported,   // well-formed, but of a family or form that the engine does not know
    ChecksumMismatch,   // fetched bytes are not the published ones
    NetworkUnavailable, // no answer from the network
    PromptTooLong,      // more positions than the context has
    QueueFull,          // the engine has as much waiting as it takes
    Cancelled,          // the user or the caller stopped it
    TimedOut,           // a bound on time was passed
    LimitExceeded,      // a bound on size, pages, pixels or memory was passed
    ReaderDied,         // percept-reader crashed or was killed while reading this file
    OutOfMemory,        // memory is gone
    NoSpace,            // the disk is full
    DeviceUnavailable,  // the asked-for processor, sound or picture device is not there
    DeviceFailed,       // it was there and failed
    NotFound,           // no such session, source or result
    AlreadyExists,      // would overwrite
    LibraryInUse,       // another program writes to this library
    LibraryTooNew,      // written by a newer program
    LibraryDamaged,     // the database fails its checks
    MissingTool, // an external program (LibreOffice, pip) that the job needs is not installed
    Unavailable, // the capability is not in this build or not on this machine
    Internal,    // our mistake
};

/// "FileNotFound" for ErrorCode::FileNotFound.
std::string_view name(ErrorCode code);

/// A failure that can happen to a user. `message` names the thing and is a sentence; `hint`, which
/// may be empty, is the way out and is a sentence too.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string hint = {};
};

} // namespace base
