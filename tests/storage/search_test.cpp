#include "storage/dot_product.h"
#include "storage/word_search.h"
#include "tests/storage/library_fixture.h"

#include <cmath>
#include <gmock/gmock.h>
#include <random>
#include <set>

using namespace storage;
using namespace storage_test;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

class SearchTest : public LibraryTest {
protected:
    SourceId source_with(SessionId session, const std::vector<Passage>& passages)
    {
        const std::string name = "file" + std::to_string(++files_);
        const SourceId source = add_source(session, name, name);
        ids_ = must(library().add_page(page_of(source, 1, "text"), passages));
        return source;
    }
    std::vector<std::string> texts(std::string_view query, const SearchScope& scope = {})
    {
        std::vector<std::string> found;
        for (const auto& hit : must(library().search_words(query, scope, 10)))
            found.push_back(hit.passage.text);
        return found;
    }
    std::vector<PassageId> ids_;
    int files_ = 0;
};

TEST_F(SearchTest, StemsEnglishAndLeavesOtherLanguagesAlone)
{
    const SessionId session = must(library().create_session("S"));
    source_with(
        session,
        {passage_of("The engines were installed"),
         passage_of("Die Maschinen wurden geprüft", 1, "de")});

    EXPECT_THAT(texts("installing an engine"), ElementsAre("The engines were installed"));
    EXPECT_THAT(texts("GEPRUFT"), ElementsAre("Die Maschinen wurden geprüft"));
    EXPECT_THAT(texts("Maschine"), IsEmpty());
}

TEST_F(SearchTest, TakesTheQueryAsWordsNeverAsAnExpression)
{
    const SessionId session = must(library().create_session("S"));
    source_with(session, {passage_of("alpha beta"), passage_of("gamma NEAR delta")});

    EXPECT_THAT(texts("alpha NOT beta"), ElementsAre("alpha beta"));
    EXPECT_THAT(texts("near"), ElementsAre("gamma NEAR delta"));
    EXPECT_THAT(texts("text:alpha* ^\"beta"), ElementsAre("alpha beta"));
    EXPECT_THAT(texts("\"\"\" ( ) * ^ {"), IsEmpty());
    EXPECT_THAT(texts(""), IsEmpty());
    EXPECT_THAT(texts(std::string("alpha\0beta", 10)), ElementsAre("alpha beta"));
    EXPECT_THAT(texts("\xff\xfe alpha"), ElementsAre("alpha beta"));
    EXPECT_THAT(texts("\xe2\x80\x94 alpha"), ElementsAre("alpha beta"));
}

TEST_F(SearchTest, ScoresAsBm25WorkedByHand)
{
    const SessionId session = must(library().create_session("S"));
    source_with(
        session,
        {passage_of("cat cat dog"), passage_of("dog bird fish worm"), passage_of("bird tree")});

    const auto hits = must(library().search_words("cat dog", {}, 10));

    // N 3, average length 3; idf(cat) = ln(1 + 2.5/1.5), idf(dog) = ln(1 + 1.5/2.5).
    const double cat = std::log1p(2.5 / 1.5);
    const double dog = std::log1p(1.5 / 2.5);
    const auto part = [](double tf, double length) {
        return tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / 3.0));
    };
    ASSERT_THAT(hits, SizeIs(2));
    EXPECT_NEAR(hits[0].score, cat * part(2, 3) + dog * part(1, 3), 1e-5);
    EXPECT_NEAR(hits[1].score, dog * part(1, 4), 1e-5);
}

TEST_F(SearchTest, KeepsToItsScope)
{
    const SessionId one = must(library().create_session("One"));
    const SessionId two = must(library().create_session("Two"));
    const SourceId a = source_with(one, {passage_of("apple in a"), passage_of("pear in a")});
    const SourceId b = source_with(one, {passage_of("apple in b")});
    source_with(two, {passage_of("apple in c")});

    EXPECT_THAT(texts("apple"), SizeIs(3));
    EXPECT_THAT(texts("apple", {{one}, {}, {}}), ElementsAre("apple in a", "apple in b"));
    EXPECT_THAT(texts("apple", {{}, {b}, {}}), ElementsAre("apple in b"));
    EXPECT_THAT(texts("apple", {{two}, {a}, {}}), IsEmpty());
    EXPECT_THAT(texts("apple", {{}, {}, {"pdf"}}), SizeIs(3));
    EXPECT_THAT(texts("apple", {{}, {}, {"o'dd"}}), IsEmpty());

    int total = 0;
    const std::vector<std::string> words = {"apples", "pear", "nothing", "in a"};
    EXPECT_THAT(
        must(library().document_frequencies(words, {{one}, {}, {}}, &total)),
        ElementsAre(2, 1, 0, 2));
    EXPECT_EQ(total, 3);
    EXPECT_THAT(must(library().document_frequencies(words, {}, nullptr)), ElementsAre(3, 1, 0, 2));
}

