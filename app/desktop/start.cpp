#include "app/desktop/start.h"

#include "app/desktop/window_state.h"
#include "ui/access/access.h"
#include "ui/theme/theme.h"
#include "ui/translations/translations.h"

#include <cstdio>
#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QIcon>
#include <QLocale>

namespace app::desktop {
namespace {

constexpr int kBadUsage = 2;

int say(const QString& text, std::FILE* where, int status)
{
    std::fputs(qPrintable(text), where);
    return status;
}

} // namespace

StartOptions readStartOptions(int argc, char** argv)
{
    // The parser's own help needs an application object, which needs a display.
    QCommandLineParser parser;
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    const QCommandLineOption help{{"h", "help"}, "This text"};
    const QCommandLineOption version{"version", "The version"};
    const QCommandLineOption data{
        "data",
        "Folder of the library (default: $XDG_DATA_HOME/percept)",
        "DIR"};
    const QCommandLineOption models{"models", "Folder of the models (default: DIR/models)", "DIR"};
    parser.addOptions({help, version, data, models});
    QStringList words;
    for (int i = 0; i < argc; ++i) words << QString::fromLocal8Bit(argv[i]);
    StartOptions options;
    if (!parser.parse(words)) {
        options.finished = say(parser.errorText() + "\nSee: percept --help\n", stderr, kBadUsage);
        return options;
    }
    if (parser.isSet(version)) {
        options.finished = say("percept " PERCEPT_VERSION "\n", stdout, 0);
        return options;
    }
    if (parser.isSet(help)) {
        options.finished =
            say("Usage: percept [options] [FILE...]\n"
                "Opens the window; files are read into a new session.\n\n"
                "  --data DIR    Folder of the library (default: $XDG_DATA_HOME/percept)\n"
                "  --models DIR  Folder of the models (default: DIR/models)\n"
                "  --version     The version\n"
                "  -h, --help    This text\n\n"
                "Example:\n  percept manual.pdf meeting.ogg\n",
                stdout,
                0);
        return options;
    }
    auto paths = make_paths(parser.value(data).toStdString(), parser.value(models).toStdString());
    if (!paths) {
        options.finished =
            say(QString::fromStdString(paths.error().message + "\n"), stderr, kBadUsage);
        return options;
    }
    options.paths = std::move(*paths);
    for (const auto& option : {data, models}) {
        if (!parser.isSet(option)) continue;
        options.restart_words.push_back("--" + option.names().front().toStdString());
        options.restart_words.push_back(parser.value(option).toStdString());
    }
    const QStringList given = parser.positionalArguments();
    for (const QString& file : given) options.files << QFileInfo(file).absoluteFilePath();
    return options;
}

void prepareApplication(const WindowState& state)
{
    QApplication::setApplicationName("percept");
    QApplication::setApplicationDisplayName("Percept");
    QApplication::setApplicationVersion(PERCEPT_VERSION);
    QApplication::setDesktopFileName("percept");
    ui::installTranslations(QLocale());
    ui::installAccess();
    ui::theme::apply(state.appearance());
    QApplication::setWindowIcon(QIcon(":/percept/percept.svg"));
}

} // namespace app::desktop
