// Draws Ask at the sizes of the design, light and dark, and holds what is drawn against its
// measures. PERCEPT_GRAB names a folder: the pictures are kept there to be looked at.

#include "tests/ui/ask/sample_exchange.h"
#include "ui/ask/ask_view.h"
#include "ui/ask/conversation.h"
#include "ui/ask/session_list.h"
#include "ui/theme/theme.h"

#include <gtest/gtest.h>
#include <QHBoxLayout>
#include <QTest>

using namespace ui;

namespace {

SessionItem row(int id, const QString& name, const QString& holds, const QDateTime& when)
{
    return {id, name, when, holds, false};
}

SourceItem file(qint64 key, const QString& name, const QString& kind, SourceState state)
{
    SourceItem item;
    item.key = item.id = key;
    item.session = 1;
    item.name = name;
    item.path = QStringLiteral("/home/tom/") + name;
    item.kind = kind;
    item.state = state;
    return item;
}

std::vector<SourceItem> tenderSources()
{
    auto a = file(1, "Offer A, technical.pdf", "pdf", SourceState::Ready);
    a.pages = 52;
    a.size_bytes = 8'100'000;
    auto b = file(2, "Offer B, technical.pdf", "pdf", SourceState::Reading);
    b.pages = 38;
    b.scanned = true;
    b.done = 29;
    b.total = 38;
    b.left_s = 20;
    auto walk = file(3, "Site walk 14 October.mp4", "video", SourceState::Listening);
    walk.duration_s = walk.total = 1122;
    walk.size_bytes = 1'200'000'000;
    walk.done = 370;
    walk.left_s = 160;
    auto call = file(4, "Call with Ruth.m4a", "audio", SourceState::Ready);
    call.duration_s = 600;
    call.size_bytes = 9'200'000;
    auto locked = file(5, "Specification, signed.pdf", "pdf", SourceState::NeedsPassword);
    locked.pages = 64;
    locked.problem = "This PDF is locked with a password. Nothing was read yet.";
    return {a, b, walk, call, locked};
}

std::vector<Exchange> tenderTalk()
{
    Exchange first;
    first.key = first.question_id = 1;
    first.answer_id = 2;
    first.question =
        "Which offer meets the noise limit at the property line, and what did the site "
        "walk show about the enclosure?";
    first.state = AnswerState::Done;
    first.quoted = false;
    first.engine = "Nemotron 3 Nano Omni";
    first.text =
        "**Offer B meets the limit; Offer A does not.** Offer B calculates 47 dB(A) at the "
        "north property line [1], below the 50 dB(A) night limit [2]. Offer A gives 52 "
        "dB(A) and asks for a waiver [3].\n\nOn the site walk the north wall has an open "
        "joint about as tall as the door [4]. Ruth says it can be heard from the gate with "
        "one pump running [5]. Offer B replaces this wall with lapped joints [6].";
    first.places = {
        pagePlace(1, "Offer B, technical.pdf", 17),
        pagePlace(2, "Specification.pdf", 9),
        pagePlace(3, "Offer A, technical.pdf", 31),
        pagePlace(4, "Site walk 14 October.mp4", 0),
        pagePlace(5, "Call with Ruth.m4a", 0),
        pagePlace(6, "Offer B, technical.pdf", 17)};
    first.places[3].kind = PlaceKind::Video;
    first.places[3].start_s = 401;
    first.places[4].kind = PlaceKind::Sound;
    first.places[4].start_s = 412;
    first.not_covered = {"Offer C.docx is still being read."};
    first.timing = "1.2 s to first word · 94 tok/s";
    Exchange second;
    second.key = second.question_id = 3;
    second.question = "How were the levels measured?";
    second.state = AnswerState::Done;
    second.outcome = AnswerOutcome::NotFound;
    second.text = "Not found by the starter's search (best match 1.03 of 2.20 needed). Try other "
                  "words, or install a full model.";
    second.nearest = {first.places[1], first.places[3]};
    for (auto& place : second.nearest) place.n = 0;
    second.timing = "0.3 s";
    Exchange third;
    third.key = -1;
    third.question = "Draft a question to bidder A about the waiver.";
    third.state = AnswerState::Streaming;
    third.text =
        "“In section 6.3 you state 52 dB(A) at the north property line [3]. Please confirm "
        "which measure would bring the night level to 50 dB(A) or";
    third.places = first.places;
    return {first, second, third};
}

class AskLooks : public testing::TestWithParam<std::tuple<int, int, bool>> {
protected:
    void SetUp() override
    {
        const auto [width, height, dark] = GetParam();
        theme::apply(dark ? theme::Appearance::Dark : theme::Appearance::Light);
        const bool narrow = width < 1180;
        window_.resize(width - theme::kRail_px, height - theme::kStatus_px);
        auto* columns = new QHBoxLayout(&window_);
        columns->setContentsMargins({});
        columns->setSpacing(0);
        view_ = new AskView;
        list_ = view_->listPane();
        list_->setParent(&window_);
        list_->setFixedWidth(theme::kList_px);
        list_->setVisible(!narrow);
        columns->addWidget(list_);
        columns->addWidget(view_, 1);
        const QDateTime now = QDate::currentDate().startOfDay().addSecs(12 * 3600 + 40 * 60);
        view_->setSessions(
            0,
            {row(1, "Harbour Street tender", "5 sources", now),
             row(2,
                 "What is on my screen: portal error 0x80070005",
                 "1 picture",
                 now.addSecs(-9000)),
             row(3, "Site walk, questions for Ruth", "1 video", now.addDays(-1)),
             row(4, "Pump curves KSL 150", "2 PDFs", now.addDays(-1).addSecs(-9000)),
             row(5, "Minutes template for reviews", "1 document", now.addDays(-4))},
            false);
    }
    void TearDown() override { theme::apply(theme::Appearance::Light); }

