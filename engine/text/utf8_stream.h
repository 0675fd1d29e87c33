#pragma once

#include <string>
#include <string_view>

namespace engine::text {

/// Turns the bytes of tokens, which may end inside a character, into whole code points as early as
/// possible. What cannot become UTF-8 any more comes out as U+FFFD; an unfinished character waits,
/// three bytes at most.
class Utf8Stream {
public:
    /// The text that is complete after these bytes; may be empty.
    std::string push(std::string_view bytes);
    /// What was waiting, as one U+FFFD; the stream is then as new.
    std::string finish();

private:
    std::string waiting_;
};

} // namespace engine::text
