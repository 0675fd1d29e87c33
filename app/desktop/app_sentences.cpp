#include "app/desktop/app_sentences.h"

#include <algorithm>
#include <QCoreApplication>
#include <QRegularExpression>
#include <vector>

namespace app::desktop {
namespace {

constexpr const char* kContext = "app::desktop";
constexpr int kDeepest = 3; // a sentence in a sentence: why a page could not be read

const QRegularExpression& place()
{
    static const QRegularExpression found(QStringLiteral("%([1-9])"));
    return found;
}

/// A sentence as an expression whose groups are what was put in, in the order of the English text.
struct Form {
    const char* english;
    qsizetype words; // letters that stand fast
    QRegularExpression expression;
};

Form formOf(const char* english)
{
    const QString text = QString::fromUtf8(english);
    QString expression = QStringLiteral("^");
    qsizetype from = 0;
    qsizetype words = 0;
    const auto fixed = [&](qsizetype until) {
        expression += QRegularExpression::escape(text.mid(from, until - from));
        words += until - from;
    };
    for (auto it = place().globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch at = it.next();
        fixed(at.capturedStart());
        expression += QStringLiteral("(.*?)");
        from = at.capturedEnd();
    }
    fixed(text.size());
    return {
        english,
        words,
        QRegularExpression(expression + u'$', QRegularExpression::DotMatchesEverythingOption)};
}

/// The most definite first: "%1 has no page %2." before "%1 has no %2.".
const std::vector<Form>& forms()
{
    static const std::vector<Form> all = [] {
        std::vector<Form> made;
        for (const char* sentence : appSentences()) made.push_back(formOf(sentence));
        std::stable_sort(made.begin(), made.end(), [](const Form& a, const Form& b) {
            return a.words > b.words;
        });
        return made;
    }();
    return all;
}

QString translatedTo(const QString& english, int depth)
{
    if (english.isEmpty() || depth > kDeepest) return english;
    for (const Form& form : forms()) {
        const QRegularExpressionMatch match = form.expression.match(english);
        if (!match.hasMatch()) continue;
        const QString words = QCoreApplication::translate(kContext, form.english);
        QString made;
        qsizetype from = 0;
        for (auto it = place().globalMatch(words); it.hasNext();) {
            const QRegularExpressionMatch at = it.next();
            made += words.mid(from, at.capturedStart() - from);
            made += translatedTo(match.captured(at.captured(1).toInt()), depth + 1);
            from = at.capturedEnd();
        }
        return made + words.mid(from);
    }
    return english;
}

/// Then no expression is made: all of them take some 30 ms, and this is the UI thread.
bool isEnglishWindow()
{
    const char* any = appSentences().front();
    return QCoreApplication::translate(kContext, any) == QString::fromUtf8(any);
}

} // namespace

QString translated(const std::string& english)
{
    return translated(QString::fromStdString(english));
}

QString translated(const QString& english)
{
    return isEnglishWindow() ? english : translatedTo(english, 0);
}

} // namespace app::desktop
