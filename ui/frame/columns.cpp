#include "ui/frame/columns.h"

#include "ui/frame/view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/accessible.h"
#include "ui/widgets/splitter.h"

#include <algorithm>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

namespace ui {
namespace {

constexpr int kNarrowBelow_px = 1180 - theme::kRail_px;
constexpr int kListLeast_px = 200;
constexpr int kListMost_px = 320;
constexpr int kEvidenceLeast_px = 320;
constexpr int kEvidenceMost_px = 560;
constexpr int kEvidenceMostNarrow_px = 352;
constexpr int kCentreLeast_px = 480;
constexpr int kLine_px = 1; // of the splitter: the design counts it to the outer columns
constexpr int kWideFrom_px = 1600 - theme::kRail_px;
constexpr int kWideListShare = 4;     // the list takes a quarter of what there is above that,
constexpr int kWideEvidenceShare = 2; // the evidence half of it

/// A stack whose ground is a token and which asks for no more room than its present page.
class Stack : public QStackedWidget, public Accessible {
public:
    Stack(theme::Color ground, QWidget* parent) : QStackedWidget(parent), ground_(ground) {}
    QSize minimumSizeHint() const override { return {0, 0}; }
    QAccessible::Role accessibleRole() const override { return QAccessible::Pane; }
    QString accessibleWords() const override
    {
        return currentWidget() != nullptr ? currentWidget()->accessibleName() : QString();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), theme::color(ground_));
        // The edge of a list that floats; beside others the splitter draws it.
        painter.fillRect(
            QStyle::visualRect(layoutDirection(), rect(), {width() - 1, 0, 1, height()}),
            theme::color(theme::Color::Line));
    }

private:
    theme::Color ground_;
};

} // namespace

