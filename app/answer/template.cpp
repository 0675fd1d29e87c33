#include "app/answer/summarize.h"

#include "app/answer/text.h"

#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

namespace app::answer {

namespace {

constexpr std::string_view kNames = "minutes, actions, decisions, brief";
constexpr std::string_view kKinds =
    "marks, dates, decisions, actions, check, highlights, questions, key";

std::optional<Template> built_in(std::string_view name)
{
    const Template::Section marks{"Marked", SectionKind::Marks};
    const Template::Section dates{"Dates and times mentioned", SectionKind::Dates};
    const Template::Section decisions{"Likely decisions", SectionKind::Decisions};
    const Template::Section actions{"Likely to-dos", SectionKind::Actions};
    const Template::Section check{"Worth checking", SectionKind::ToCheck};
    const Template::Section highlights{"Highlights", SectionKind::Highlights};
    const Template::Section questions{"Open questions", SectionKind::Questions};
    const Template::Section key{"Key sentences", SectionKind::KeySentences};
    if (name == "minutes") {
        return Template{
            "minutes",
            {marks, dates, decisions, actions, check, questions, highlights, key}};
    }
    if (name == "actions") return Template{"actions", {marks, actions, dates, check}};
    if (name == "decisions") return Template{"decisions", {marks, decisions, check, questions}};
    if (name == "brief") return Template{"brief", {marks, highlights, key}};
    return std::nullopt;
}

std::optional<SectionKind> kind_of(std::string_view word)
{
    static constexpr std::pair<std::string_view, SectionKind> kWords[] = {
        {"marks", SectionKind::Marks},
        {"dates", SectionKind::Dates},
        {"decisions", SectionKind::Decisions},
        {"actions", SectionKind::Actions},
        {"check", SectionKind::ToCheck},
        {"highlights", SectionKind::Highlights},
        {"questions", SectionKind::Questions},
        {"key", SectionKind::KeySentences}};
    for (const auto& [name, kind] : kWords) {
        if (name == word) return kind;
    }
    return std::nullopt;
}

Result<Template> parse(std::istream& stream, const std::string& file)
{
    constexpr std::size_t kMostLines = 200;
    Template form;
    std::string line;
    for (std::size_t number = 1; std::getline(stream, line); ++number) {
        if (number > kMostLines)
            return fail(
                ErrorCode::BadFile,
                file + " has more than 200 lines; a template has a few.");
        const auto text = readable(line);
        if (text.empty()) continue;
        if (text.starts_with('#')) {
            form.name = readable(text.substr(
                text.find_first_not_of('#') == std::string::npos ? text.size()
                                                                 : text.find_first_not_of('#')));
            continue;
        }
        const auto colon = text.rfind(':');
        const auto kind =
            colon == std::string::npos ? std::nullopt : kind_of(readable(text.substr(colon + 1)));
        if (!kind) {
            return fail(
                ErrorCode::BadFile,
                "Line " + std::to_string(number) + " of " + file + " is not \"Title: kind\".",
                "Kinds are " + std::string(kKinds) + ".");
        }
        form.sections.push_back({readable(text.substr(0, colon)), *kind});
    }
    if (form.sections.empty()) {
        return fail(
            ErrorCode::BadFile,
            file + " names no section.",
            "Write lines such as \"To do: actions\".");
    }
    return form;
}

} // namespace

Result<Template> load_template(std::string_view name_or_file)
{
    if (auto form = built_in(name_or_file)) return *form;
    const std::filesystem::path file(name_or_file);
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) {
        return fail(
            ErrorCode::BadUsage,
            "There is no template \"" + std::string(name_or_file) + "\".",
            "Use one of " + std::string(kNames) + ", or the path of a template file.");
    }
    std::ifstream stream(file);
    if (!stream)
        return fail(
            ErrorCode::FileUnreadable,
            file.string() + " cannot be read.",
            "Check its permissions.");
    auto form = parse(stream, file.string());
    if (form && form->name.empty()) form->name = file.stem().string();
    return form;
}

} // namespace app::answer
