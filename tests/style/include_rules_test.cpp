// Reads every #include of the tree and holds it against the table of modules in README.md: imports
// go one way.

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PERCEPT_SOURCE_DIR;

/// Which of our modules a module may include, itself aside.
const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"base", {}},
    {"kernels", {"base"}},
    {"engine", {"base", "kernels"}},
    {"capture", {"base"}},
    {"storage", {"base"}},
    {"app", {"base", "kernels", "engine", "capture", "storage"}},
    {"ui", {"base"}},
};

struct Foreign {
    std::regex header;
    std::vector<std::string> allowed_in; // path prefixes
};
/// Libraries that only some places may know. What percept-reader links under the GPL stays there.
const std::vector<Foreign> kForeign = {
    {std::regex("^(poppler/|poppler-).*"), {"capture/reader/"}},
    {std::regex("^lib(avformat|avcodec|avutil|avfilter|avdevice|swscale|swresample)/.*"),
     {"capture/reader/"}},
    {std::regex("^(tesseract/|leptonica/|allheaders\\.h).*"), {"capture/reader/"}},
    {std::regex("^sqlite3\\.h$"), {"storage/"}},
    {std::regex("^curl/.*"), {"app/models/", "app/remote/"}},
    {std::regex("^(Q[A-Z].*|Qt.*/.*)"), {"ui/", "app/desktop/"}},
    {std::regex("^(fmt|spdlog)/.*"), {"app/", "capture/", "storage/"}},
    {std::regex("^CLI/.*"), {"app/cli/"}},
};

struct Include {
    std::string file; // relative to the root
    int line = 0;
    std::string header;
};

std::vector<Include> includes_of_tree()
{
    static const std::regex kInclude(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
    std::vector<Include> found;
    for (const auto& [module, unused] : kMayInclude) {
        if (!fs::exists(kRoot / module)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(kRoot / module)) {
            const std::string extension = entry.path().extension();
            if (extension != ".h" && extension != ".cpp" && extension != ".cu") continue;
            std::ifstream file(entry.path());
            std::string line;
            for (int number = 1; std::getline(file, line); ++number) {
                std::smatch match;
                if (std::regex_search(line, match, kInclude))
                    found.push_back({fs::relative(entry.path(), kRoot), number, match[1]});
            }
        }
    }
    return found;
}

std::string module_of(const std::string& path)
{
    return path.substr(0, path.find('/'));
}

bool may_include(const Include& include)
{
    const std::string from = module_of(include.file), to = module_of(include.header);
    if (kMayInclude.at(from).contains(to)) return true;
    // Value types may travel to the window; only its bridges know both sides.
    if (from == "ui") return include.header.ends_with("/types.h");
    return to == "ui" && include.file.starts_with("app/desktop/");
}

} // namespace

TEST(IncludeRulesTest, ModulesKnowOnlyThoseBelow)
{
    const std::vector<Include> includes = includes_of_tree();
    ASSERT_GT(includes.size(), 50u) << "the tree was not found at " << kRoot;

    for (const Include& include : includes) {
        const std::string from = module_of(include.file), to = module_of(include.header);
        if (from == to || !kMayInclude.contains(to) ||
            include.header.find('/') == std::string::npos)
            continue;
        EXPECT_TRUE(may_include(include)) << include.file << ":" << include.line << ": " << from
                                          << " may not include " << include.header;
    }
}

TEST(IncludeRulesTest, LibrariesStayWhereTheyBelong)
{
    for (const Include& include : includes_of_tree()) {
        for (const Foreign& foreign : kForeign) {
            if (!std::regex_match(include.header, foreign.header)) continue;
            bool allowed = false;
            for (const std::string& place : foreign.allowed_in)
                allowed |= include.file.starts_with(place);
            EXPECT_TRUE(allowed) << include.file << ":" << include.line << ": " << include.header
                                 << " may not be included here";
        }
    }
}
