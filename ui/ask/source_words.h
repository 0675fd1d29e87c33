#pragma once

#include "ui/ask/types.h"

namespace ui {

/// "52 pages · 8.1 MB", "38 pages · scanned", "18:42 · 1.2 GB": what a file is, short.
QString factsWords(const SourceItem& source);
/// "Reading 29/38 pages", "Watching 06:10/18:42, listening", "Ready, 1 page failed".
QString phaseWords(const SourceItem& source);
/// The line below the name: the problem and its way out, else the warnings; may be empty.
QString detailWords(const SourceItem& source);
/// "Offer B, technical.pdf, reading page 29 of 38, 20 seconds left": for screen readers.
QString spokenWords(const SourceItem& source);
/// "2 ready · 2 in progress · 1 needs you · about 3 min left". `indexing`: "Indexing 40/200" or
/// empty.
QString summaryWords(const std::vector<SourceItem>& sources, const QString& indexing);
/// A sentence that names something endless, its middle left out.
QString shortened(const QString& sentence);
/// "5 sources".
QString countWords(int sources);
/// How far, 0..1; below 0 where the length is not known.
double fractionDone(const SourceItem& source);
/// Lucide name: of the kind, or file-lock, file-x.
QString sourceIcon(const SourceItem& source);

} // namespace ui
