#pragma once

#include "ui/ask/ingest_model.h"

#include <QWidget>

class QPushButton;

namespace ui {

class Card;
class DropFrame;
class ElidedLabel;
class SourceList;
class TextLabel;

/// The centre of a session that has sources but no question yet, and what the "5 sources" chip
/// opens above a conversation: what is being read and what is ready.
class SourcesPanel : public QWidget {
    Q_OBJECT
public:
    explicit SourcesPanel(IngestModel* model, QWidget* parent = nullptr);

    SourceList* list() const { return list_; }
    void setDragging(bool on);
    /// "Indexing 40/200 passages" while vectors are made; empty: nothing of the kind runs.
    void setIndexing(const QString& words);

Q_SIGNALS:
    void cancelAllWanted();
    void filesWanted();

private:
    void createWidgets(IngestModel* model);
    void updateHead();
    void updateHeight();

    IngestModel* model_;
    ElidedLabel* title_;
    ElidedLabel* summary_;
    QPushButton* cancel_all_;
    Card* card_;
    SourceList* list_;
    DropFrame* drop_;
    TextLabel* hint_;
    QString indexing_;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
};

} // namespace ui
