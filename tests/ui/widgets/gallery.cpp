// All components in their states, in one window or one picture: ui_gallery [--dark] [--font-px N]
// [--family NAME] [--scale N] [--save out.png]. Set beside the design's components it shows at a
// glance what differs.
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/citation_chip.h"
#include "ui/widgets/drop_frame.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/hairline.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/icon_spot.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/row_model.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/section_label.h"
#include "ui/widgets/sectioned_list.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/switch.h"
#include "ui/widgets/tag.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QComboBox>
#include <QCommandLineParser>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSlider>
#include <QSpinBox>
#include <QStyleOptionButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace {

using namespace ui;
namespace t = ui::theme;

QString s(const char* text)
{
    return QString::fromUtf8(text);
}

/// A button held in a state that a picture cannot produce.
class Posed : public QPushButton {
public:
    Posed(const QString& text, QStyle::State state, bool ring = false)
        : QPushButton(text), state_(state), ring_(ring)
    {
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        QStyleOptionButton option;
        initStyleOption(&option);
        option.state |= state_;
        style()->drawControl(QStyle::CE_PushButton, &option, &painter, this);
        if (ring_) {
            painter.setClipping(false);
            t::drawFocusRing(painter, rect().adjusted(3, 3, -3, -3), t::kControlRadius_px - 3);
        }
    }

private:
    QStyle::State state_;
    bool ring_;
};

class ChipPicture : public QWidget {
public:
    explicit ChipPicture(CitationChip chip) : chip_(std::move(chip))
    {
        setFixedSize(measure(chip_) + QSize(6, 6));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paint(painter, rect().adjusted(3, 3, -3, -3), chip_);
    }

private:
    CitationChip chip_;
};

QWidget* captioned(QWidget* widget, const char* caption)
{
    auto* holder = new QWidget;
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(widget, 0, Qt::AlignHCenter);
    auto* words = new ElidedLabel(s(caption));
    words->setStep(t::Step::Caption);
    words->setColor(t::Color::Text3);
    column->addWidget(words, 0, Qt::AlignHCenter);
    column->addStretch();
    return holder;
}

void section(QVBoxLayout* column, const char* name)
{
    column->addSpacing(8);
    column->addWidget(new SectionLabel(s(name)));
    column->addWidget(new Hairline);
    column->addSpacing(2);
}

QHBoxLayout* line(QVBoxLayout* column, int spacing = 10)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing);
    column->addLayout(row);
    return row;
}

void buttons(QVBoxLayout* column)
{
    section(column, "Button");
    auto* row = line(column);
    const auto add = [&](QPushButton* button, const char* caption, t::Role role = t::Role::Normal) {
        t::setRole(button, role);
        row->addWidget(captioned(button, caption));
        return button;
    };
    add(new QPushButton(s("Approve")), "primary", t::Role::Primary);
    add(new QPushButton(s("Export…")), "normal");
    add(new Posed(s("Export…"), QStyle::State_MouseOver), "hover");
    add(new Posed(s("Export…"), QStyle::State_Sunken), "pressed");
    auto* focused = add(new QPushButton(s("Export…")), "focus");
    focused->setObjectName(s("focused"));
    add(new QPushButton(s("Export…")), "disabled")->setEnabled(false);
    auto* checked = add(new QPushButton(s("Follow")), "checked");
    checked->setCheckable(true);
    checked->setChecked(true);
    row->addStretch();
    row = line(column);
    add(new QPushButton(t::icon(s("copy")), s("Copy")), "flat", t::Role::Flat);
    add(new QPushButton(t::icon(s("eraser")), s("Forget…")), "danger", t::Role::Danger);
    add(new QPushButton(t::icon(s("stop-filled")), s("Stop")), "recording", t::Role::Recording);
    auto* pause = new QToolButton;
    pause->setIcon(t::icon(s("pause")));
    row->addWidget(captioned(pause, "icon"));
    auto* small = add(new QPushButton(s("Show page")), "small");
    t::setSmall(small);
    auto* key = add(new QPushButton(s("Undo")), "key");
    t::setKeyHint(key, s("Ctrl Z"));
    auto* ask = add(new QPushButton(s("Ask")), "key", t::Role::Primary);
    t::setKeyHint(ask, s("Ctrl ↵"));
    auto* menu = add(new QPushButton(s("Minutes")), "menu");
    menu->setMenu(new QMenu(menu));
    row->addStretch();
}

