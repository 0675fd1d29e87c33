#include "app/handover/client.h"

#include "app/handover/channel.h"

namespace app::handover {

Result<HandedOver> hand_over(
    const std::filesystem::path& data_dir,
    const Job& job,
    Outlet& outlet,
    const std::stop_token& stop)
{
    const auto socket = open_socket(data_dir, false);
    if (!socket && socket.error().code == ErrorCode::FileNotFound) return HandedOver{};
    if (!socket) return tl::unexpected(socket.error());
    Channel channel{*socket};
    if (auto known = channel.expect_same_user(); !known) return tl::unexpected(known.error());
    const Json first = to_json(job);
    if (first.dump(-1, ' ', false, Json::error_handler_t::replace).size() > kMaxFrameBytes)
        return fail(
            ErrorCode::LimitExceeded,
            "The command line is too long to be handed to the running program.",
            "Name a folder instead of its files, or wait until that program has ended.");
    HandedOver result;
    result.end = HandedOver::End::HandedBack;
    if (!channel.send(first)) return result;
    const std::stop_callback cancel{stop, [&channel] { channel.send({{"cancel", true}}); }};
    const auto text_of = [](const Json& frame, const char* name) {
        return frame[name].is_string() ? frame[name].get<std::string>() : std::string{};
    };
    while (const auto frame = channel.receive()) {
        if (frame->contains("progress")) {
            if ((*frame)["progress"].is_null())
                outlet.end_progress();
            else
                outlet.progress(text_of(*frame, "progress"));
        } else if (frame->contains("error")) {
            outlet.error(text_of(*frame, "error"));
        } else if (frame->contains("output")) {
            outlet.output(text_of(*frame, "output"));
        } else if (frame->contains("refused")) {
            result.end = HandedOver::End::Refused;
            result.why = text_of(*frame, "refused");
            break;
        } else if (frame->contains("done") && (*frame)["done"].is_number_integer()) {
            result.end = HandedOver::End::Done;
            result.status = (*frame)["done"];
            break;
        } else if (frame->contains("handed_back")) {
            break;
        }
    }
    outlet.end_progress();
    return result;
}

} // namespace app::handover
