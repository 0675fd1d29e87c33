#pragma once

#include "ui/theme/theme.h"

#include <cstdint>
#include <QPair>
#include <QString>
#include <QStringList>
#include <vector>

/// What the pages of Settings show; made by their bridge.
namespace ui {

struct StorageState {
    QString place;
    QString models_place;
    std::vector<QPair<QString, std::uint64_t>> kinds; // "Documents", bytes; largest first
    std::uint64_t total_bytes = 0;
    std::uint64_t free_bytes = 0;
    bool writes = true; // false: another program holds the library
    QString moved_to;   // moved; the next start uses it
    QString old_place;  // a moved library left its old copy here
};

/// A move, a backup, a check: at most one of them runs.
struct StorageJob {
    enum class Kind { None, Move, Backup, Check };
    Kind kind = Kind::None;
    bool running = false;
    double share = 0; // < 0: unknown
    double left_s = -1;
    QString result; // a sentence when it ended
    bool failed = false;
};

struct LanguageRow {
    QString code; // "deu"
    QString name; // "German"
    bool on = false;
};
struct LanguagesState {
    std::vector<LanguageRow> ocr;                        // installed on this machine
    QString speech;                                      // "" = detected
    std::vector<QPair<QString, QString>> speech_choices; // code, name
};

struct EngineState {
    int threads = 0; // 0: all
    int most_threads = 1;
    QString device;                               // "auto", "cpu"
    std::vector<QPair<QString, QString>> devices; // code, name
    QString now;                                  // "CPU, AVX-512 VNNI, 2 threads"
};

struct HostRow {
    QString host;
    QString purpose; // "model files", "questions and passages"
    std::uint64_t sent_bytes = 0;
    std::uint64_t received_bytes = 0;
    QString last; // time of day
    bool carries_words = false;
};
struct PrivacyState {
    std::vector<HostRow> hosts; // since the start of the program
    QString since;
    bool server_on = false;
};

struct AboutState {
    QString version;
    QStringList licences; // "Qt 6.4.2, LGPL-3.0"
};

} // namespace ui
