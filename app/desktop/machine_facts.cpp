#include "app/desktop/machine_facts.h"

#include "app/desktop/app_sentences.h"
#include "app/doctor_machine.h"
#include "app/graphics_card.h"
#include "base/blocking.h"
#include "ui/types.h"

#include <array>
#include <fstream>
#include <QCoreApplication>
#include <QLocale>
#include <thread>
#include <unistd.h>

namespace app::desktop {
namespace {

namespace fs = std::filesystem;

/// The four starter models and a reader, with room to work.
constexpr std::uint64_t kEnoughMemory = 1'500'000'000;
constexpr std::uint64_t kEnoughDisk = 2'000'000'000;

QString tr(const char* text, int n = -1)
{
    return QCoreApplication::translate("app::desktop", text, nullptr, n);
}

std::uint64_t memoryLine(std::string_view key)
{
    std::ifstream file{"/proc/meminfo"};
    std::string name;
    std::uint64_t kibibytes = 0;
    std::string rest;
    while (file >> name >> kibibytes && std::getline(file, rest))
        if (name == key) return kibibytes * 1024;
    return 0;
}

std::uint64_t ownMemory()
{
    std::ifstream file{"/proc/self/statm"};
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    file >> total >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

fs::path existing(fs::path folder)
{
    std::error_code ignored;
    while (!fs::exists(folder, ignored) && folder != folder.parent_path())
        folder = folder.parent_path();
    return folder;
}

std::uint64_t bytesBelow(const fs::path& folder)
{
    std::uint64_t bytes = 0;
    std::error_code failed;
    for (fs::recursive_directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored)) bytes += entry->file_size(ignored);
    }
    return bytes;
}

int cores()
{
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

/// No build computes on a card yet: what is there is named, and that it is not used.
QString cardWords(const GraphicsCard& card)
{
    switch (card.state) {
    case GraphicsCard::State::Ready:
        return tr("%1, not used").arg(QString::fromStdString(card.name));
    case GraphicsCard::State::NoDriver:
        return tr("NVIDIA, without its driver");
    case GraphicsCard::State::OtherOnly:
        return tr("None of NVIDIA");
    case GraphicsCard::State::None:
        break;
    }
    return tr("None was found");
}

void addCard(std::vector<ui::MachineLine>& lines, const GraphicsCard& card)
{
    ui::MachineLine line;
    line.icon = QStringLiteral("gpu");
    line.detail = tr("The starter model runs on the processor.");
    switch (card.state) {
    case GraphicsCard::State::Ready:
        line.text = QString::fromStdString(card.name);
        line.detail = tr("Not used by this version: models run on the processor");
        break;
    case GraphicsCard::State::NoDriver:
        line.text = tr("A graphics card of NVIDIA, without its driver");
        break;
    case GraphicsCard::State::OtherOnly:
        line.text = tr("No graphics card of NVIDIA was found");
        break;
    case GraphicsCard::State::None:
        line.text = tr("No graphics card was found");
        break;
    }
    lines.push_back(std::move(line));
}

/// What an interrupted download of a larger model left; one of many files says little.
std::uint64_t arrivedBytes(const models::ModelStore& store, const models::Model& model)
{
    if (model.files.size() != 1) return 0;
    std::error_code none;
    const auto bytes =
        fs::file_size(store.folder_of(model) / (model.files.front().name + ".part"), none);
    return none ? 0 : bytes;
}

QString purpose(const models::Model& model)
{
    // By what the catalogue says it can; the rest by the names that Engines opens.
    if (model.name == "silero-vad") return tr("Finds where somebody speaks");
    if (model.name == "all-minilm-l6-v2") return tr("Finds places by meaning");
    if (model.capabilities.hears) return tr("Hears speech");
    if (model.user_decides) return tr("Can write answers in its own words");
    if (!model.capabilities.reasons) return tr("Writes, does not reason");
    return tr("Answers in its own words");
}

} // namespace

ui::MachineUse machineUse(const Paths& paths)
{
    BASE_MAY_BLOCK();
    ui::MachineUse use;
    use.processor = QCoreApplication::translate("app::desktop", "%1 cores").arg(cores());
    use.graphics = cardWords(find_graphics_card());
    use.memory_total = memoryLine("MemTotal:");
    use.memory_used = use.memory_total - std::min(use.memory_total, memoryLine("MemAvailable:"));
    use.memory_own = ownMemory();
    std::error_code failed;
    const fs::space_info space = fs::space(existing(paths.models), failed);
    if (!failed) {
        use.disk_total = space.capacity;
        use.disk_free = space.available;
    }
    use.disk_models = bytesBelow(paths.models);
    use.disk_place = QString::fromStdString(paths.models.string());
    return use;
}

std::uint64_t missingBytes(
    const models::Catalogue& catalogue,
    const models::ModelStore& store,
    const std::string& set)
{
    BASE_MAY_BLOCK();
    const auto chosen = catalogue.select(set);
    if (!chosen) return 0;
    std::uint64_t bytes = 0;
    for (const models::Model* model : *chosen)
        if (!store.installed(*model)) bytes += model->size_bytes();
    return bytes;
}

std::vector<ui::ModelRow> modelRows(const models::Catalogue& catalogue, const Paths& paths)
{
    BASE_MAY_BLOCK();
    const models::ModelStore store(catalogue, paths.models);
    const MachineRoom room = machine_room(paths.models);
    std::vector<ui::ModelRow> rows;
    for (const models::Model& model : catalogue.models()) {
        ui::ModelRow row;
        row.id = QString::fromStdString(model.name);
        row.title = translated(model.title);
        row.purpose = purpose(model);
        row.size_bytes = model.size_bytes();
        row.needed = catalogue.is_needed(model);
        row.user_decides = model.user_decides;
        row.engine_test =
            row.needed && !model.capabilities.reasons && !model.language_file().empty();
        const bool installed = store.installed(model);
        row.state = installed ? ui::ModelState::Installed : ui::ModelState::Missing;
        row.facts = tr("%1 %2, about %3 of memory, %4")
                        .arg(
                            ui::sizeWords(row.size_bytes),
                            installed ? tr("on disk") : tr("download"),
                            ui::sizeWords(model.memory_bytes),
                            QString::fromStdString(model.licence));
        if (model.memory_bytes > room.memory_bytes) {
            row.fits = false;
            row.fit = tr("Does not fit: needs %1, this computer has %2 memory.")
                          .arg(ui::sizeWords(model.memory_bytes), ui::sizeWords(room.memory_bytes));
        } else if (!installed && row.size_bytes > room.disk_free_bytes) {
            row.fits = false;
            row.fit = tr("Does not fit: needs %1 of disk, %2 are left.")
                          .arg(ui::sizeWords(row.size_bytes), ui::sizeWords(room.disk_free_bytes));
        } else if (!row.needed && model.memory_bytes > room.memory_free_bytes) {
            row.fit = tr("Fits this computer, but only %1 of memory are free now: close other "
                         "programs before you use it.")
                          .arg(ui::sizeWords(room.memory_free_bytes));
        } else {
            row.fit = tr("Fits this computer and runs on the processor.");
        }
        if (!installed) row.arrived_bytes = arrivedBytes(store, model);
        if (row.arrived_bytes > 0)
            row.fit = tr("%1 of %2 have arrived. It goes on there.")
                          .arg(ui::sizeWords(row.arrived_bytes), ui::sizeWords(row.size_bytes));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<ui::MachineLine> machineLines(const Paths& paths, bool models_ready)
{
    const ui::MachineUse use = machineUse(paths);
    std::vector<ui::MachineLine> lines;
    using theme = ui::theme::Color;
    addCard(lines, find_graphics_card());
    const bool memory = use.memory_total - use.memory_used + use.memory_own >= kEnoughMemory;
    lines.push_back(
        {QStringLiteral("memory-stick"),
         tr("%1 memory, %2 cores").arg(ui::sizeWords(use.memory_total)).arg(cores()),
         memory ? tr("Enough for the starter model")
                : tr("Little is free now: close other programs, or reading becomes slow."),
         memory ? theme::Text2 : theme::Warn});
    std::error_code failed;
    const fs::path place = existing(paths.data);
    const fs::space_info space = fs::space(place, failed);
    const bool disk = !failed && space.available >= kEnoughDisk;
    lines.push_back(
        {QStringLiteral("hard-drive"),
         tr("%1 free for the library").arg(ui::sizeWords(failed ? 0 : space.available)),
         disk ? tr("In %1").arg(QString::fromStdString(paths.data.string()))
              : tr("That is little. Free some space, or change the place."),
         disk ? theme::Text2 : theme::Warn});
    lines.push_back(
        {models_ready ? QStringLiteral("circle-check") : QStringLiteral("circle-dashed"),
         models_ready ? tr("Starter model ready") : tr("Starter model missing"),
         models_ready ? tr("Text and speech. It reads pages by OCR, it has no eyes.")
                      : tr("Documents can be read; speech and meaning need it."),
         models_ready ? theme::Ok : theme::Warn});
    const auto languages = ocr_languages();
    QStringList names;
    for (const std::string& code : languages) names << languageName(code);
    lines.push_back(
        {languages.empty() ? QStringLiteral("triangle-alert") : QStringLiteral("file-text"),
         languages.empty() ? tr("Scans cannot be read")
                           : tr("Reads scans in %1").arg(names.join(QStringLiteral(", "))),
         languages.empty() ? tr("Install a language: apt install tesseract-ocr-eng")
                           : tr("More languages: Settings, Languages"),
         languages.empty() ? theme::Warn : theme::Text2});
    const Check office = program_check("office", "soffice", "Word and PowerPoint files", "");
    if (!office.ok)
        lines.push_back(
            {QStringLiteral("info"),
             tr("Word and PowerPoint files need LibreOffice"),
             tr("Install it with: apt install libreoffice-writer libreoffice-impress"),
             theme::Text2});
    return lines;
}

QString languageName(QLocale::Language language)
{
    // Qt 6.4 has these names in English and in the language itself. Others stay English.
    [[maybe_unused]] static constexpr std::array kNames{
        QT_TRANSLATE_NOOP("app::desktop", "Arabic"),
        QT_TRANSLATE_NOOP("app::desktop", "Chinese"),
        QT_TRANSLATE_NOOP("app::desktop", "Czech"),
        QT_TRANSLATE_NOOP("app::desktop", "Danish"),
        QT_TRANSLATE_NOOP("app::desktop", "Dutch"),
        QT_TRANSLATE_NOOP("app::desktop", "English"),
        QT_TRANSLATE_NOOP("app::desktop", "Finnish"),
        QT_TRANSLATE_NOOP("app::desktop", "French"),
        QT_TRANSLATE_NOOP("app::desktop", "German"),
        QT_TRANSLATE_NOOP("app::desktop", "Greek"),
        QT_TRANSLATE_NOOP("app::desktop", "Hungarian"),
        QT_TRANSLATE_NOOP("app::desktop", "Italian"),
        QT_TRANSLATE_NOOP("app::desktop", "Japanese"),
        QT_TRANSLATE_NOOP("app::desktop", "Korean"),
        QT_TRANSLATE_NOOP("app::desktop", "Latin"),
        QT_TRANSLATE_NOOP("app::desktop", "Polish"),
        QT_TRANSLATE_NOOP("app::desktop", "Portuguese"),
        QT_TRANSLATE_NOOP("app::desktop", "Romanian"),
        QT_TRANSLATE_NOOP("app::desktop", "Russian"),
        QT_TRANSLATE_NOOP("app::desktop", "Spanish"),
        QT_TRANSLATE_NOOP("app::desktop", "Swedish"),
        QT_TRANSLATE_NOOP("app::desktop", "Turkish"),
        QT_TRANSLATE_NOOP("app::desktop", "Ukrainian")};
    return tr(QLocale::languageToString(language).toUtf8().constData());
}

QString languageName(const std::string& code)
{
    // Tesseract names languages by ISO 639-2, some with a script behind; Qt 6.4 knows 639-1 and -3.
    QString text = QString::fromStdString(code);
    const QString base = text.section(u'_', 0, 0);
    const QLocale::Language language = QLocale::codeToLanguage(base);
    if (language == QLocale::AnyLanguage || language == QLocale::C) return text;
    QString name = languageName(language);
    if (base != text) name += QStringLiteral(" (%1)").arg(text.section(u'_', 1));
    return name;
}

} // namespace app::desktop