void chips(QVBoxLayout* column)
{
    section(column, "CitationChip");
    auto* row = line(column, 3);
    const auto add = [&](CitationChip chip, const char* caption) {
        row->addWidget(captioned(new ChipPicture(std::move(chip)), caption));
    };
    add({1, PlaceKind::Page, s("p. 17")}, "page");
    add({4, PlaceKind::Video, s("06:41")}, "video");
    add({5, PlaceKind::Sound, s("06:52")}, "sound");
    add({2, PlaceKind::Shown, s("21:36")}, "shown");
    add({3, PlaceKind::Picture, s("12:41")}, "screen");
    add({1, PlaceKind::Page, s("p. 17"), true, true}, "in pane");
    add({1, PlaceKind::Page, s("p. 17"), true, false, true}, "focus");
    add({0, PlaceKind::Page, s("no place"), false}, "unlocated");
    row->addStretch();

    section(column, "Chip, Tag, Switch");
    row = line(column, 11);
    auto* said = new Chip(s("Said"));
    said->setCount(7);
    row->addWidget(captioned(said, "filter"));
    auto* all = new Chip(s("All"));
    all->setCount(18);
    all->setChecked(true);
    row->addWidget(captioned(all, "on"));
    row->addWidget(captioned(new Chip(s("files"), s("5 sources")), "button"));
    row->addWidget(captioned(new Tag(s("Ready"), TagKind::Ok), "ok"));
    row->addWidget(captioned(new Tag(s("Waits"), TagKind::Warn), "warn"));
    row->addWidget(captioned(new Tag(s("Gap"), TagKind::Record), "record"));
    row->addWidget(captioned(new Tag(s("Said")), "plain"));
    auto* on = new Switch;
    on->setChecked(true);
    row->addWidget(captioned(on, "on"));
    row->addWidget(captioned(new Switch, "off"));
    row->addWidget(captioned(new KeyCap(s("Ctrl K")), "key"));
    row->addStretch();
}

void fields(QVBoxLayout* column)
{
    section(column, "Segmented control, field");
    auto* row = line(column, 16);
    row->addWidget(new SegmentedControl({s("Summary"), s("Transcript"), s("Notes")}));
    auto* empty = new QLineEdit;
    empty->setPlaceholderText(s("Empty"));
    empty->setFixedWidth(150);
    row->addWidget(empty);
    auto* focused = new QLineEdit(s("Focused"));
    focused->setFixedWidth(150);
    row->addWidget(focused);
    row->addStretch();
    row = line(column, 16);
    auto* wrong = new QLineEdit(s("omni.lab.example:80000"));
    wrong->setFixedWidth(200);
    t::setError(wrong, true);
    row->addWidget(wrong);
    auto* mark = new IconSpot(14);
    mark->set(s("circle-alert"), t::Color::Record);
    auto* why = new ElidedLabel(s("Port must be 1 to 65535"));
    why->setStep(t::Step::Small);
    why->setColor(t::Color::Record);
    auto* both = new QHBoxLayout;
    both->setSpacing(4);
    both->addWidget(mark);
    both->addWidget(why);
    row->addLayout(both);
    row->addStretch();
    row = line(column, 12);
    auto* search = new SearchField(s("Search"));
    search->setText(s("noise"));
    search->setCountText(s("18 results"));
    row->addWidget(search);
    auto* combo = new QComboBox;
    combo->addItems({s("30 days"), s("90 days"), s("Always")});
    row->addWidget(combo);
    auto* spin = new QSpinBox;
    spin->setMaximum(65535);
    spin->setValue(8080);
    row->addWidget(spin);
    row = line(column, 12);
    auto* one = new QRadioButton(s("System"));
    one->setChecked(true);
    row->addWidget(one);
    row->addWidget(new QRadioButton(s("Light")));
    auto* check = new QCheckBox(s("Checked"));
    check->setChecked(true);
    row->addWidget(check);
    row->addWidget(new QCheckBox(s("Off")));
    auto* partly = new QCheckBox(s("Some"));
    partly->setTristate(true);
    partly->setCheckState(Qt::PartiallyChecked);
    row->addWidget(partly);
    auto* fixed = new QCheckBox(s("Fixed"));
    fixed->setChecked(true);
    fixed->setEnabled(false);
    row->addWidget(fixed);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setValue(40);
    row->addWidget(slider);
}

void progress(QVBoxLayout* column)
{
    section(column, "Progress with phase, time left and Cancel");
    auto* known = new ProgressRow;
    known->setPhase(s("Writing summary, part 3 of 5"));
    known->setTimeLeft(s("40 s left"));
    known->bar()->setFraction(0.61);
    column->addWidget(known);
    auto* unknown = new ProgressRow;
    unknown->setPhase(s("Looking for speakers"));
    unknown->setTimeLeft(s("time not known yet"));
    unknown->bar()->setState(ProgressBar::State::Unknown);
    column->addWidget(unknown);

    section(column, "Empty state, error state");
    auto* row = line(column, 16);
    const auto card = [&](const char* icon, const char* sentence, const char* detail, bool failed) {
        auto* frame = new Card;
        auto* inside = new QVBoxLayout(frame);
        inside->setContentsMargins(0, 0, 0, 0);
        auto* state = new EmptyState;
        state->setCompact(true);
        state->set(s(icon), s(sentence), s(detail), failed);
        inside->addWidget(state);
        row->addWidget(frame, 1);
        return state;
    };
    card("audio-lines", "No meetings yet", "Record one, or drop a recording here.", false)
        ->setButton(s("Record"))
        ->setIcon(t::icon(s("dot-filled"), t::Color::Record));
    card(
        "file-x",
        "Offer C.docx cannot be opened",
        "LibreOffice is needed to read Word files.",
        true)
        ->setButton(s("How to install"));
}

