#include "mcp/tool_name.hpp"

#include "mcp/version.hpp"

#include "tests/support/catch.hpp"

#include <map>
#include <random>

using namespace orch::mcp;

TEST_CASE("plain tool names get the server in front", "[mcp][tool_name]") {
    CHECK(public_tool_name("fs", "read_file") == "fs__read_file");
    CHECK(public_tool_name("fs", "a__b") == "fs__a__b");
    CHECK(public_tool_name("fs", std::string(60, 'x')) == "fs__" + std::string(60, 'x'));
}

TEST_CASE("names that clients would refuse are made to fit with a stable suffix",
          "[mcp][tool_name]") {
    // Stored in allow lists of clients, so these values must never change.
    CHECK(public_tool_name("fs", "read.file") == "fs__read_file_2d6f0437");
    CHECK(public_tool_name("fs", "") == "fs__tool_811c9dc5");
    for (const std::string& tool :
         {std::string(61, 'x'), std::string(500, 'y'), std::string("naïve"), std::string("_x"),
          std::string("é"), std::string("a b"), std::string("\0", 1)}) {
        const std::string name = public_tool_name("fs", tool);
        CAPTURE(tool, name);
        CHECK(name.size() <= public_tool_name_max);
        CHECK(name.starts_with("fs__"));
        CHECK_FALSE(name.starts_with("fs___"));
        CHECK(name == public_tool_name("fs", tool));
    }
}

TEST_CASE("public names are different for different tools and lead back to their server",
          "[mcp][tool_name]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> servers{"a", "a_", "a_b", "a-b", "ab", std::string(40, 's')};
    constexpr std::string_view alphabet = "abAB01_-. /\xc3\xa9";
    std::map<std::string, std::pair<std::string, std::string>> seen;
    for (int round = 0; round < 5'000; ++round) {
        const std::string& server = servers[random() % servers.size()];
        std::string tool;
        for (auto size = random() % 70 + 1; size > 0; --size) {
            tool += alphabet[random() % alphabet.size()];
        }
        const std::string name = public_tool_name(server, tool);
        CAPTURE(server, tool, name);
        REQUIRE(name.size() <= public_tool_name_max);
        const auto [entry, fresh] = seen.emplace(name, std::pair{server, tool});
        REQUIRE((fresh || entry->second == std::pair{server, tool}));
        const auto routed = route_tool_name(name, servers);
        REQUIRE(routed);
        REQUIRE(routed->server == server);
        REQUIRE((routed->tool == tool || public_tool_name(routed->server, tool) == name));
    }
}

TEST_CASE("calls are routed to the longest server name", "[mcp][tool_name]") {
    const std::vector<std::string> servers{"git", "git_hub", "git-hub", "git_"};
    const std::vector<std::tuple<std::string, std::string, std::string>> table{
        {"git__log", "git", "log"},           {"git.log", "git", "log"},
        {"git_hub__pull", "git_hub", "pull"}, {"git_hub.pull.request", "git_hub", "pull.request"},
        {"git__a.b__c", "git", "a.b__c"},     {"git___x", "git_", "x"},
        {"git-hub__x", "git-hub", "x"}};
    for (const auto& [name, server, tool] : table) {
        CAPTURE(name);
        const auto routed = route_tool_name(name, servers);
        REQUIRE(routed);
        CHECK(routed->server == server);
        CHECK(routed->tool == tool);
    }
    for (const std::string_view name : {"", "git", "git_", "git__", "git.", "log", "hub__log",
                                        "GIT__log", "__log", ".log", "gitlog"}) {
        CAPTURE(name);
        CHECK_FALSE(route_tool_name(name, servers));
    }
}

TEST_CASE("server names are checked and derived", "[mcp][tool_name]") {
    for (const std::string& good : {std::string("a"), std::string("_-"), std::string(40, 'x')}) {
        CHECK(is_server_name(good));
        CHECK(derive_server_name(good) == good);
    }
    for (const std::string& bad : {std::string(), std::string(41, 'x'), std::string("a__b"),
                                   std::string("a.b"), std::string("é"), std::string("a b")}) {
        CAPTURE(bad);
        CHECK_FALSE(is_server_name(bad));
        CHECK(is_server_name(derive_server_name(bad)));
    }
    CHECK(derive_server_name("My Server.v2") == "My_Server_v2");
    CHECK(derive_server_name("@scope/server--x") == "scope_server--x");
    CHECK(derive_server_name("日本") == "server");
    CHECK(derive_server_name("a__b") == "a_b");
}

TEST_CASE("project names are slugs that no one takes for an id", "[mcp][tool_name]") {
    CHECK(is_project_name("my-project-1"));
    CHECK(is_project_name(std::string(63, 'a')));
    for (const std::string_view bad :
         {"", "Big", "a_b", "a.b", "01234567-89ab-cdef-0123-456789abcdef",
          "0123456789abcdef0123456789abcdef"}) {
        CAPTURE(bad);
        CHECK_FALSE(is_project_name(bad));
    }
    CHECK_FALSE(is_project_name(std::string(64, 'a')));
}

TEST_CASE("a known protocol revision is kept and an unknown one answered with ours",
          "[mcp][version]") {
    for (const std::string_view text : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"}) {
        REQUIRE(parse_revision(text));
        CHECK(to_string(*parse_revision(text)) == text);
        CHECK(to_string(negotiate(text)) == text);
    }
    for (const std::string_view text : {"", "2023-01-01", "2026-01-01", "2024-11-05 "}) {
        CHECK_FALSE(parse_revision(text));
        CHECK(negotiate(text) == latest_revision);
    }
}
