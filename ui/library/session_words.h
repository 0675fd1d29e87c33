#pragma once

#include "ui/library/types.h"

/// Sessions and filters in words.
namespace ui {

/// "2 PDFs", "1 recording", "5 sources", "no sources".
QString holdsWords(const LibrarySession& session);
/// "5 sources · 12:40 · 1:02:05 · 3.1 MB".
QString sessionSecondWords(const LibrarySession& session);
/// For screen readers.
QString sessionSentence(const LibrarySession& session);
/// Of a kind of source, and of a whole session: what it mostly is.
QString kindIcon(const QString& kind);
QString sessionIcon(const LibrarySession& session);
/// Its sources' icons, each once, at most four.
QStringList sessionIcons(const LibrarySession& session);

/// "3 – 17 November".
QString rangeWords(QDate from, QDate until);
/// "214 sessions, 3.1 GB on this computer".
QString totalWords(const LibraryNumbers& numbers);
/// "Offer: A/B?" -> "Offer A B": a name that every file system takes.
QString fileNameFor(const QString& session);

} // namespace ui
