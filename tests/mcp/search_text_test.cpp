#include "mcp/search_text.hpp"
#include "tests/support/catch.hpp"

using orch::mcp::fold_for_search;
using orch::mcp::fold_json_for_search;

TEST_CASE("searches compare letters without their case and words without signs", "[mcp][search]") {
    CHECK(fold_for_search("Read FILE", 100) == "read file");
    CHECK(fold_for_search("  a\t\n  b ", 100) == "a b");
    CHECK(fold_for_search("ÄÖÜ Ωμέγα Привет 서울", 100) == "äöü ωμέγα привет 서울");
    CHECK(fold_for_search(R"({"path":"/tmp/A b","n":[1,2]})", 100) == "path /tmp/a b n 1 2");
    CHECK(fold_for_search("a\xFFz\xC3", 100) == "a z");
    CHECK(fold_for_search("", 100).empty());
    CHECK(fold_for_search(R"({"":[]})", 100).empty());
}

TEST_CASE("what escapes stand for is searched", "[mcp][search]") {
    CHECK(fold_json_for_search(R"({"t":"\u00c9t\u00e9\nund \"Zitat\" \ud83d\ude00"})", 100) ==
          "t été und zitat 😀");
    CHECK(fold_json_for_search(R"({"t":"cut \u00)", 100).starts_with("t cut"));
    CHECK(fold_json_for_search(R"("C:\\Temp")", 100) == "c \\temp");
}

TEST_CASE("a folded text ends between two characters", "[mcp][search]") {
    CHECK(fold_for_search("abcdef", 3) == "abc");
    CHECK(fold_for_search("aéé", 4) == "aé");
    CHECK(fold_for_search("ab cd", 3) == "ab");
    CHECK(fold_json_for_search(std::string(100'000, 'x'), 50) == std::string(50, 'x'));
}

TEST_CASE("a long text is folded as its parts are", "[mcp][search]") {
    // Texts are folded in pieces: a gap, a letter or a wide one may stand at each border.
    for (std::size_t before = 250; before < 262; ++before) {
        CAPTURE(before);
        const std::string head(before, 'X');
        const std::string folded(before, 'x');
        CHECK(fold_for_search(head + " , Y", 1'000) == folded + " y");
        CHECK(fold_for_search(head + "\xc3\x89Z", 1'000) == folded + "\xc3\xa9z");
        CHECK(fold_for_search(head + " Y", before + 1) == folded);
        CHECK(fold_for_search(head + "YZ", before + 1) == folded + "y");
        CHECK(fold_for_search(head, before - 1) == folded.substr(1));
    }
}
