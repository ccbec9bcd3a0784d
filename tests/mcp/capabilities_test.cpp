#include "mcp/capabilities.hpp"

#include "tests/support/catch.hpp"

#include <boost/json.hpp>

using namespace orch::mcp;

TEST_CASE("a server's capabilities are read from their members", "[mcp][capabilities]") {
    const auto all = read_server_capabilities(
        R"({"tools":{"listChanged":true},"prompts":{},"resources":{"subscribe":true},)"
        R"("completions":{},"logging":{},"experimental":{"x":{}}})");
    CHECK(all == every_capability());
    const auto some = read_server_capabilities(R"({"resources":{"subscribe":false},"tools":null})");
    CHECK(some == server_capabilities{.resources = true});
    CHECK(read_server_capabilities("") == server_capabilities{});
    CHECK(read_server_capabilities("[1]") == server_capabilities{});
}

TEST_CASE("the first revision has no flag for completions", "[mcp][capabilities]") {
    const std::string raw = R"({"prompts":{}})";
    CHECK(read_server_capabilities(raw, revision::v2024_11_05).completions);
    CHECK_FALSE(read_server_capabilities(raw, revision::v2025_03_26).completions);
    CHECK_FALSE(read_server_capabilities("{}", revision::v2024_11_05).completions);
}

TEST_CASE("C13: a client is told what the servers offer together", "[mcp][capabilities]") {
    const auto merged = both({.tools = true, .resources = true},
                             {.prompts = true, .logging = true});
    const auto json = boost::json::parse(to_json(merged)).as_object();
    CHECK(json.size() == 4);
    CHECK(json.at("tools").at("listChanged") == true);
    CHECK(json.at("prompts").at("listChanged") == true);
    CHECK(json.at("resources").as_object().size() == 1);
    CHECK(json.contains("logging"));
    CHECK(to_json({}) == "{}");
    CHECK(boost::json::parse(to_json(every_capability())).at("resources").at("subscribe") == true);
    CHECK(merged.has("tools"));
    CHECK_FALSE(merged.has("completions"));
    CHECK(merged.has("of another revision"));
}

TEST_CASE("C13: an elicitation needs its own mode", "[mcp][capabilities]") {
    const auto forms = read_client_capabilities(
        R"({"elicitation":{},"roots":{"listChanged":true}})");
    CHECK(may_be_asked(forms, "elicitation/create", ""));
    CHECK(may_be_asked(forms, "elicitation/create", "form"));
    CHECK_FALSE(may_be_asked(forms, "elicitation/create", "url"));
    CHECK(may_be_asked(forms, "roots/list", ""));
    CHECK_FALSE(may_be_asked(forms, "sampling/createMessage", ""));
    const auto urls = read_client_capabilities(R"({"sampling":{},"elicitation":{"url":{}}})");
    CHECK(may_be_asked(urls, "elicitation/create", "url"));
    CHECK_FALSE(may_be_asked(urls, "elicitation/create", "form"));
    CHECK(may_be_asked(urls, "sampling/createMessage", ""));
    CHECK_FALSE(may_be_asked(urls, "tools/call", ""));
    CHECK_FALSE(may_be_asked(urls, "sampling/createMessage", "", true));
    CHECK(may_be_asked(read_client_capabilities(R"({"sampling":{"tools":{}}})"),
                       "sampling/createMessage", "", true));
    CHECK_FALSE(read_client_capabilities("{}").any());
}

TEST_CASE("only what servers may ask through us is relayed to them", "[mcp][capabilities]") {
    CHECK(relayed_capabilities(R"({"experimental":{"a":1},"sampling":{"tools":{}},"tasks":{},)"
                               R"("roots":{"listChanged":true},"elicitation":true})") ==
          R"({"sampling":{"tools":{}},"roots":{"listChanged":true}})");
    CHECK(relayed_capabilities("") == "{}");
}
