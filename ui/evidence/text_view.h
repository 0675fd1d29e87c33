#pragma once

#include "ui/evidence/document_pages.h"

#include <QPlainTextEdit>

namespace ui {

/// A text file with line numbers, the cited lines lit. Reads the sheets of DocumentPages around the
/// place first and more as it is scrolled, so that a file of any length opens at once.
class TextView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit TextView(DocumentPages& pages, QWidget* parent = nullptr);

    /// Lights the lines of `quote` on a sheet; without `located` (or when the quote is not there)
    /// nothing is lit and the sheet is shown.
    void showPlace(int sheet, const QString& quote, bool located);
    void setHits(std::vector<TextHit> hits, int current);
    /// Lines that are lit now, by number; {0, 0}: none.
    std::pair<int, int> litLines() const { return lit_lines_; }
    int numbersWidth() const;
    void paintNumbers(QPaintEvent* event);

Q_SIGNALS:
    void currentSheetChanged(int sheet);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void reset(int sheet);
    void take();
    void wantMore();
    void light();
    void mark();
    void placeNumbers();
    int positionOf(int sheet, int at) const; // -1: not loaded
    int firstLine() const;

    DocumentPages& pages_;
    QWidget* numbers_;
    std::map<int, int> sheets_; // loaded ones, without holes: number, position in the document
    int wanted_sheet_ = 0;
    QString quote_;
    bool scroll_to_place_ = false;
    int lit_sheet_ = 0;             // 0: nothing is lit
    std::pair<int, int> lit_{0, 0}; // in the text of that sheet
    std::pair<int, int> lit_lines_{0, 0};
    std::vector<TextHit> hits_;
    int hit_ = -1;
    bool taking_ = false;
};

/// Where `quote` stands in `text` when white space counts for nothing; {-1, -1}: nowhere.
std::pair<int, int> findQuote(const QString& text, const QString& quote);

} // namespace ui
