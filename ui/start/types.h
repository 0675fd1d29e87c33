#pragma once

#include "ui/models/types.h"
#include "ui/theme/theme.h"

#include <QString>
#include <vector>

/// What the first page shows; made by its bridge.
namespace ui {

/// "64 GB memory, 16 cores" and what it means.
struct MachineLine {
    QString icon;
    QString text;
    QString detail;
    theme::Color color = theme::Color::Text2; // of the icon
    bool operator==(const MachineLine&) const = default;
};

struct StartState {
    bool looked = false;       // at this computer; until then nothing is claimed
    bool library_open = false; // things can be stored
    bool models_ready = false; // all of the starter
    std::uint64_t missing_bytes = 0;
    bool server_on = false; // questions leave this computer
    std::vector<MachineLine> machine;
    FetchState fetch;
    bool sample_there = true;
    bool reading_sample = false;
    QString sample_phase; // "Reading handbook.pdf"
    double sample_share = -1;
    double sample_left_s = -1;
    QString problem; // of the sample or of a chosen folder
};

} // namespace ui
