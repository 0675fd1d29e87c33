#pragma once

#include <QFrame>
#include <QImage>
#include <QPlainTextEdit>
#include <QStringList>

class QToolButton;

namespace ui {

class KeyCap;

/// The text field of the composer: grows from one line to eight; Ctrl+Enter sends, Enter makes a
/// line; files and pictures that are pasted are passed on instead of inserted.
class QuestionEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit QuestionEdit(QWidget* parent = nullptr);
    int wantedHeight() const;

Q_SIGNALS:
    void sendWanted();
    void upInEmpty();
    void stepWanted(int by); // through the history: -1 older, +1 newer
    void filesPasted(const QStringList& paths);
    void picturePasted(const QImage& picture);
    void focusChanged();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void updateLook();
};

/// Where questions are written: text field, paper clip, what will be searched, Send or Stop.
class Composer : public QFrame {
    Q_OBJECT
public:
    enum class Scope { Session, Everything };

    explicit Composer(QWidget* parent = nullptr);

    QuestionEdit* edit() const { return edit_; }
    QString text() const;
    void setText(const QString& text);
    void setPlaceholder(const QString& text);
    /// "Will use 2 of 5 sources"; `can_choose`: session or everything.
    void setScope(Scope scope, const QString& words, const QString& short_words, bool can_choose);
    void setAnswering(bool on);
    /// Questions of this session, oldest first.
    void setHistory(const QStringList& questions);
    /// Writes the last question again; sending it replaces the old one.
    void editLast();
    bool editsLast() const { return edits_last_; }
    /// Esc while a question is edited: back to an empty field. False: nothing to leave.
    bool leaveEditing();

Q_SIGNALS:
    void sendRequested(const QString& question, bool edits_last);
    void stopRequested();
    void filesWanted();
    void scopeChosen(ui::Composer::Scope scope);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void createWidgets();
    void connectSignals();
    void send();
    void step(int by);
    void updateHeight();
    void updateButtons();
    void updateScope();
    void showScopeMenu();

    QuestionEdit* edit_;
    QToolButton* clip_;
    QToolButton* scope_button_;
    KeyCap* key_;
    QToolButton* send_;
    QStringList history_;
    QString scope_words_;
    QString scope_short_;
    Scope scope_ = Scope::Session;
    bool can_choose_ = false;
    bool answering_ = false;
    bool edits_last_ = false;
    int history_at_ = -1; // -1: not in it
};

} // namespace ui
