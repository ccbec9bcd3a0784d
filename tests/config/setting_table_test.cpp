#include "config/setting_table.hpp"

#include "config/print.hpp"
#include "tests/support/catch.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

using namespace orch::config;

namespace {

std::string configuration_document() {
    std::ifstream file(ORCH_SOURCE_DIR "/docs/configuration.md");
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

TEST_CASE("keys, flags and environment names are unique", "[config][setting_table]") {
    std::set<std::string> names;
    for (const auto& row : setting_table()) {
        CAPTURE(row.key);
        CHECK(names.emplace(row.key).second);
        CHECK(names.insert(environment_name(row)).second);
        CHECK((row.flag.empty() || names.emplace(row.flag).second));
        CHECK(row.help.ends_with('.'));
    }
    CHECK(names.size() > setting_table().size() * 2);
}

TEST_CASE("environment names follow from keys", "[config][setting_table]") {
    CHECK(environment_name(*find_setting("server.listen")) == "MCP_ORCH_SERVER_LISTEN");
    CHECK(environment_name(*find_setting("data_dir")) == "MCP_ORCH_DATA_DIR");
    CHECK(find_setting("server") == nullptr);
    CHECK(find_flag("--listen") == find_setting("server.listen"));
    CHECK(find_flag("") == nullptr);
}

TEST_CASE("every default is a value that its own setting accepts", "[config][setting_table]") {
    for (const auto& row : setting_table()) {
        CAPTURE(row.key);
        settings target;
        const auto shown = row.show(target);
        REQUIRE(row.assign(target, shown).has_value());
        CHECK(row.show(target) == shown);
    }
}

TEST_CASE("each setting writes its own place only", "[config][setting_table]") {
    for (const auto& changed : setting_table()) {
        CAPTURE(changed.key);
        settings target;
        const auto before = changed.show(target);
        bool stored = false;
        for (const auto* text :
             {"7", "7s", "admin", "2MiB", "3KiB", "true", "false", "x", "none", "gap", "json",
              "error", "127.0.0.9:9", "https://a.example", "a.example", "10.0.0.9", "internet"}) {
            stored = stored ||
                     (changed.assign(target, text).has_value() && changed.show(target) != before);
        }
        CHECK(stored);
        for (const auto& other : setting_table()) {
            if (&other != &changed) {
                CAPTURE(other.key);
                CHECK(other.show(target) == other.show(settings{}));
            }
        }
    }
}

TEST_CASE("values out of range are refused with the range", "[config][setting_table]") {
    settings target;
    const auto refused = find_setting("server.io_threads")->assign(target, "65");
    REQUIRE(refused.has_error());
    CHECK(refused.error().detail == "65 is out of range: 1 to 64");
    CHECK(find_setting("http.idle_timeout")->assign(target, "1ms").has_error());
    CHECK(find_setting("http.body_bytes_max")->assign(target, "2GiB").has_error());
    CHECK(find_setting("http.body_bytes_max")->assign(target, "1GiB").has_value());
}

// config_tests "[.reference]" prints what docs/configuration.md has to hold.
TEST_CASE("the table of settings can be printed", "[.reference]") {
    std::cout << reference_table();
    CHECK(std::cout.good());
}

TEST_CASE("the document holds the table of settings as it is", "[config][setting_table]") {
    const auto document = configuration_document();
    const auto table = reference_table();
    CAPTURE(table);
    CHECK(document.find(table) != document.npos);
}
