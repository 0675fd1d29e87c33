#pragma once

#include "ui/help/guide.h"

#include <QWidget>

class QTextBrowser;

namespace ui {

class Actions;
class RowModel;
class SearchField;
class SectionedList;

/// The guide: pages left, text right, a search over all of it. Shown in an OverlayPanel, which
/// closes with Esc; the last page is all keys as they are now.
class HelpView : public QWidget {
    Q_OBJECT
public:
    static constexpr int kWidth_px = 860;

    explicit HelpView(const Actions& actions, QWidget* parent = nullptr);

    void showGuide(const QString& page_id = {});
    void showKeys();
    QSize sizeHint() const override;

Q_SIGNALS:
    void closeRequested();
    void reportRequested();

private:
    void createWidgets();
    void reload();
    void list();
    void showPage(const QString& id);
    void keepColours();
    void changeEvent(QEvent* event) override;

    const Actions& actions_;
    std::vector<GuidePage> pages_;
    SearchField* search_;
    SectionedList* list_;
    RowModel* rows_;
    QTextBrowser* text_;
    QString shown_;
};

} // namespace ui
