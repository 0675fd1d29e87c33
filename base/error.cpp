#include "base/error.h"

namespace base {

std::string_view name(ErrorCode code)
{
    switch (code) {
    case ErrorCode::BadUsage:
        return "BadUsage";
    case ErrorCode::FileNotFound:
        return "FileNotFound";
    case ErrorCode::FileUnreadable:
        return "FileUnreadable";
    case ErrorCode::BadFile:
        return "BadFile";
    case ErrorCode::UnsupportedFile:
        return "UnsupportedFile";
    case ErrorCode::PasswordNeeded:
        return "PasswordNeeded";
    case ErrorCode::BadModelFile:
        return "BadModelFile";
    case ErrorCode::NoModel:
        return "NoModel";
    case ErrorCode::ModelUnsupported:
        return "ModelUnsupported";
    case ErrorCode::ChecksumMismatch:
        return "ChecksumMismatch";
    case ErrorCode::NetworkUnavailable:
        return "NetworkUnavailable";
    case ErrorCode::PromptTooLong:
        return "PromptTooLong";
    case ErrorCode::QueueFull:
        return "QueueFull";
    case ErrorCode::Cancelled:
        return "Cancelled";
    case ErrorCode::TimedOut:
        return "TimedOut";
    case ErrorCode::LimitExceeded:
        return "LimitExceeded";
    case ErrorCode::ReaderDied:
        return "ReaderDied";
    case ErrorCode::OutOfMemory:
        return "OutOfMemory";
    case ErrorCode::NoSpace:
        return "NoSpace";
    case ErrorCode::DeviceUnavailable:
        return "DeviceUnavailable";
    case ErrorCode::DeviceFailed:
        return "DeviceFailed";
    case ErrorCode::NotFound:
        return "NotFound";
    case ErrorCode::AlreadyExists:
        return "AlreadyExists";
    case ErrorCode::LibraryInUse:
        return "LibraryInUse";
    case ErrorCode::LibraryTooNew:
        return "LibraryTooNew";
    case ErrorCode::LibraryDamaged:
        return "LibraryDamaged";
    case ErrorCode::MissingTool:
        return "MissingTool";
    case ErrorCode::Unavailable:
        return "Unavailable";
    case ErrorCode::Internal:
        return "Internal";
    }
    return "Internal";
}

} // namespace base
