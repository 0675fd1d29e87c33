#include "engine/text/stop_strings.h"

#include <algorithm>
#include <utility>

namespace engine::text {

StopStrings::StopStrings(std::vector<std::string> strings) : strings_(std::move(strings))
{
    std::erase(strings_, std::string()); // an empty one would end every text before it begins
}

std::string StopStrings::push(std::string_view text)
{
    if (stopped_) return {};
    held_ += text;
    std::size_t first = std::string::npos;
    for (const std::string& string : strings_) first = std::min(first, held_.find(string));
    if (first != std::string::npos) {
        stopped_ = true;
        return std::exchange(held_, {}).substr(0, first);
    }
    // The longest end of the text that begins one of the strings stays.
    std::size_t keep = 0;
    for (const std::string& string : strings_)
        for (std::size_t n = std::min(string.size() - 1, held_.size()); n > keep; --n)
            if (held_.ends_with(std::string_view(string).substr(0, n))) keep = n;
    std::string ready = held_.substr(0, held_.size() - keep);
    held_.erase(0, ready.size());
    return ready;
}

std::string StopStrings::finish()
{
    return stopped_ ? std::string() : std::exchange(held_, {});
}

} // namespace engine::text
