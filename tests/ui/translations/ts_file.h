#pragma once

#include <optional>
#include <QString>
#include <QStringList>
#include <vector>

namespace ui_test {

/// One text of a .ts file. `translations`: one, or one a plural form.
struct Message {
    QString context;
    QString source;
    QString comment;
    QStringList files; // where it stands, as far as the file tells
    QStringList translations;
    bool counted = false;
    bool finished = false;

    QString key() const { return context + u'|' + source + u'|' + comment; }
};

/// Empty when the file cannot be read.
std::vector<Message> readTexts(const QString& path);

/// What lupdate finds in ui/ and app/desktop, with the file of each text; none where lupdate is not
/// installed.
std::optional<std::vector<Message>> freshTexts();

} // namespace ui_test
