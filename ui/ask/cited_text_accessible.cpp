#include "ui/ask/cited_text.h"
#include "ui/widgets/citation_chip.h"

#include <algorithm>
#include <QAccessibleWidget>
#include <QHash>

namespace ui {
namespace {

/// One chip, as a link.
class ChipAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    ChipAccessible(CitedText* text, int index) : text_(text), index_(index) {}

    bool isValid() const override
    {
        return text_ != nullptr && index_ < static_cast<int>(text_->places().size());
    }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(text_);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text which) const override
    {
        if (which != QAccessible::Name || !isValid()) return {};
        return citationWords(text_->places()[static_cast<std::size_t>(index_)]);
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override
    {
        return isValid() ? text_->placeRect(index_).translated(
                               text_->viewport()->mapToGlobal(QPoint(0, 0)))
                         : QRect{};
    }
    QAccessible::Role role() const override { return QAccessible::Link; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.linked = true;
        state.focused = isValid() && text_->hasFocus() && text_->focusedPlace() == index_;
        state.invisible = !isValid() || !text_->isVisible();
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString& name) override
    {
        if (!isValid()) return;
        if (name == pressAction()) Q_EMIT text_->placeActivated(index_);
        if (name == setFocusAction()) text_->focusPlace(index_);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<CitedText> text_;
    int index_;
};

/// The text with its chips spelled out: as a character of its own a chip reads as nothing.
class CitedTextAccessible : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    explicit CitedTextAccessible(CitedText* text)
        : QAccessibleWidget(text, QAccessible::StaticText), text_(text)
    {
    }
    ~CitedTextAccessible() override
    {
        for (const QAccessible::Id id : chips_) QAccessible::deleteAccessibleInterface(id);
    }

    QString text(QAccessible::Text which) const override
    {
        return which == QAccessible::Value ? text_->spokenText() : QAccessibleWidget::text(which);
    }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        if (text_->focusedPlace() >= 0) state.focused = false; // its chip has the keyboard
        return state;
    }
    int childCount() const override { return static_cast<int>(text_->places().size()); }
    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount()) return nullptr;
        auto at = chips_.find(index);
        if (at == chips_.end()) {
            at = chips_.insert(
                index,
                QAccessible::registerAccessibleInterface(new ChipAccessible(text_, index)));
        }
        return QAccessible::accessibleInterface(*at);
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (this->child(i) == child) return i;
        }
        return -1;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface) return static_cast<QAccessibleTextInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    void selection(int, int* start, int* end) const override { *start = *end = 0; }
    int selectionCount() const override { return 0; }
    void addSelection(int, int) override {}
    void removeSelection(int) override {}
    void setSelection(int, int, int) override {}
    int cursorPosition() const override { return 0; }
    void setCursorPosition(int) override {}
    QString text(int start, int end) const override
    {
        const QString all = text_->spokenText();
        const auto last = end < 0 ? all.size() : std::min<qsizetype>(end, all.size());
        return all.mid(start, std::max<qsizetype>(0, last - start));
    }
    int characterCount() const override { return static_cast<int>(text_->spokenText().size()); }
    QRect characterRect(int) const override { return rect(); }
    int offsetAtPoint(const QPoint&) const override { return 0; }
    void scrollToSubstring(int, int) override {}
    QString attributes(int, int* start, int* end) const override
    {
        *start = 0;
        *end = characterCount();
        return {};
    }

private:
    CitedText* text_;
    mutable QHash<int, QAccessible::Id> chips_;
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    auto* text = qobject_cast<CitedText*>(object);
    return text != nullptr ? new CitedTextAccessible(text) : nullptr;
}

} // namespace

void installCitedTextAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    static_cast<void>(installed);
}

} // namespace ui