TEST_F(SearchTest, LeavingOutCommonWordsChangesNoAnswer)
{
    std::mt19937 random(2);
    const auto words = [&](int count) {
        std::string text;
        for (int i = 0; i < count; ++i) {
            // Zipf: word n comes about 1/n times as often as the first.
            const double u = std::uniform_real_distribution<>(0, 1)(random);
            text += "w" + std::to_string(static_cast<int>(std::pow(500.0, u))) + " ";
        }
        return text;
    };
    const SessionId session = must(library().create_session("S"));
    std::vector<Passage> passages(1500);
    for (Passage& passage : passages) passage = passage_of(words(20));
    source_with(session, passages);
    const SourceId small = source_with(session, {passage_of(words(20)), passage_of(words(20))});
    auto database = must(Database::open(data_dir() / "percept.sqlite", Database::Mode::Read));
    int differing_orders = 0;
    for (int i = 0; i < 24; ++i) {
        const std::string query = words(1 + i % 6);
        for (const SearchScope& scope : {SearchScope{}, SearchScope{{}, {small}, {}}})
            for (const int limit : {1, 10, 1000}) {
                const auto all = must(WordSearch(*database, 1 << 30).search(query, scope, limit));
                const auto rare = must(WordSearch(*database, 0).search(query, scope, limit));
                ASSERT_EQ(all.size(), rare.size()) << query;
                for (std::size_t k = 0; k < all.size(); ++k) {
                    ASSERT_NEAR(all[k].score, rare[k].score, 1e-9) << query;
                    differing_orders += all[k].passage.id != rare[k].passage.id;
                }
            }
    }
    EXPECT_EQ(differing_orders, 0);
}

std::vector<float> unit_vector(std::mt19937& random, std::size_t size = 384)
{
    std::normal_distribution<float> normal;
    std::vector<float> vector(size);
    float squares = 0;
    for (float& value : vector) {
        value = normal(random);
        squares += value * value;
    }
    for (float& value : vector) value /= std::sqrt(squares);
    return vector;
}

TEST_F(SearchTest, FindsTheNearestVectorsAndFollowsChanges)
{
    std::mt19937 random(7);
    const SessionId session = must(library().create_session("S"));
    std::vector<Passage> passages;
    passages.reserve(301);
    for (int i = 0; i < 300; ++i) passages.push_back(passage_of("number " + std::to_string(i)));
    passages.push_back(passage_of("nummer", 1, "de"));
    const SourceId source = source_with(session, passages);
    EXPECT_THAT(must(library().passages_without_vector(1000)), SizeIs(300)) << "English only";
    std::vector<std::vector<float>> vectors(300);
    for (auto& vector : vectors) vector = unit_vector(random);
    must(library().add_vectors(std::span(ids_).first(200), std::span(vectors).first(200)));
    EXPECT_THAT(must(library().passages_without_vector(1000)), SizeIs(100));

    const auto expect_exact = [&](const std::vector<float>& query, std::size_t count) {
        std::vector<std::pair<double, PassageId>> truth;
        for (std::size_t i = 0; i < count; ++i) {
            double dot = 0;
            for (std::size_t k = 0; k < query.size(); ++k) dot += double{query[k]} * vectors[i][k];
            truth.emplace_back(-dot, ids_[i]);
        }
        std::sort(truth.begin(), truth.end());
        const auto hits = must(library().search_vectors(query, {}, 10));
        ASSERT_THAT(hits, SizeIs(10));
        EXPECT_EQ(hits[0].passage.id, truth[0].second);
        for (std::size_t i = 0; i < 10; ++i) EXPECT_NEAR(hits[i].score, -truth[i].first, 2e-3) << i;
    };
    expect_exact(vectors[42], 200);
    must(library().add_vectors(std::span(ids_).subspan(200, 100), std::span(vectors).subspan(200)));
    expect_exact(vectors[250], 300);

    EXPECT_THAT(must(library().search_vectors(vectors[0], {{session + 1}, {}, {}}, 10)), IsEmpty());
    EXPECT_THAT(must(library().search_vectors(unit_vector(random, 8), {}, 10)), IsEmpty());
    must(library().remove_source(source));
    EXPECT_THAT(must(library().search_vectors(vectors[0], {}, 10)), IsEmpty());
    EXPECT_THAT(must(library().passages_without_vector(10)), IsEmpty());
}

TEST(DotProductTest, EveryVariantAgreesWithDoubles)
{
    std::mt19937 random(3);
    for (const std::size_t size : {0u, 1u, 7u, 31u, 32u, 33u, 384u, 1001u}) {
        const auto a = unit_vector(random, size);
        const QuantizedVector b = quantize(unit_vector(random, size));
        double truth = 0;
        for (std::size_t i = 0; i < size; ++i) truth += double{a[i]} * b.data[i];
        for (const DotProduct& dot : dot_products())
            EXPECT_NEAR(dot.run(a.data(), b.data.data(), size), truth, 1e-3) << dot.name << size;
    }
    EXPECT_EQ(dot_products().back().name, "portable");
    EXPECT_EQ(quantize(std::vector<float>(4, 0.0F)).data, std::vector<std::int8_t>(4, 0));
}

} // namespace
