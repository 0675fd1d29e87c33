#pragma once

#include "ui/ask/ingest_model.h"

#include <QListView>

class QPushButton;
class QToolButton;

namespace ui {

/// The cards. As high as its rows while there is room; the buttons of the current row are real, so
/// that Tab and screen readers reach them.
class SourceList : public QListView {
    Q_OBJECT
public:
    explicit SourceList(IngestModel* model, QWidget* parent = nullptr);

    int contentHeight() const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void cancelWanted(qint64 key);
    void retryWanted(qint64 key);
    void removeWanted(qint64 key);
    void openWanted(qint64 key);
    /// Its summary and transcript.
    void recordingWanted(qint64 key);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void changeEvent(QEvent* event) override;

private:
    void placeButtons();
    void pressButton(const QModelIndex& index);
    void pressAct(const QModelIndex& index, const QPoint& at);
    void showMenu(const QModelIndex& index, const QPoint& at);

    IngestModel* model_;
    QPushButton* button_;
    QToolButton* act_;
};

} // namespace ui