Columns::Columns(QWidget* parent) : QWidget(parent)
{
    splitter_ = new Splitter(Qt::Horizontal, this);
    lists_ = new Stack(theme::Color::Pane, splitter_);
    lists_->setAccessibleName(tr("List"));
    lists_->installEventFilter(this);
    centres_ = new Stack(theme::Color::Surface, splitter_);
    centres_->setMinimumWidth(kCentreLeast_px);
    theme::setFocusFrame(centres_, nullptr); // nothing is pressed there
    splitter_->addWidget(lists_);
    splitter_->addWidget(centres_);
    splitter_->setStretchFactor(1, 1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(splitter_);
    connect(splitter_, &QSplitter::splitterMoved, this, &Columns::rememberWidths);
}

void Columns::addView(int id, View* view)
{
    views_[id] = view;
    centres_->addWidget(view);
    if (QWidget* list = view->listPane()) lists_->addWidget(list);
}

void Columns::setEvidence(QWidget* evidence)
{
    evidence_ = evidence;
    splitter_->addWidget(evidence);
    splitter_->setStretchFactor(2, 0);
    evidence->hide();
}

View* Columns::view(int id) const
{
    const auto found = views_.find(id);
    return found == views_.end() ? nullptr : found->second;
}

Columns::Widths Columns::widths(int id) const
{
    const auto found = widths_.find(id);
    return found == widths_.end() ? Widths{} : found->second;
}

bool Columns::hasList() const
{
    return currentView() != nullptr && currentView()->listPane() != nullptr;
}

void Columns::setCurrent(int id)
{
    View* next = view(id);
    if (next == nullptr || id == current_) return;
    if (View* last = currentView()) last->leave();
    current_ = id;
    centres_->setCurrentWidget(next);
    if (QWidget* list = next->listPane()) lists_->setCurrentWidget(list);
    list_shown_ = false;
    arrange();
    Q_EMIT evidenceOpenChanged(evidenceOpen());
}

void Columns::setEvidenceOpen(bool open)
{
    if (evidence_ == nullptr || open == evidenceOpen()) return;
    if (open && (currentView() == nullptr || !currentView()->usesEvidence())) return;
    QWidget* focus = QApplication::focusWidget();
    const bool focus_inside = focus != nullptr && evidence_->isAncestorOf(focus);
    widths_[current_].evidence_open = open;
    arrange();
    // Focus is never lost: what closes gives it back to the centre.
    if (!open && focus_inside) currentView()->activate();
    Q_EMIT evidenceOpenChanged(open);
}

bool Columns::evidenceOpen() const
{
    return evidence_ != nullptr && currentView() != nullptr && currentView()->usesEvidence() &&
           widths(current_).evidence_open;
}

void Columns::setListFloating(bool shown)
{
    if (!listFloats() || shown == list_shown_) return;
    list_shown_ = shown;
    placeFloatingList();
    if (shown)
        lists_->currentWidget()->setFocus(Qt::OtherFocusReason);
    else
        currentView()->activate();
}

bool Columns::listFloatingShown() const
{
    return listFloats() && list_shown_;
}

void Columns::toggleList()
{
    if (!hasList()) return;
    if (listFloats()) return setListFloating(!list_shown_);
    Widths& kept = widths_[current_];
    kept.list_hidden = !kept.list_hidden;
    arrange();
}

void Columns::focusCentre()
{
    centres_->setFocus(Qt::OtherFocusReason);
}

void Columns::arrange()
{
    const bool narrow = width() < kNarrowBelow_px;
    const bool moved = narrow != narrow_;
    narrow_ = narrow;
    if (narrow && lists_->parentWidget() == splitter_) {
        lists_->setParent(this);
        lists_->setContentsMargins(0, 0, 1, 0);
        list_shown_ = false;
    } else if (!narrow && lists_->parentWidget() != splitter_) {
        splitter_->insertWidget(0, lists_);
        lists_->setContentsMargins({});
    }
    lists_->setMinimumWidth(kListLeast_px);
    lists_->setMaximumWidth(kListMost_px);
    if (evidence_ != nullptr) {
        evidence_->setMinimumWidth(kEvidenceLeast_px);
        evidence_->setMaximumWidth((narrow ? kEvidenceMostNarrow_px : kEvidenceMost_px) - kLine_px);
        evidence_->setVisible(evidenceOpen());
    }
    if (narrow)
        placeFloatingList();
    else
        lists_->setVisible(hasList() && !widths(current_).list_hidden);
    applyWidths();
    if (moved) Q_EMIT listFloatsChanged(listFloats());
}

void Columns::placeFloatingList()
{
    const int room = std::min(kListMost_px, std::max(kListLeast_px, theme::kList_px));
    lists_->setGeometry(0, 0, room, height());
    lists_->setVisible(listFloatingShown());
    if (listFloatingShown()) lists_->raise();
}

void Columns::rememberWidths()
{
    if (current_ < 0) return;
    Widths& kept = widths_[current_];
    if (!narrow_ && lists_->isVisible()) kept.list = lists_->width();
    if (evidence_ != nullptr && evidence_->isVisible()) kept.evidence = evidence_->width();
}

void Columns::applyWidths()
{
    const Widths kept = widths(current_);
    const int wide = std::max(0, width() - kWideFrom_px);
    int list = 0;
    if (lists_->parentWidget() == splitter_ && lists_->isVisibleTo(splitter_)) {
        list = kept.list > 0 ? kept.list : theme::kList_px - kLine_px + wide / kWideListShare;
        list = std::min(list, lists_->maximumWidth());
    }
    int evidence = 0;
    if (evidenceOpen()) {
        evidence = kept.evidence > 0 ? kept.evidence
                                     : theme::kEvidence_px - kLine_px + wide / kWideEvidenceShare;
        evidence = std::min(evidence, evidence_->maximumWidth());
        const int room = width() - list - kCentreLeast_px - 2;
        evidence = std::max(kEvidenceLeast_px, std::min(evidence, room));
    }
    QList<int> sizes;
    for (int i = 0; i < splitter_->count(); ++i) {
        QWidget* column = splitter_->widget(i);
        if (column == lists_)
            sizes << list;
        else if (column == centres_)
            sizes << std::max(kCentreLeast_px, width() - list - evidence);
        else
            sizes << evidence;
    }
    splitter_->setSizes(sizes);
}

void Columns::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool Columns::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == lists_ && event->type() == QEvent::KeyPress && listFloatingShown() &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        setListFloating(false);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

QJsonObject Columns::saveState() const
{
    QJsonObject state;
    for (const auto& [id, kept] : widths_) {
        state.insert(
            QString::number(id),
            QJsonObject{
                {"list", kept.list},
                {"evidence", kept.evidence},
                {"hidden", kept.list_hidden}});
    }
    return state;
}

void Columns::restoreState(const QJsonObject& state)
{
    for (auto it = state.begin(); it != state.end(); ++it) {
        const QJsonObject kept = it->toObject();
        Widths& restored = widths_[it.key().toInt()];
        restored.list = std::clamp(kept.value("list").toInt(), 0, kListMost_px);
        restored.evidence = std::clamp(kept.value("evidence").toInt(), 0, kEvidenceMost_px);
        restored.list_hidden = kept.value("hidden").toBool();
        // Evidence opens by itself on the first citation followed; an empty pane is no promise.
    }
    arrange();
}

} // namespace ui
