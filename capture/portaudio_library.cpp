#include "capture/portaudio_library.h"

#include <dlfcn.h>
#include <mutex>
#include <portaudio.h>
#include <string>

namespace capture {
namespace {

std::mutex g_mutex; // PortAudio's functions for the whole library are not safe from two threads
std::weak_ptr<PortAudioLibrary> g_library;

void say_nothing(const char*)
{
}
void log_nothing(const char*, int, const char*, int, const char*, ...)
{
} // NOLINT(cert-dcl50-cpp)

/// A function of a library that PortAudio brought along; nullptr where it did not.
template <typename Function>
Function* function_of(const char* library, const char* name)
{
    void* handle = dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
    return handle == nullptr ? nullptr : reinterpret_cast<Function*>(dlsym(handle, name));
}

void silence_libraries()
{
    using LogHandler = void(const char*, int, const char*, int, const char*, ...);
    using SetLog = int(LogHandler*);
    using SetSay = void(void (*)(const char*));
    if (auto* set = function_of<SetLog>("libasound.so.2", "snd_lib_error_set_handler"))
        set(log_nothing);
    for (const char* name : {"jack_set_error_function", "jack_set_info_function"}) {
        if (auto* set = function_of<SetSay>("libjack.so.0", name)) set(say_nothing);
    }
}

} // namespace

Result<std::shared_ptr<PortAudioLibrary>> PortAudioLibrary::use()
{
    const std::lock_guard lock(g_mutex);
    if (auto library = g_library.lock()) return library;
    silence_libraries();
    const PaError error = Pa_Initialize();
    if (error != paNoError)
        return fail(
            ErrorCode::DeviceUnavailable,
            std::string("The system's sound cannot be used: ") + Pa_GetErrorText(error) + ".",
            "Start PipeWire or PulseAudio, or log in again.");
    std::shared_ptr<PortAudioLibrary> library(new PortAudioLibrary);
    g_library = library;
    return library;
}

PortAudioLibrary::~PortAudioLibrary()
{
    const std::lock_guard lock(g_mutex);
    Pa_Terminate();
}

} // namespace capture