    QImage grab(const char* name)
    {
        window_.show();
        static_cast<void>(QTest::qWaitForWindowExposed(&window_));
        QCoreApplication::processEvents();
        QImage image = window_.grab().toImage();
        const QByteArray folder = qgetenv("PERCEPT_GRAB");
        if (!folder.isEmpty()) {
            const auto [width, height, dark] = GetParam();
            image.save(QStringLiteral("%1/%2-%3%4.png")
                           .arg(QString::fromLocal8Bit(folder), QLatin1String(name))
                           .arg(width)
                           .arg(dark ? QStringLiteral("-dark") : QString()));
        }
        return image;
    }
    /// In the window.
    QRect at(const QWidget* widget)
    {
        return {widget->mapTo(&window_, QPoint(0, 0)), widget->size()};
    }
    void expectInside()
    {
        for (const QWidget* widget : view_->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->window() != &window_) continue;
            if (view_->conversation()->isAncestorOf(widget)) continue; // it scrolls
            EXPECT_TRUE(window_.rect().contains(at(widget)))
                << widget->metaObject()->className() << ' ' << qPrintable(widget->accessibleName());
        }
    }

    QWidget window_;
    AskView* view_ = nullptr;
    QWidget* list_ = nullptr;
};

} // namespace

TEST_P(AskLooks, Empty)
{
    const QImage image = grab("ask-empty");
    const QRect composer = at(view_->composer());
    EXPECT_EQ(composer.left(), at(view_).left() + theme::kCentrePadding_px);
    EXPECT_EQ(composer.bottom() + 1, window_.height() - 16);
    EXPECT_NEAR(composer.height(), 78, 4);
    EXPECT_EQ(
        image.pixelColor(at(view_).center() + QPoint(0, -at(view_).height() / 2 + 60)),
        theme::color(theme::Color::Surface));
    expectInside();
}

TEST_P(AskLooks, Sources)
{
    SessionView session{1, "Harbour Street tender", tenderSources(), {}};
    view_->showSession(session);
    view_->composer()->setText("Which offer meets the noise limit at the property line?");
    grab("ask-ingest");
    expectInside();
}

TEST_P(AskLooks, Conversation)
{
    SessionView session{1, "Harbour Street tender", tenderSources(), tenderTalk()};
    view_->showSession(session);
    view_->setShownPlace(1, 2);
    grab("ask-answer");
    expectInside();
}

TEST_P(AskLooks, FirstAnswerFromTheTop)
{
    auto talk = tenderTalk();
    talk.resize(1);
    SessionView session{1, "Harbour Street tender", tenderSources(), talk};
    view_->showSession(session);
    view_->setShownPlace(1, 2);
    grab("ask-first");
    expectInside();
}

INSTANTIATE_TEST_SUITE_P(
    Sizes,
    AskLooks,
    testing::Values(
        std::make_tuple(1280, 800, false),
        std::make_tuple(1280, 800, true),
        std::make_tuple(1000, 640, false),
        std::make_tuple(1000, 640, true)));
