#pragma once

#include "ui/types.h"

#include <QTextBrowser>
#include <vector>

namespace ui {

class ChipObject;

/// Text with citation chips in it, as high as its words need. Tab walks the chips, Enter and click
/// choose one. A chip is one character for the text, so copies and screen readers get its words
/// from here.
class CitedText : public QTextBrowser {
    Q_OBJECT
public:
    explicit CitedText(const QString& name, QWidget* parent = nullptr);
    ~CitedText() override;

    /// "[n]" becomes the chip of the place with that n; an unknown one stays as written.
    /// `markdown`: an engine wrote it; else the text is shown as it is, a paragraph a line.
    void setCited(const QString& text, const std::vector<Place>& places, bool markdown);
    /// Places as lines of their own: chip, name, snippet (`quote`).
    void setPlaceLines(const QString& head, const std::vector<Place>& places);
    /// A block at the end while words still come.
    void setCaret(bool on);
    void setTextStep(bool reading);

    /// The chip whose place is in the evidence pane; -1: none.
    void setActivePlace(int index);
    int activePlace() const { return active_; }
    /// Puts the focus on a chip. False: there is no such chip.
    bool focusPlace(int index);
    int focusedPlace() const;
    const std::vector<Place>& places() const { return places_; }
    /// In the viewport.
    QRect placeRect(int index) const;
    /// Its words with every chip spelled out: "... (citation 1, Offer B, page 17)".
    QString spokenText() const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void placeActivated(int index);

protected:
    QMimeData* createMimeDataFromSelection() const override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Spot {
        int position = 0;
        int index = 0; // of places_
    };

    void insertChip(QTextCursor& cursor, int index);
    void updateLook();
    void formatBlocks();
    void rebuilt();
    int chipAfter(int position, bool next) const;
    /// A screen reader reads the chip that has the keyboard.
    void tellPlace();

    ChipObject* chip_ = nullptr;
    std::vector<Place> places_;
    std::vector<Spot> spots_; // in the order of the text
    QString source_;          // what was set, for a new look
    QString head_;
    bool markdown_ = false;
    bool lines_ = false;
    bool caret_ = false;
    bool reading_ = true;
    int active_ = -1;
    mutable int measured_width_ = -1; // heightForWidth() is asked often
    mutable int measured_height_ = 0;
};

/// Screen readers get CitedText as text with its chips spelled out, and the chips as links.
void installCitedTextAccessibility();

} // namespace ui
