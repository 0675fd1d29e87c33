#pragma once

#include "ui/evidence/document_pages.h"

#include <QPointF>
#include <QString>
#include <tuple>
#include <vector>

namespace ui {

/// Selected words of a document, in the order in which they are read. By whole words: only words
/// have boxes in the library, and half a word is never what is copied from a source.
class PageSelection {
public:
    explicit PageSelection(DocumentPages& pages) : pages_(pages) {}

    struct At {
        int page = 0; // 0: nowhere
        int word = 0;
        bool operator==(const At&) const = default;
        bool operator<(const At& other) const
        {
            return std::tie(page, word) < std::tie(other.page, other.word);
        }
    };
    /// The word at this point (fractions of the page), or the nearest one of the nearest line.
    At wordAt(int page, QPointF point) const;
    /// True on a word, not beside it.
    bool onWord(int page, QPointF point) const;

    void clear() { anchor_ = head_ = {}; }
    bool empty() const { return anchor_.page == 0; }
    void start(At at) { anchor_ = head_ = at; }
    void extend(At at);
    void selectLine(At at);
    void selectPage(int page);
    At head() const { return head_; }

    /// Moves the head by words, or by lines to the word nearest in x.
    void moveHead(int words);
    void moveHeadLines(int lines);

    /// First and last selected word of a page; false where none is.
    bool range(int page, int& first, int& last) const;
    /// Selected words as boxes, one for each line.
    std::vector<QRectF> boxes(int page) const;
    QString text() const;

private:
    At step(At from, int words) const;

    DocumentPages& pages_;
    At anchor_;
    At head_;
};

/// The words first..last of a page as one box for each line.
std::vector<QRectF> lineBoxes(const std::vector<PageWord>& words, int first, int last);

/// Places as they are lit: cells of one row that are cited are one band, with the room between
/// them, but never across a word that is not cited.
std::vector<QRectF> rowBands(const std::vector<QRectF>& boxes, const std::vector<PageWord>& words);
/// Whether two words stand on one line.
bool sameLine(const QRectF& a, const QRectF& b);

} // namespace ui
