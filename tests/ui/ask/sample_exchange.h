#pragma once

#include "ui/ask/types.h"

/// An answer with places of three kinds, as the design shows one.
inline ui::Place pagePlace(int n, const QString& name, int page)
{
    ui::Place place;
    place.n = n;
    place.session = 1;
    place.source = n;
    place.name = name;
    place.page = page;
    place.boxes = {{0.1F, 0.2F, 0.9F, 0.24F}};
    place.quote = QStringLiteral("R1 Property line, north, 47 dB(A)");
    return place;
}

inline ui::Exchange sampleExchange(qint64 key)
{
    ui::Exchange exchange;
    exchange.key = key;
    exchange.question_id = key > 0 ? key : 0;
    exchange.answer_id = key > 0 ? key + 1000 : 0;
    exchange.question = QStringLiteral("Which offer meets the noise limit?");
    exchange.state = ui::AnswerState::Done;
    exchange.text =
        QStringLiteral("“Offer B calculates 47 dB(A) at the north line.” [1]\n“The joint "
                       "can be heard.” [2] “It is *replaced*.” [3] [7]");
    ui::Place video = pagePlace(2, QStringLiteral("Site walk.mp4"), 0);
    video.kind = ui::PlaceKind::Video;
    video.start_s = 401;
    exchange.places = {
        pagePlace(1, QStringLiteral("Offer B, technical.pdf"), 17),
        video,
        pagePlace(3, QStringLiteral("Offer A, technical.pdf"), 31)};
    exchange.timing = QStringLiteral("0.3 s");
    return exchange;
}
