#include "tests/ui/translations/ts_file.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QXmlStreamReader>

namespace ui_test {
namespace {

void readTranslation(QXmlStreamReader& xml, Message& message)
{
    message.finished = !xml.attributes().hasAttribute("type");
    if (!message.counted) {
        message.translations << xml.readElementText();
        return;
    }
    while (xml.readNextStartElement()) message.translations << xml.readElementText();
}

Message readMessage(QXmlStreamReader& xml, const QString& context)
{
    Message message;
    message.context = context;
    message.counted = xml.attributes().value("numerus") == QLatin1String("yes");
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("comment")) {
            message.comment = xml.readElementText();
        } else if (xml.name() == QLatin1String("location")) {
            message.files << xml.attributes().value("filename").toString();
            xml.skipCurrentElement();
        } else if (xml.name() == QLatin1String("translation")) {
            readTranslation(xml, message);
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

} // namespace

std::vector<Message> readTexts(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    QXmlStreamReader xml(&file);
    std::vector<Message> messages;
    QString context;
    xml.readNextStartElement(); // TS
    while (xml.readNextStartElement()) {
        if (xml.name() != QLatin1String("context")) {
            xml.skipCurrentElement();
            continue;
        }
        while (xml.readNextStartElement()) {
            if (xml.name() == QLatin1String("name")) {
                context = xml.readElementText();
            } else if (xml.name() == QLatin1String("message")) {
                messages.push_back(readMessage(xml, context));
            } else {
                xml.skipCurrentElement();
            }
        }
    }
    if (xml.hasError()) return {};
    return messages;
}

std::optional<std::vector<Message>> freshTexts()
{
    if (!QFileInfo(QStringLiteral(PERCEPT_LUPDATE)).isExecutable()) return std::nullopt;
    const QString root = QStringLiteral(PERCEPT_SOURCE_DIR);
    const QTemporaryDir folder;
    const QString path = folder.filePath("fresh.ts");
    QProcess lupdate;
    lupdate.start(
        QStringLiteral(PERCEPT_LUPDATE),
        {"-silent",
         "-locations",
         "absolute",
         "-I",
         root,
         root + "/ui",
         root + "/app/desktop",
         "-ts",
         path});
    if (!lupdate.waitForFinished(120'000) || lupdate.exitCode() != 0) return std::nullopt;
    return readTexts(path);
}

} // namespace ui_test
