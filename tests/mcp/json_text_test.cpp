#include "mcp/json_text.hpp"

#include "tests/support/catch.hpp"

using namespace orch::mcp;

TEST_CASE("numbers follow the grammar of JSON", "[mcp][json_text]") {
    for (const std::string_view good : {"0", "-0", "10", "1.5", "-1.25e-7", "1E+9", "1e400000"}) {
        CAPTURE(good);
        CHECK(is_json_number(good));
    }
    for (const std::string_view bad :
         {"", "-", "+1", "01", "-01", ".5", "1.", "1.e1", "1e", "1e+", "0x1", "1 ", " 1", "1a"}) {
        CAPTURE(bad);
        CHECK_FALSE(is_json_number(bad));
    }
    CHECK(is_json_integer("-12"));
    CHECK_FALSE(is_json_integer("1.0"));
    CHECK_FALSE(is_json_integer("1e1"));
    CHECK_FALSE(is_json_integer("01"));
}

TEST_CASE("strings are decoded and broken escapes become replacement characters",
          "[mcp][json_text]") {
    const std::string bad = "\xef\xbf\xbd";
    const std::vector<std::pair<std::string, std::string>> table{
        {"", ""},
        {"plain", "plain"},
        {R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t"},
        {R"(\u0041\u00e9\u20AC)", "Aé€"},
        {R"(\ud83d\ude00x)", "\xf0\x9f\x98\x80x"},
        {R"(\ud83dx)", bad + "x"},
        {R"(\ud83d\ud83d\ude00)", bad + "\xf0\x9f\x98\x80"},
        {R"(\ude00)", bad},
        {R"(\u0000)", std::string(1, '\0')},
        {R"(\q)", bad},
        {R"(\u12)", bad + "12"},
        {"\\", bad}};
    for (const auto& [inner, expected] : table) {
        CAPTURE(inner);
        CHECK(decode_json_string(inner) == expected);
    }
}

TEST_CASE("only the escapes of JSON are valid", "[mcp][json_text]") {
    for (const std::string_view good : {"", "a", R"(\\)", R"(\\\")", R"(\ud800)", R"(\uABcd)"}) {
        CHECK(has_valid_escapes(good));
    }
    for (const std::string_view bad :
         {"\\", R"(\q)", R"(\u)", R"(\u123)", R"(\u123g)", R"(\\\)", R"(\U0041)", R"(\')"}) {
        CAPTURE(bad);
        CHECK_FALSE(has_valid_escapes(bad));
    }
}
