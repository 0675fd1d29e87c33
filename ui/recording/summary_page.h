#pragma once

#include "ui/recording/types.h"

#include <QWidget>

class QMenu;
class QPushButton;
class QStackedWidget;

namespace ui {
class Chip;
class EmptyState;
class ElidedLabel;
class ProgressRow;
} // namespace ui

namespace ui::recording {

class SummaryModel;
class SummaryView;

/// Summary of a recording: which template, how it was made, its lists; while one is made, how to
/// stop it.
class SummaryPage : public QWidget {
    Q_OBJECT
public:
    explicit SummaryPage(QWidget* parent = nullptr);

    void reset(const RecordingInfo& info);
    void update(const RecordingInfo& info);
    void setContent(const SummaryContent& content);
    void setRunning(bool running);
    /// Nothing was made: a sentence with the way out.
    void setFailed(const QString& sentence);
    /// Moves the line here; false: it is not there any more.
    bool apply(const LineMove& move);
    const SummaryContent& content() const;
    bool hasContent() const { return has_content_; }
    /// Of the template that is chosen.
    QString form() const { return form_; }
    QString markdown() const;
    /// Comes to the front: asks for a summary where none was made, or where the words changed.
    void activate();
    /// The words of the recording changed; the summary is made anew when it is looked at.
    void setOutdated() { outdated_ = true; }
    void fillMenu(QMenu& menu) const;
    void clearShown();
    void focusList();
    bool isRunning() const { return running_; }

Q_SIGNALS:
    void summaryAsked(const QString& form, bool anew);
    void stopAsked();
    void moveAsked(const ui::recording::LineMove& move);
    void placesChosen(const ui::PlaceList& places);

private:
    void createWidgets();
    void connectSignals();
    void nameForm();
    void chooseForm(const QString& form);
    void chooseFile();
    void ask(bool anew);
    void showState();
    void showParts();

    SummaryModel* model_;
    SummaryView* view_;
    Chip* form_chip_;
    Chip* again_;
    ElidedLabel* made_how_;
    ProgressRow* progress_;
    EmptyState* empty_;
    QStackedWidget* stack_;
    RecordingInfo info_;
    QString form_;
    QString failure_;
    bool has_content_ = false;
    bool running_ = false;
    bool stopped_ = false; // by the user: it is not begun again by itself
    bool outdated_ = false;
};

} // namespace ui::recording
