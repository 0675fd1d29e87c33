#pragma once

#include <QTimer>
#include <QWidget>

class QToolButton;

namespace ui {

class SearchField;

/// Search in the document that is shown: field, "3 of 12", previous, next, close.
class SearchBar : public QWidget {
    Q_OBJECT
public:
    explicit SearchBar(QWidget* parent = nullptr);

    /// Shows the bar, its words selected, and takes the focus.
    void open();
    void close();
    QString query() const;
    /// `current` from 0; -1 and 0 hits: nothing was found. `complete`: all pages were looked
    /// through.
    void setCount(int current, int hits, bool complete);
    void clear();

Q_SIGNALS:
    /// Empty: no search any more.
    void queryChanged(const QString& query);
    void stepWanted(int steps);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    SearchField* field_;
    QToolButton* previous_;
    QToolButton* next_;
    QTimer typed_; // a search for every letter would be thrown away at the next one
};

} // namespace ui
