#pragma once

#include "app/handover/protocol.h"

#include <stop_token>

namespace app::handover {

/// How handing over went.
struct HandedOver {
    enum class End {
        Nobody,     // nobody listens
        Refused,    // the running program does not take it: `why`
        HandedBack, // it ended before the job did; run it here
        Done,       // `status` is its exit status, everything was printed
    };
    End end = End::Nobody;
    int status = 0;
    std::string why;
};

/// Gives `job` to the program that holds the library in `data_dir`, prints through `outlet` what it
/// says, and waits for its end. A stop cancels this job, nothing else there. Errors: those of the
/// socket.
Result<HandedOver> hand_over(
    const std::filesystem::path& data_dir,
    const Job& job,
    Outlet& outlet,
    const std::stop_token& stop);

} // namespace app::handover
