#include "core/json_writer.hpp"

#include "tests/support/catch.hpp"

#include <boost/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <limits>

using namespace orch;

namespace {

std::string quoted(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

} // namespace

TEST_CASE("every byte below the blank is escaped and comes back", "[core][json_writer]") {
    for (int c = 0; c < 0x80; ++c) {
        const std::string text = "a" + std::string(1, static_cast<char>(c)) + "b";
        CAPTURE(c);
        const std::string json = quoted(text);
        CHECK(boost::json::parse(json).as_string() == text);
        for (const char byte : json) {
            CHECK(static_cast<std::uint8_t>(byte) >= 0x20);
        }
    }
    CHECK(quoted("\"\\\n\r\t\x01") == R"("\"\\\n\r\t\u0001")");
    CHECK(quoted("\x1f") == R"("\u001f")");
    CHECK(quoted("") == "\"\"");
}

TEST_CASE("well-formed UTF-8 stays as it is", "[core][json_writer]") {
    for (const std::string_view text :
         {"é", "€", "\xf0\x9f\x98\x80", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
          "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "\xef\xbf\xbf"}) {
        CHECK(quoted(text) == "\"" + std::string(text) + "\"");
    }
}

TEST_CASE("bytes that are not UTF-8 become replacement characters", "[core][json_writer]") {
    const std::string bad = "\xef\xbf\xbd";
    const std::vector<std::pair<std::string, std::string>> table{
        {"\x80", bad},
        {"\xff", bad},
        {"\xc3", bad},
        {"a\xc3z", "a" + bad + "z"},
        {"\xc0\x80", bad + bad},
        {"\xe0\x80\x80", bad + bad + bad},
        {"\xed\xa0\x80", bad + bad + bad},
        {"\xed\xbf\xbf", bad + bad + bad},
        {"\xf0\x80\x80\x80", bad + bad + bad + bad},
        {"\xf4\x90\x80\x80", bad + bad + bad + bad},
        {"\xf5\x80\x80\x80", bad + bad + bad + bad},
        {"\xe2\x82\"", bad + bad + "\\\""},
        {"\xf0\x9f\x98", bad + bad + bad}};
    for (const auto& [text, expected] : table) {
        CAPTURE(expected);
        CHECK(quoted(text) == "\"" + expected + "\"");
        CHECK_NOTHROW(boost::json::parse(quoted(text)));
    }
}

TEST_CASE("the writer places commas", "[core][json_writer]") {
    std::string out;
    json_writer json(out);
    json.begin_object().key("a").number(1).key("b").begin_array();
    json.number(-5).string("x").begin_array().end_array().boolean(true).null().end_array();
    json.key("c").begin_object().end_object().key("d").raw("[0]").end_object();
    CHECK(out == R"({"a":1,"b":[-5,"x",[],true,null],"c":{},"d":[0]})");
}

TEST_CASE("numbers come back as they were", "[core][json_writer]") {
    const auto written = [](auto value) {
        std::string out;
        json_writer(out).number(value);
        return out;
    };
    CHECK(written(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(written(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
    for (const double value :
         {0.0, 0.1, -1e300, 5e-324, 123456789.125, std::numeric_limits<double>::max(),
          std::numeric_limits<double>::lowest(), -2.2250738585072014e-308}) {
        CHECK(std::strtod(written(value).c_str(), nullptr) == value);
        CHECK_NOTHROW(boost::json::parse(written(value)));
    }
    CHECK(written(std::numeric_limits<double>::infinity()) == "null");
    CHECK(written(std::numeric_limits<double>::quiet_NaN()) == "null");
}
