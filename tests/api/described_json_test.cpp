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

struct part {
    std::string text;
    std::optional<std::int64_t> number;
};
BOOST_DESCRIBE_STRUCT(part, (), (text, number))

struct nested {
    std::optional<std::vector<part>> parts;
    std::optional<std::map<std::string, std::string>> env;
    patch<bool> answer;
    std::optional<double> share;
};
BOOST_DESCRIBE_STRUCT(nested, (), (parts, env, answer, share))

std::vector<std::string> fields_of(const error& found) {
    std::vector<std::string> fields;
    for (const auto& each : found.faults) {
        fields.push_back(each.field);
    }
    return fields;
}

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

TEST_CASE("null is no way to leave something out", "[api][json]") {
    const auto read = read_body<wanted>(R"({"name":"x"})");
    REQUIRE(read.has_value());
    CHECK_FALSE(read->preview);
    CHECK_FALSE(read->config);
    CHECK_THAT(complaint(R"({"name":null})"), Contains("name"));
    CHECK_THAT(complaint(R"({"name":"x","preview":null})"), Contains("preview must not be null"));
}

TEST_CASE("a patch tells what is left out from what is taken away", "[api][json]") {
    CHECK_FALSE(read_body<nested>("{}")->answer.given);
    const auto taken = read_body<nested>(R"({"answer":null})");
    REQUIRE(taken.has_value());
    CHECK(taken->answer.given);
    CHECK_FALSE(taken->answer.value);
    CHECK(read_body<nested>(R"({"answer":false})")->answer.value == false);
}

TEST_CASE("lists, maps and objects are read to any depth", "[api][json]") {
    const auto read = read_body<nested>(
        R"({"parts":[{"text":"a"},{"text":"b","number":2}],"env":{"A":"1"},"share":0.5})");
    REQUIRE(read.has_value());
    REQUIRE(read->parts->size() == 2);
    CHECK((*read->parts)[1].number == 2);
    CHECK(read->env->at("A") == "1");
    CHECK(read->share == 0.5);
}

TEST_CASE("all faults of a body come at once, each with its path", "[api][json]") {
    const auto read = read_body<nested>(
        R"({"parts":[{"text":1},{"number":"x","more":0},7],"env":{"A":1},"answer":2,"share":"",)"
        R"("surplus":null})");
    REQUIRE(read.has_error());
    CHECK(fields_of(read.error()) == std::vector<std::string>{"parts[0].text", "parts[1].text",
                                                              "parts[1].number", "parts[1].more",
                                                              "parts[2]", "env.A", "answer",
                                                              "share", "surplus"});
    CHECK_THAT(read.error().detail, Contains("parts[1].more is not a known field"));
}

TEST_CASE("lists and faults have an end", "[api][json]") {
    std::string list(elements_max * 2, ' ');
    for (std::size_t i = 0; i < elements_max; ++i) {
        list[2 * i] = '1';
        list[2 * i + 1] = ',';
    }
    const auto full = read_body<nested>(R"({"parts":[)" + list + "1]}");
    REQUIRE(full.has_error());
    CHECK(full.error().detail == "parts has more than 1000 elements");
    const auto wrong = read_body<nested>(R"({"parts":[)" + list.substr(0, 200) + "1]}");
    REQUIRE(wrong.has_error());
    CHECK(wrong.error().faults.size() == fault_list::faults_max);
    CHECK_THAT(wrong.error().detail, Contains("and 51 more"));
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

TEST_CASE("a field that is given twice is named, however it is spelled", "[api][json]") {
    for (const auto* body : {R"({"name":"x","name":"x"})", R"({"name":"x","n\u0061me":"y"})"}) {
        CHECK_THAT(complaint(body), Contains("name is given twice"));
    }
    CHECK_THAT(complaint(R"({"name":"x","config":[1,{"a":{"b":1,"b":1e400}}]})"),
               Contains("config[1].a.b is given twice"));
    CHECK(read_body<wanted>(R"({"name":"x","config":[{"a":1},{"a":1}]})").has_value());
}
