#pragma once

#include "ui/ask/composer.h"
#include "ui/ask/types.h"
#include "ui/frame/view.h"

#include <functional>
#include <optional>
#include <QImage>
#include <QPointer>
#include <QSet>

class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace ui {

class Banner;
class Chip;
class ChipRow;
class DropCover;
class Conversation;
class EmptySession;
class HeaderBar;
class IngestModel;
class SessionList;
class SessionTags;
class SourcesPanel;

/// Ask: sessions in the list, in the centre the sources of one and the conversation about them.
/// Bridges answer its wishes through its slots; a wish for session 0 makes a new session, whose id
/// then comes with adoptSession().
class AskView : public View {
    Q_OBJECT
public:
    explicit AskView(QWidget* parent = nullptr);
    ~AskView() override;

    QWidget* listPane() override;
    void activate() override;
    void leave() override;
    void updateActions(Actions& actions) override;
    bool escape() override;

    storage::SessionId session() const { return session_.id; }
    /// As the list has it; empty where that did not load so far.
    QString nameOf(storage::SessionId session) const;
    SessionList* sessionList() const;
    Conversation* conversation() const { return conversation_; }
    Composer* composer() const { return composer_; }
    IngestModel* sources() const { return sources_; }

public Q_SLOTS:
    // From the window: drops, paste, command line.
    void addFiles(const QStringList& paths);
    void addText(const QString& text);
    void addPicture(const QImage& picture);
    void pasteAsSource();
    void setDragging(bool over);
    void chooseFiles();
    void chooseFolder();
    void openSessionById(storage::SessionId session); // 0: a new one
    /// Asks it in that session, as soon as that is shown.
    void askIn(storage::SessionId session, const QString& question);
    void askWith(const QString& question); // into the composer
    /// The evidence pane shows citation `n` of this answer now (0: of the answer last looked at);
    /// n 0: none.
    void setShownPlace(int n, storage::MessageId message = 0);
    void nextCitation();
    void previousCitation();
    /// Takes back the last delete; the toast's Undo and Ctrl+Z.
    void undoRequested();

    // From the bridges.
    void setSessions(int offset, const std::vector<ui::SessionItem>& sessions, bool more);
    void setPinned(const std::vector<ui::SessionItem>& pinned);
    void showSession(const ui::SessionView& session);
    /// The new session that is shown has an id and a name now.
    void adoptSession(storage::SessionId session, const QString& name);
    void setSessionName(storage::SessionId session, const QString& name);
    /// Answers tagsAsked(): tags to choose from, and those it has.
    void editTags(
        storage::SessionId session,
        const QStringList& of_session,
        const QStringList& of_library);
    void updateSource(const ui::SourceItem& source);
    void updateSources(std::vector<ui::SourceItem> sources);
    void dropSource(storage::SessionId session, qint64 key);
    void setIndexing(storage::SessionId session, const QString& words);
    void appendAnswer(qint64 key, const QString& text);
    void showAnswer(const ui::Exchange& exchange);
    void setSuggestions(storage::SessionId session, const QStringList& questions);
    void setSampleOffered(bool offered);
    /// "Go on reading 2 files" for what a stopped program left; 0: nothing.
    void setUnfinished(int files);
    /// Nothing can be kept now, and why; empty: it can.
    void setReadOnly(const QString& sentence);
    void showProblem(const QString& strong, const QString& rest);

Q_SIGNALS:
    void sessionsWanted(int offset, int limit);
    void sessionWanted(storage::SessionId session);
    void searchWanted();
    /// Ctrl+F: in what stands beside the conversation, else everywhere.
    void findWanted();
    void asked(const ui::AskWish& wish);
    void stopRequested(qint64 key);
    void renameRequested(storage::SessionId session, const QString& name);
    void pinRequested(storage::SessionId session, bool pinned);
    void tagsAsked(storage::SessionId session);
    void tagsWanted(storage::SessionId session, const QStringList& tags);
    void deleteRequested(storage::SessionId session);
    void restoreRequested(storage::SessionId session);
    /// What was deleted is final.
    void settled();
    void exportRequested(storage::SessionId session);
    void filesAdded(storage::SessionId session, const QStringList& paths);
    void textAdded(storage::SessionId session, const QString& text);
    void pictureAdded(storage::SessionId session, const QImage& picture);
    void cancelSourceRequested(qint64 key);
    void cancelAllRequested(storage::SessionId session);
    void retrySourceRequested(qint64 key, const QString& password);
    void removeSourceRequested(qint64 key);
    void restoreSourceRequested(qint64 key);
    void goOnRequested();
    void sampleRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Undo {
        storage::SessionId session = 0;
        qint64 source = 0; // key
    };

    void createWidgets();
    void createHeader();
    void connectSignals();
    void connectList();
    void connectConversation();
    void showRightPage();
    void updateHeader();
    void updateScope();
    void updateComposer();
    void send(const QString& question, bool edits_last);
    void ask(const QString& question, storage::MessageId replaces_from);
    void wish(std::function<void(storage::SessionId)> tell);
    void endMaking();
    void retry(qint64 key);
    void editLast();
    void copyAnswer(qint64 key, bool markdown);
    void stop();
    const Exchange* running() const;
    void openSource(qint64 key);
    void removeSource(qint64 key);
    void deleteSession(storage::SessionId session, const QString& name);
    void showMenu();
    void beginRename();
    void endRename(bool keep);
    void updateBanner();

    SessionView session_; // without sources and exchanges: the models hold them
    bool pinned_ = false;
    bool everything_ = false;
    bool sources_open_ = false;
    qint64 next_key_ = -1;
    Undo undo_;
    std::optional<std::pair<storage::SessionId, QString>> to_ask_; // when that session is shown
    std::optional<storage::SessionId> opening_;                    // asked for, not shown so far
    bool making_ = false; // a wish for a new session is on its way
    std::vector<std::function<void(storage::SessionId)>> waiting_; // for the session that it makes
    qint64 unsent_ = 0; // question among them, until it is asked or stopped
    QString read_only_;
    int unfinished_ = 0;

    QPointer<SessionList> list_;
    IngestModel* sources_;
    HeaderBar* header_;
    Chip* sources_chip_;
    QToolButton* more_;
    QLineEdit* name_edit_;
    SessionTags* tags_;
    storage::SessionId tagged_ = 0; // whose tags are in the popup
    Banner* banner_;
    QStackedWidget* pages_;
    DropCover* drop_over_; // over the conversation while files hang over the window
    EmptySession* empty_;
    SourcesPanel* panel_;
    Conversation* conversation_;
    ChipRow* suggestions_;
    Composer* composer_;
};

} // namespace ui
