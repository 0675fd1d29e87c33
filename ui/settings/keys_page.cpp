#include "ui/settings/keys_page.h"

#include "ui/frame/actions.h"
#include "ui/settings/row_table.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

namespace ui {
namespace {

constexpr int kRowsShown = 12;

QString words(const Actions::Entry& entry)
{
    QString text = entry.action->text();
    return text.remove(u'&');
}

} // namespace

KeysPage::KeysPage(Actions& actions, QWidget* parent)
    : SettingsPage(tr("Keys"), parent), actions_(actions)
{
    table_ = new RowTable({tr("Action"), tr("Key")});
    table_->setAccessibleName(tr("Actions and their keys"));
    addHeading(
        tr("Keys"),
        tr("Choose an action, then press its new key. Single letters act only while no text field "
           "has the focus."));
    addWide(table_);
    addEntry({tr("Keys"), tr("Shortcuts, hotkeys of all actions"), table_, table_});

    chosen_ = new TextLabel;
    editor_ = new QKeySequenceEdit;
    editor_->setAccessibleName(tr("New key"));
    editor_->installEventFilter(this);
    if (auto* field = editor_->findChild<QLineEdit*>()) field->setAccessibleName(tr("New key"));
    clear_ = new QPushButton(tr("No key"));
    default_ = new QPushButton(tr("Default"));
    auto* editing = new QWidget;
    auto* row = new QHBoxLayout(editing);
    row->setContentsMargins(0, 12, 3, 4);
    row->setSpacing(theme::kGap_px);
    row->addWidget(chosen_, 1);
    row->addWidget(editor_);
    row->addWidget(clear_);
    row->addWidget(default_);
    addWide(editing);
    note_ = new TextLabel({}, theme::Step::Small, theme::Color::Warn);
    addWide(note_);
    reset_ = new QPushButton(tr("Reset all keys"));
    addRow(tr("All keys as they were"), tr("Takes back every change."), reset_);
    finish();

    fill();
    connect(table_, &QTableWidget::currentCellChanged, this, [this](int at) { choose(at); });
    connect(table_, &QTableWidget::cellActivated, this, [this] {
        editor_->setFocus(Qt::ShortcutFocusReason);
    });
    connect(editor_, &QKeySequenceEdit::editingFinished, this, [this] {
        const bool stood_here = editor_->isAncestorOf(QApplication::focusWidget());
        take(editor_->keySequence());
        // It would take every key that is pressed from now on, Ctrl+1 as well.
        if (stood_here) table_->setFocus(Qt::OtherFocusReason);
    });
    connect(clear_, &QPushButton::clicked, this, [this] { take({}); });
    connect(default_, &QPushButton::clicked, this, [this] {
        for (const auto& entry : actions_.entries())
            if (entry.name == name_) take(entry.default_key);
    });
    connect(reset_, &QPushButton::clicked, this, [this] {
        setKeys({});
        note_->setText(tr("All keys are the defaults again."));
        Q_EMIT keysChosen(changed_);
    });
    choose(0);
}

bool KeysPage::eventFilter(QObject* watched, QEvent* event)
{
    const bool pressed = event->type() == QEvent::KeyPress;
    if (!pressed && event->type() != QEvent::ShortcutOverride)
        return SettingsPage::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() != Qt::Key_Escape || key->modifiers() != Qt::NoModifier)
        return SettingsPage::eventFilter(watched, event);
    // Esc leaves things as they are, here too; as a key of an action it would leave nothing else.
    event->accept();
    if (pressed) {
        choose(table_->currentRow());
        table_->setFocus(Qt::OtherFocusReason);
    }
    return true;
}

void KeysPage::setKeys(const QHash<QString, QKeySequence>& changed)
{
    if (changed != changed_) note_->setText({}); // else it is what was just chosen here
    changed_ = changed;
    fill();
    choose(table_->currentRow());
}

QKeySequence KeysPage::keyOf(const QString& name) const
{
    for (const auto& entry : actions_.entries())
        if (entry.name == name) return changed_.value(name, entry.default_key);
    return {};
}

void KeysPage::fill()
{
    const QSignalBlocker quiet(table_);
    const int current = std::max(0, table_->currentRow());
    table_->setRowCount(static_cast<int>(actions_.entries().size()));
    int row = 0;
    for (const auto& entry : actions_.entries()) {
        auto* name = new QTableWidgetItem(words(entry));
        name->setData(Qt::UserRole, entry.name);
        const QKeySequence key = keyOf(entry.name);
        auto* keys = new QTableWidgetItem(key.toString(QKeySequence::NativeText));
        if (changed_.contains(entry.name)) {
            QFont bold = keys->font();
            bold.setWeight(QFont::DemiBold);
            keys->setFont(bold);
            keys->setToolTip(
                tr("Changed; it was %1").arg(entry.default_key.toString(QKeySequence::NativeText)));
        }
        name->setData(
            Qt::AccessibleTextRole,
            key.isEmpty()
                ? tr("%1, no key").arg(words(entry))
                : tr("%1, key %2").arg(words(entry), key.toString(QKeySequence::NativeText)));
        table_->setItem(row, 0, name);
        table_->setItem(row, 1, keys);
        ++row;
    }
    table_->setColumnWidth(1, 160);
    table_->setCurrentCell(current, 0);
    table_->setFixedHeight(
        table_->horizontalHeader()->sizeHint().height() +
        kRowsShown * table_->verticalHeader()->defaultSectionSize() + 4);
}

void KeysPage::choose(int row)
{
    const QTableWidgetItem* item = table_->item(row, 0);
    if (item == nullptr) return;
    name_ = item->data(Qt::UserRole).toString();
    chosen_->setText(tr("Key for “%1”").arg(item->text()));
    editor_->setAccessibleDescription(chosen_->text());
    const QSignalBlocker quiet(editor_);
    editor_->setKeySequence(keyOf(name_));
}

QString KeysPage::holderOf(const QKeySequence& key, const QString& but) const
{
    if (key.isEmpty()) return {};
    for (const auto& entry : actions_.entries())
        if (entry.name != but && keyOf(entry.name) == key) return entry.name;
    return {};
}

void KeysPage::take(const QKeySequence& pressed)
{
    // One stroke: chords of several would make every key wait for the next.
    const QKeySequence key = pressed.isEmpty() ? QKeySequence() : QKeySequence(pressed[0]);
    if (name_.isEmpty() || key == keyOf(name_)) {
        note_->setText({});
        return;
    }
    const QString holder = holderOf(key, name_);
    store(name_, key);
    QString said;
    if (!holder.isEmpty()) {
        store(holder, {});
        for (const auto& entry : actions_.entries())
            if (entry.name == holder)
                said = tr("%1 was the key of “%2”, which has none now.")
                           .arg(key.toString(QKeySequence::NativeText), words(entry));
    }
    note_->setText(said);
    fill();
    choose(table_->currentRow());
    Q_EMIT keysChosen(changed_);
}

void KeysPage::store(const QString& name, const QKeySequence& key)
{
    for (const auto& entry : actions_.entries()) {
        if (entry.name != name) continue;
        if (key == entry.default_key)
            changed_.remove(name);
        else
            changed_.insert(name, key);
    }
}

} // namespace ui
