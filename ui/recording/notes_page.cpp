#include "ui/recording/notes_page.h"

#include "ui/recording/notes_delegate.h"
#include "ui/recording/notes_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/hairline.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>

namespace ui::recording {
namespace {

constexpr int kPause_ms = 600;

/// The list with the keys and clicks of notes.
class NotesView : public QListView {
public:
    NotesView(NotesModel* model, NotesDelegate* delegate, QWidget* parent)
        : QListView(parent), delegate_(delegate)
    {
        setModel(model);
        setItemDelegate(delegate);
        setFrameShape(QFrame::NoFrame);
        setResizeMode(Adjust);
        setWordWrap(true);
        setVerticalScrollMode(ScrollPerPixel);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setEditTriggers(DoubleClicked | EditKeyPressed);
        setSelectionMode(SingleSelection);
        setMouseTracking(true);
        viewport()->setAttribute(Qt::WA_Hover);
        setTabKeyNavigation(false);
    }
    bool isTime(const QPoint& pos)
    {
        const auto index = indexAt(pos);
        if (!index.isValid()) return false;
        QStyleOptionViewItem option;
        initViewItemOption(&option);
        option.rect = visualRect(index);
        return delegate_->isTime(option, index, pos);
    }

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        // Letters and Space are the window's keys.
        if (!event->text().isEmpty() && event->text().at(0).isPrint())
            event->ignore();
        else
            QListView::keyPressEvent(event);
    }

private:
    NotesDelegate* delegate_;
};

} // namespace

NotesPage::NotesPage(QWidget* parent) : QWidget(parent)
{
    createWidgets();
    connectSignals();
}

void NotesPage::createWidgets()
{
    model_ = new NotesModel(this);
    delegate_ = new NotesDelegate(this);
    view_ = new NotesView(model_, delegate_, this);
    view_->setAccessibleName(tr("Own notes"));
    view_->installEventFilter(this);
    view_->viewport()->installEventFilter(this);
    view_->setContextMenuPolicy(Qt::CustomContextMenu);
    empty_ = new EmptyState(this);
    empty_->set(
        QStringLiteral("square-pen"),
        tr("No notes yet"),
        tr("What you write below is kept while you write it."));
    stack_ = new QStackedWidget(this);
    stack_->addWidget(view_);
    stack_->addWidget(empty_);
    composer_ = new QPlainTextEdit(this);
    composer_->setPlaceholderText(tr("Write a note"));
    composer_->setAccessibleName(tr("New note"));
    composer_->setTabChangesFocus(true);
    composer_->setFont(theme::font(theme::Step::Reading));
    composer_->setFixedHeight(2 * theme::lineHeight(theme::Step::Reading) + 20);
    composer_->installEventFilter(this);
    with_time_ = new Chip(QStringLiteral("audio-lines"), tr("At the player's time"), this);
    with_time_->setCheckable(true);
    with_time_->setChecked(true);
    add_ = new QPushButton(tr("Add note"), this);
    add_->setEnabled(false);
    theme::setKeyHint(add_, QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText));
    pause_.setSingleShot(true);
    pause_.setInterval(kPause_ms);

    auto* tools = new QHBoxLayout;
    tools->setSpacing(theme::kGap_px);
    tools->addWidget(with_time_);
    tools->addStretch(1);
    tools->addWidget(add_);
    auto* narrow = new QWidget(this);
    narrow->setMaximumWidth(theme::kCentreMost_px);
    auto* below = new QHBoxLayout;
    below->setContentsMargins(theme::kCentrePadding_px, 12, theme::kCentrePadding_px, 12);
    below->addWidget(narrow, 1);
    below->addStretch(0); // gets what the part may not have
    auto* writing = new QVBoxLayout(narrow);
    writing->setContentsMargins({});
    writing->setSpacing(theme::kGap_px);
    writing->addWidget(composer_);
    writing->addLayout(tools);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::kGap_px, 0, 0);
    column->setSpacing(0);
    column->addWidget(stack_, 1);
    column->addWidget(new Hairline(Qt::Horizontal, this));
    column->addLayout(below);
    showTime();
    showState();
}

void NotesPage::connectSignals()
{
    connect(composer_, &QPlainTextEdit::textChanged, this, [this] {
        const bool empty = composer_->toPlainText().trimmed().isEmpty();
        if (!empty && !draft_time_s_ && draft_ == 0 && with_time_->isChecked() && position_s_ >= 0)
            draft_time_s_ = position_s_;
        if (empty && draft_ == 0) draft_time_s_.reset();
        add_->setEnabled(!empty);
        showTime();
        pause_.start();
    });
    connect(&pause_, &QTimer::timeout, this, &NotesPage::keepDraft);
    connect(add_, &QPushButton::clicked, this, &NotesPage::finishDraft);
    connect(with_time_, &QToolButton::toggled, this, [this](bool on) {
        draft_time_s_.reset();
        if (on && position_s_ >= 0) draft_time_s_ = position_s_;
        showTime();
    });
    connect(model_, &QAbstractItemModel::rowsInserted, this, &NotesPage::showState);
    connect(model_, &QAbstractItemModel::rowsRemoved, this, &NotesPage::showState);
    connect(model_, &QAbstractItemModel::modelReset, this, &NotesPage::showState);
    connect(delegate_, &NotesDelegate::typed, this, [this](qint64 id, const QString& text) {
        const int row = model_->rowOf(id);
        if (row >= 0) Q_EMIT typed({id, model_->note(row).time_s, text});
    });
    connect(delegate_, &NotesDelegate::left, this, [this](qint64 id) {
        const int row = model_->rowOf(id);
        if (row >= 0) Q_EMIT typed(model_->note(row));
    });
    connect(delegate_, &NotesDelegate::entered, this, [this](qint64 id, const QString& text) {
        const int row = model_->rowOf(id);
        if (row < 0) return;
        const QString before = model_->note(row).text;
        if (text.isEmpty())
            Q_EMIT removeAsked(id);
        else if (text != before)
            Q_EMIT edited(id, before, text);
        else
            Q_EMIT typed(model_->note(row));
    });
    connect(view_, &QWidget::customContextMenuRequested, this, [this](const QPoint& pos) {
        QMenu menu(this);
        fillMenu(menu);
        if (!menu.isEmpty()) menu.exec(view_->viewport()->mapToGlobal(pos));
    });
}

