// Every part has a role and a name that a person understands.
#include "ui/widgets/accessible.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/citation_chip.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/section_label.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/switch.h"
#include "ui/widgets/tag.h"
#include "ui/widgets/toast.h"

#include <gmock/gmock.h>
#include <QAbstractButton>

namespace ui {
namespace {

struct Told {
    QAccessible::Role role = QAccessible::NoRole;
    std::string name;
    std::string value;
    QAccessible::State state;
};

Told told(QWidget& widget)
{
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&widget);
    if (!interface) return {};
    return {
        interface->role(),
        interface->text(QAccessible::Name).toStdString(),
        interface->text(QAccessible::Value).toStdString(),
        interface->state()};
}

QString words(const char* text)
{
    return QString::fromUtf8(text);
}

TEST(AccessibleTest, PaintedWordsAreTheirNames)
{
    ElidedLabel label(words("A long title"));
    EXPECT_EQ(told(label).name, "A long title");
    EXPECT_EQ(told(label).role, QAccessible::StaticText);
    SectionLabel section(words("Today"));
    EXPECT_EQ(told(section).name, "Today");
    EXPECT_EQ(told(section).role, QAccessible::Heading);
    Tag tag(words("Ready"), TagKind::Ok);
    EXPECT_EQ(told(tag).name, "Ready");
    KeyCap key(words("Ctrl K"));
    EXPECT_EQ(told(key).name, "Key Ctrl K");
}

TEST(AccessibleTest, ANameThatWasSetWins)
{
    Tag tag(words("Said"));
    tag.setAccessibleName(words("Found in speech"));
    EXPECT_EQ(told(tag).name, "Found in speech");
}

TEST(AccessibleTest, ChipsTellCountAndState)
{
    Chip chip(words("Said"));
    chip.setCount(7);
    EXPECT_EQ(told(chip).name, "Said, 7 results");
    EXPECT_EQ(told(chip).role, QAccessible::CheckBox);
    EXPECT_TRUE(told(chip).state.checkable);
    EXPECT_FALSE(told(chip).state.checked);
    chip.setChecked(true);
    EXPECT_TRUE(told(chip).state.checked);
    Chip button(words("files"), words("5 sources"));
    EXPECT_EQ(told(button).name, "5 sources");
}

TEST(AccessibleTest, SegmentsAreTabs)
{
    SegmentedControl control({words("Summary"), words("Notes")});
    EXPECT_EQ(told(control).role, QAccessible::PageTabList);
    const auto segments = control.findChildren<QAbstractButton*>();
    ASSERT_EQ(segments.size(), 2);
    EXPECT_EQ(told(*segments[0]).role, QAccessible::PageTab);
    EXPECT_EQ(told(*segments[0]).name, "Summary");
    EXPECT_TRUE(told(*segments[0]).state.selected);
    EXPECT_EQ(told(*segments[1]).name, "Notes");
    EXPECT_FALSE(told(*segments[1]).state.selected);
}

TEST(AccessibleTest, ProgressTellsPhaseAndValue)
{
    ProgressRow row;
    row.setPhase(words("Writing summary, part 3 of 5"));
    row.setTimeLeft(words("40 s left"));
    row.bar()->setFraction(0.6);
    const Told bar = told(*row.bar());
    EXPECT_EQ(bar.role, QAccessible::ProgressBar);
    EXPECT_EQ(bar.name, "Writing summary, part 3 of 5, 40 s left");
    EXPECT_EQ(bar.value, "60 %");
    QAccessibleValueInterface* value =
        QAccessible::queryAccessibleInterface(row.bar())->valueInterface();
    ASSERT_TRUE(value);
    EXPECT_EQ(value->currentValue().toInt(), 60);
    EXPECT_EQ(value->maximumValue().toInt(), 100);
}

TEST(AccessibleTest, OthersHaveRoleAndName)
{
    Banner banner;
    banner.set(BannerKind::Alarm, words("System audio silent for 4 s."), words("Still recorded."));
    EXPECT_EQ(told(banner).role, QAccessible::AlertMessage);
    EXPECT_EQ(told(banner).name, "System audio silent for 4 s. Still recorded.");
    Toast toast(QString(), words("Deleted"), true, nullptr);
    EXPECT_EQ(told(toast).role, QAccessible::AlertMessage);
    EXPECT_EQ(told(toast).name, "Deleted");
    SearchField field(words("Search library"));
    EXPECT_EQ(told(field).name, "Search library");
    EXPECT_EQ(told(field).role, QAccessible::EditableText);
    Switch toggle(words("Pause when the screen is locked"));
    EXPECT_EQ(told(toggle).name, "Pause when the screen is locked");
    EXPECT_EQ(told(toggle).role, QAccessible::CheckBox);
}

TEST(AccessibleTest, CitationsNameTheirPlace)
{
    Place place;
    place.n = 1;
    place.name = words("Offer B");
    place.page = 17;
    EXPECT_EQ(citationWords(place).toStdString(), "Citation 1, Offer B, page 17");
    place.located = false;
    EXPECT_EQ(citationWords(place).toStdString(), "Citation 1, Offer B, place not found");
    place.located = true;
    place.kind = PlaceKind::Sound;
    place.start_s = 412;
    EXPECT_EQ(citationWords(place).toStdString(), "Citation 1, Offer B, at 06:52");
}

} // namespace
} // namespace ui
