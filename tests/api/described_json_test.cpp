#include "api/described_json.hpp"

#include "api/rest_types.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::api;
using Catch::Matchers::Contains;

namespace {

struct inner {
    int count = 0;
};
BOOST_DESCRIBE_STRUCT(inner, (), (count))

struct everything {
    std::string text = "a\"b\n";
    bool yes = true;
    int number = -3;
    double half = 0.5;
    std::optional<std::string> absent;
    std::optional<std::string> present = "x";
    std::vector<inner> list{{1}, {2}};
    std::map<std::string, bool> checks{{"db", false}};
    raw_json raw{R"({"as":"is"})"};
};
BOOST_DESCRIBE_STRUCT(everything, (), (text, yes, number, half, absent, present, list, checks, raw))

struct wanted {
    std::string name;
    std::optional<bool> preview;
    std::optional<raw_json> config;
};
BOOST_DESCRIBE_STRUCT(wanted, (), (name, preview, config))

std::string complaint(const std::string& body) {
    const auto read = read_body<wanted>(body);
    if (read) {
        return "(none)";
    }
    CHECK(read.error().code == errc::invalid_argument);
    return read.error().detail;
}

} // namespace

TEST_CASE("a described struct is printed in its order", "[api][json]") {
    CHECK(to_json(everything{}) ==
          R"({"text":"a\"b\n","yes":true,"number":-3,"half":0.5,"absent":null,"present":"x",)"
          R"("list":[{"count":1},{"count":2}],"checks":{"db":false},"raw":{"as":"is"}})");
}

TEST_CASE("a good body is read", "[api][json]") {
    const auto read = read_body<wanted>(R"({"config":{"a":[1]},"name":"x","preview":true})");
    REQUIRE(read.has_value());
    CHECK(read->name == "x");
    CHECK(read->preview == true);
    CHECK(read->config->text == R"({"a":[1]})");
}

TEST_CASE("null means absent, and only optional members may be", "[api][json]") {
    const auto read = read_body<wanted>(R"({"name":"x","preview":null})");
    REQUIRE(read.has_value());
    CHECK_FALSE(read->preview);
    CHECK_FALSE(read->config);
    CHECK_THAT(complaint(R"({"name":null})"), Contains("name"));
}

TEST_CASE("every fault of a body names its field", "[api][json]") {
    CHECK_THAT(complaint(R"({})"), Contains("name is missing"));
    CHECK_THAT(complaint(R"({"preview":true})"), Contains("name is missing"));
    CHECK_THAT(complaint(R"({"name":5})"), Contains("name must be a string"));
    CHECK_THAT(complaint(R"({"name":"x","preview":"yes"})"),
               Contains("preview must be true or false"));
    CHECK_THAT(complaint(R"({"name":"x","surplus":1})"), Contains("surplus is not a known field"));
    CHECK_THAT(complaint(R"({"name":"x","Name":"y"})"), Contains("Name is not a known field"));
}

TEST_CASE("a body that is no object is refused", "[api][json]") {
    for (const auto* body : {"[]", "\"x\"", "1", "null"}) {
        CHECK_THAT(complaint(body), Contains("must be a JSON object"));
    }
    for (const auto* body : {"", "{", "{\"name\":\"x\"", "{\"name\":\"x\"} y", "{'name':1}"}) {
        CHECK_THAT(complaint(body), Contains("not JSON"));
    }
    CHECK_THAT(complaint(std::string(10'000, '[')), Contains("not JSON"));
}

TEST_CASE("numbers keep their digits when a value is passed through", "[api][json]") {
    for (const std::string number :
         {"0", "-1", "9007199254740993", "18446744073709551615", "0.1"}) {
        const auto read = read_body<wanted>(R"({"name":"x","config":)" + number + "}");
        REQUIRE(read.has_value());
        CHECK(std::stold(read->config->text) == std::stold(number));
    }
}