void NotesPage::reset(const RecordingInfo&)
{
    flush();
    composer_->clear();
    draft_ = 0;
    draft_time_s_.reset();
    position_s_ = -1;
    model_->setNotes({});
    showTime();
}

void NotesPage::setNotes(std::vector<OwnNote> notes)
{
    model_->setNotes(std::move(notes));
}

void NotesPage::setPosition(double time_s)
{
    position_s_ = time_s;
    showTime();
}

void NotesPage::begin(std::optional<double> time_s)
{
    finishDraft();
    with_time_->setChecked(time_s.has_value());
    draft_time_s_ = time_s;
    showTime();
    composer_->setFocus();
}

void NotesPage::flush()
{
    if (pause_.isActive()) {
        pause_.stop();
        keepDraft();
    }
}

void NotesPage::keepDraft()
{
    const QString text = composer_->toPlainText().trimmed();
    if (text.isEmpty()) {
        if (draft_ != 0) Q_EMIT discarded(draft_);
        draft_ = 0;
        draft_time_s_.reset();
        return;
    }
    if (draft_ == 0) draft_ = next_id_--;
    Q_EMIT typed({draft_, draft_time_s_, text});
}

void NotesPage::finishDraft()
{
    pause_.stop();
    const QString text = composer_->toPlainText().trimmed();
    if (text.isEmpty()) return;
    const OwnNote note{draft_ == 0 ? next_id_-- : draft_, draft_time_s_, text};
    draft_ = 0;
    draft_time_s_.reset();
    composer_->clear();
    pause_.stop();
    Q_EMIT added(note);
    if (const int row = model_->rowOf(note.id); row >= 0) view_->scrollTo(model_->index(row));
}

int NotesPage::current() const
{
    return view_->currentIndex().row();
}

void NotesPage::fillMenu(QMenu& menu)
{
    const int row = current();
    if (row < 0) return;
    const OwnNote note = model_->note(row);
    if (note.time_s)
        menu.addAction(
            tr("Play from %1").arg(clockWords(*note.time_s)),
            QKeySequence(Qt::Key_Return),
            [this, note] { Q_EMIT timeChosen(*note.time_s); });
    menu.addAction(tr("Edit note"), QKeySequence(Qt::Key_F2), [this, row] {
        view_->edit(model_->index(row));
    });
    menu.addAction(tr("Delete note"), QKeySequence(Qt::Key_Delete), [this, note] {
        Q_EMIT removeAsked(note.id);
    });
}

void NotesPage::focusList()
{
    composer_->setFocus();
}

bool NotesPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (watched == composer_ && enter && !(key->modifiers() & Qt::ShiftModifier)) {
            finishDraft();
            return true;
        }
        if (watched == view_ && current() >= 0) {
            const OwnNote note = model_->note(current());
            if (key->key() == Qt::Key_Delete) {
                Q_EMIT removeAsked(note.id);
                return true;
            }
            if (enter) {
                if (note.time_s)
                    Q_EMIT timeChosen(*note.time_s);
                else
                    view_->edit(view_->currentIndex());
                return true;
            }
        }
    }
    if (watched == view_->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        auto* view = static_cast<NotesView*>(view_);
        if (mouse->button() == Qt::LeftButton && view->isTime(mouse->pos()))
            Q_EMIT timeChosen(*model_->note(view_->indexAt(mouse->pos()).row()).time_s);
    }
    return QWidget::eventFilter(watched, event);
}

void NotesPage::showTime()
{
    const auto time_s = draft_time_s_ ? draft_time_s_
                                      : (with_time_->isChecked() && position_s_ >= 0
                                             ? std::optional<double>(position_s_)
                                             : std::nullopt);
    const QString words =
        time_s ? tr("At %1").arg(clockWords(*time_s)) : tr("At the player's time");
    with_time_->setText(words);
    with_time_->setAccessibleName(
        with_time_->isChecked() ? tr("%1, on").arg(words) : tr("%1, off").arg(words));
}

void NotesPage::showState()
{
    stack_->setCurrentWidget(model_->rowCount() == 0 ? static_cast<QWidget*>(empty_) : view_);
}

} // namespace ui::recording
