#pragma once

#include <cstdint>
#include <optional>
#include <QPair>
#include <QString>
#include <vector>

/// What the Models page shows; made by its bridge.
namespace ui {

enum class ModelState {
    Missing,
    Fetching, // or waiting for its turn
    Paused,
    Failed, // while it was fetched; goes on where it stopped
    Checking,
    Installed,
    Damaged, // a check found other bytes
};

/// A model of the catalogue. Fit is told in words, the figures stand beside it.
struct ModelRow {
    QString id;
    QString title;
    QString purpose; // "Finds places by meaning"
    QString facts;   // "91 MB download, about 120 MB of memory, Apache-2.0"
    QString fit;
    bool fits = true;
    bool engine_test = false;
    bool needed = true;        // of the starter; others are offered
    bool user_decides = false; // whether it writes answers: nobody measured them
    bool on = false;           // asked when a question is asked
    bool writes = false;       // answers in its own words, as the user allowed
    ModelState state = ModelState::Missing;
    QString problem; // of Failed and Damaged, with the way out
    std::uint64_t size_bytes = 0;
    std::uint64_t arrived_bytes = 0; // of a download that was left; it goes on there
};

/// One fetch for all that was asked for.
struct FetchState {
    enum class Phase { Idle, Running, Paused, Failed };
    Phase phase = Phase::Idle;
    QString model; // id of the row that is fetched now
    QString place; // "huggingface.co"
    std::uint64_t done_bytes = 0;
    std::uint64_t total_bytes = 0;
    double bytes_per_s = 0;
    double left_s = -1; // < 0: unknown
    QString problem;
    bool active() const { return phase != Phase::Idle; }
};

/// Who answers now.
struct InUse {
    QString title;
    QString facts;
    QString state; // "Loaded. Percept uses 412 MB of memory, 21 tok/s measured here."
    bool ready = false;
    bool installed = false;
    bool loaded = false;
    bool busy = false;               // being loaded or unloaded
    bool elsewhere = false;          // a server: questions leave this computer
    std::uint64_t missing_bytes = 0; // of the starter
};

struct OwnModelRow {
    /// Which questions the row asks: may it answer, or is it to listen.
    enum class Kind { Answers, Listens };
    Kind kind = Kind::Answers;
    QString path;
    QString name;
    QString facts;       // "22 GB, nemotron_h_omni, NVFP4, context of 262144 tokens · sees, hears"
    QString problem;     // why it cannot be used now
    QString tight;       // that less memory is free than it needs
    bool on = false;     // asked when a question is asked; of Listens, recordings go to it
    bool writes = false; // answers in its own words, as the user allowed
};

struct ServerRow {
    QString name;
    QString url;
    bool on = false;
    bool testing = false;
    QString tested; // what the last test said
    bool test_failed = false;
};

/// Bytes; 0: unknown.
struct MachineUse {
    QString processor; // "16 cores" and what it can
    QString graphics;  // what the card is, or that none is used
    std::uint64_t memory_total = 0;
    std::uint64_t memory_used = 0; // by all programs
    std::uint64_t memory_own = 0;  // of it, by Percept
    std::uint64_t disk_total = 0;
    std::uint64_t disk_free = 0;
    std::uint64_t disk_models = 0;
    QString disk_place;
};

struct SpeedState {
    std::vector<QPair<QString, QString>> rows; // "First word", "0.9 s"
    QString measured;                          // "Measured here, 12 November 09:02"
    bool running = false;
    double share = 0;
    QString step; // while it runs: "Writing"
    QString problem;
};

/// The labelled test of a small language model; kept nowhere.
struct EngineTestState {
    bool possible = false;
    bool running = false;
    QString model;
    QString speed; // "21 tok/s, 64 tokens"
    QString problem;
};

} // namespace ui
