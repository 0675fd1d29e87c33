#pragma once

#include "ui/ask/types.h"

#include <deque>
#include <QHash>
#include <QScrollArea>
#include <QTimer>

namespace ui {

class ExchangeWidget;

/// Questions and answers of a session, one below the other. Only those near the viewport are
/// widgets; the others are heights. Stays at the end while answers come, unless scrolled away.
class Conversation : public QScrollArea {
    Q_OBJECT
public:
    /// Text that streams is shown at most so often.
    static constexpr int kFrame_ms = 33;

    explicit Conversation(QWidget* parent = nullptr);

    void setExchanges(std::vector<Exchange> exchanges);
    /// A new one at the end, or one that changed.
    void put(const Exchange& exchange);
    void appendText(qint64 key, const QString& text);
    /// This one and all later ones.
    void removeFrom(qint64 key);
    const std::vector<Exchange>& exchanges() const { return exchanges_; }
    const Exchange* find(qint64 key) const;
    const Exchange* last() const;

    /// The chip whose place is shown; key 0: none. Index of places, then nearest.
    void setActivePlace(qint64 key, int index);
    qint64 activeKey() const { return active_key_; }
    int activeIndex() const { return active_index_; }
    /// The answer that keys act on: the one with the focus, else the one whose place is shown, else
    /// the last.
    qint64 currentKey() const;
    /// N and Shift+N: the chip behind or before the active one of the current answer, chosen.
    bool stepCitation(int by);
    void scrollToKey(qint64 key);
    int builtCount() const { return static_cast<int>(built_.size()); }
    ExchangeWidget* widgetOf(qint64 key) const { return built_.value(key); }

Q_SIGNALS:
    void placesWanted(qint64 key, int index, const ui::PlaceList& places);
    void copyMarkdownWanted(qint64 key);
    void copyTextWanted(qint64 key);
    void retryWanted(qint64 key);
    void editWanted(qint64 key);
    void exportWanted();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void flush();
    void arrange();
    void arrangeSoon();
    void orderTabs();
    bool measure(std::size_t at, int width);
    ExchangeWidget* build(std::size_t at);
    int guessedHeight(const Exchange& exchange, int width) const;
    std::size_t indexOf(qint64 key) const;
    void choose(qint64 key, int index);

    std::vector<Exchange> exchanges_;
    std::vector<int> heights_; // measured or guessed, one an exchange
    QHash<qint64, ExchangeWidget*> built_;
    QHash<qint64, QString> waiting_text_;
    QWidget* page_;
    QTimer frame_;
    QTimer arrange_;
    qint64 active_key_ = 0;
    int active_index_ = -1;
    bool at_end_ = true;
    bool arranging_ = false;
    bool tabs_due_ = false; // an exchange was built since the order of Tab was made
};

} // namespace ui
