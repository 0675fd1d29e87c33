#pragma once

#include "ui/theme/theme.h"

#include <QScrollArea>
#include <vector>

class QHBoxLayout;
class QVBoxLayout;

namespace ui {

class TextLabel;

/// One section of Settings: titles, rows of 52 px parted by hairlines, at most 720 px wide. Rows
/// are remembered by their words, so that "Find a setting" finds them.
class SettingsPage : public QScrollArea {
    Q_OBJECT
public:
    static constexpr int kWidth_px = 720;

    struct Entry {
        QString title;
        QString hint;
        QWidget* row = nullptr;
        QWidget* control = nullptr; // gets the focus
    };

    SettingsPage(const QString& title, QWidget* parent);

    const QString& title() const { return title_; }
    const std::vector<Entry>& entries() const { return entries_; }
    /// Scrolls there and gives the focus to its control.
    void show(const Entry& entry);
    /// Gives the focus to the first control.
    void enter();

protected:
    void addHeading(const QString& text, const QString& hint = {});
    /// The control stands right; its accessible name is the title, its description the hint.
    TextLabel* addRow(const QString& title, const QString& hint, QWidget* control);
    /// A list, a table: below the heading, across the page.
    void addWide(QWidget* widget);
    void addSpace(int height_px);
    void addEntry(const Entry& entry) { entries_.push_back(entry); }
    /// After the last row.
    void finish();

    void paintEvent(QPaintEvent* event) override;

private:
    QString title_;
    QWidget* content_;
    QVBoxLayout* column_;
    std::vector<Entry> entries_;
    bool after_row_ = false;
};

} // namespace ui