void rows(QVBoxLayout* column, QObject* owner)
{
    section(column, "Header bar, list rows");
    auto* header = new HeaderBar(s("Kick-off with operations and everyone else who came"));
    header->setSubtitle(s("Wed 11 November · 47:12"));
    header->addTrailing(new QPushButton(t::icon(s("upload")), s("Export…")));
    auto* more = new QToolButton;
    more->setIcon(t::icon(s("ellipsis")));
    t::setRole(more, t::Role::Flat);
    header->addTrailing(more);
    column->addWidget(header);
    auto* list = new SectionedList;
    auto* model = new RowModel(owner);
    Row head;
    head.text = s("Today");
    head.header = true;
    Row first;
    first.id = 1;
    first.text = s("Harbour Street tender");
    first.second = s("5 sources · 12:40");
    Row second;
    second.id = 2;
    second.text = s(
        "What is on my screen: portal error and what to do about it, with a long name that is cut");
    second.second = s("1 screenshot · 09:15");
    Row third;
    third.id = 3;
    third.text = s("Privacy");
    third.icon = s("shield-check");
    third.trailing = s("02:14");
    third.tag = s("Waits");
    third.tag_kind = TagKind::Warn;
    Row fourth;
    fourth.id = 4;
    fourth.text = s("the pump noise at the property line");
    fourth.icon = s("search");
    fourth.marks = {{4, 10}};
    fourth.key = s("Ctrl K");
    model->setRows({head, first, second, third, fourth});
    list->setModel(model);
    list->select(model->index(1));
    list->setFixedHeight(210);
    column->addWidget(list);
}

void banners(QVBoxLayout* column)
{
    section(column, "Banner, toast");
    const auto add =
        [&](BannerKind kind, const char* strong, const char* rest, const char* button) {
            auto* banner = new Banner;
            banner->setInset(true);
            banner->set(kind, s(strong), s(rest));
            if (*button) banner->addButton(s(button));
            banner->show();
            column->addWidget(banner);
            return banner;
        };
    add(BannerKind::Alarm, "System audio silent for 4 s", "", "Play test sound")
        ->setIcon(s("volume-x"));
    add(BannerKind::Warning, "Page 12 of Offer A could not be read", "", "Show page");
    add(BannerKind::Note, "", "Answers use 2 of 5 sources, 3 are still being read", "");
    auto* wide =
        add(BannerKind::Warning,
            "This library was written by Percept 1.4; this is 1.2.",
            "Nothing was changed. Get the newer version, or open another library, or go on reading "
            "this "
            "sentence, which is long enough to need a third line beside its two buttons.",
            "Get the newer version");
    wide->addButton(s("Open another library…"));
    wide->setClosable(true);
    auto* drop = new DropFrame;
    drop->setFixedHeight(44);
    auto* over = new DropFrame;
    over->setFixedHeight(44);
    over->setDragging(true);
    auto* row = line(column);
    row->addWidget(drop);
    row->addWidget(over);
    auto* text =
        new QPlainTextEdit(s("A text field\nof some lines\nthat scrolls\nbecause it\nis not high"));
    text->setFixedHeight(64);
    column->addWidget(text);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOptions(
        {{s("save"), s("Writes a picture and ends."), s("file")},
         {s("dark"), s("The dark mode.")},
         {s("rtl"), s("From right to left.")},
         {s("family"), s("Font family."), s("name"), s("Noto Sans")},
         {s("font-px"), s("Pixel size of the system font."), s("px"), s("13")}});
    parser.process(app);
    QFont font(parser.value(s("family")));
    font.setPixelSize(parser.value(s("font-px")).toInt());
    t::apply(parser.isSet(s("dark")) ? t::Appearance::Dark : t::Appearance::Light);
    t::setSystemFont(font);
    if (parser.isSet(s("rtl"))) QApplication::setLayoutDirection(Qt::RightToLeft);

    QWidget window;
    window.setWindowTitle(s("Components"));
    t::setGround(&window, t::Color::Surface);
    auto* columns = new QHBoxLayout(&window);
    columns->setContentsMargins(28, 6, 28, 6);
    columns->setSpacing(40);
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    left->setSpacing(5);
    right->setSpacing(6);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    buttons(left);
    chips(left);
    fields(left);
    progress(left);
    left->addStretch();
    rows(right, &window);
    banners(right);
    right->addStretch();
    window.resize(1280, 860);
    ToastHost toasts(&window);
    window.show();
    toasts.show(s("Deleted “Pump curves KSL 150”"), true, s("trash-2"));
    window.activateWindow();
    QApplication::processEvents();
    window.findChild<QPushButton*>(s("focused"))->setFocus(Qt::TabFocusReason);
    if (!parser.isSet(s("save"))) return QApplication::exec();
    // Animations and queued places first.
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 300) QApplication::processEvents(QEventLoop::AllEvents, 20);
    return window.grab().save(parser.value(s("save"))) ? 0 : 1;
}
