#include "mcp/handshake.hpp"

#include "tests/support/catch.hpp"

#include <boost/json.hpp>

using namespace orch;
using namespace orch::mcp;

TEST_CASE("the hello of a client is read", "[mcp][handshake]") {
    std::string text = make_request(
        "1", "initialize",
        R"({"protocolVersion":"2025-06-18","capabilities":{"roots":{} },"clientInfo":{"version":"2","name":"Zo\u00eb"}})");
    const auto message = parse_client_message(text);
    REQUIRE(message.has_value());
    const auto hello = read_client_hello(text, *message);
    REQUIRE(hello.has_value());
    CHECK(hello->requested_version == "2025-06-18");
    CHECK(hello->client_name == "Zoë");
    CHECK(hello->client_version == "2");
    CHECK(hello->capabilities == R"({"roots":{} })");
}

TEST_CASE("a hello with a missing member names it", "[mcp][handshake]") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"", "\"params\""},
        {"[]", "\"params\""},
        {R"({"capabilities":{},"clientInfo":{"name":"x"}})", "params.protocolVersion"},
        {R"({"protocolVersion":1,"capabilities":{},"clientInfo":{"name":"x"}})",
         "params.protocolVersion"},
        {R"({"protocolVersion":"1","clientInfo":{"name":"x"}})", "params.capabilities"},
        {R"({"protocolVersion":"1","capabilities":[],"clientInfo":{"name":"x"}})",
         "params.capabilities"},
        {R"({"protocolVersion":"1","capabilities":{}})", "params.clientInfo.name"},
        {R"({"protocolVersion":"1","capabilities":{},"clientInfo":"x"})",
         "params.clientInfo.name"}};
    for (const auto& [params, member] : table) {
        std::string text = make_request("\"i\"", "initialize", params);
        CAPTURE(text);
        const auto message = parse_client_message(text);
        REQUIRE(message.has_value());
        const auto hello = read_client_hello(text, *message);
        REQUIRE_FALSE(hello.has_value());
        CHECK(hello.error().rpc_code == code::invalid_params);
        CHECK(hello.error().id == "\"i\"");
        CHECK_THAT(hello.error().detail, Catch::Contains(member));
    }
}

TEST_CASE("the hello of a server is read", "[mcp][handshake]") {
    std::string line = make_result(
        "0",
        R"({"protocolVersion":"2024-11-05","capabilities":{"logging":{},"tools":{"listChanged":true}},"serverInfo":{"name":"s","version":"1"},"instructions":"do\nit"})");
    const auto message = parse_server_line(line);
    REQUIRE(message.has_value());
    const auto hello = read_server_hello(line, *message);
    REQUIRE(hello.has_value());
    CHECK(hello->version == revision::v2024_11_05);
    CHECK(hello->server_name == "s");
    CHECK(hello->instructions == "do\nit");
    CHECK(hello->offered.tools);
    CHECK(hello->offered.logging);
    CHECK_FALSE(hello->offered.prompts);
    CHECK(hello->capabilities == R"({"logging":{},"tools":{"listChanged":true}})");
}

TEST_CASE("a server hello that cannot be used says why", "[mcp][handshake]") {
    const std::vector<std::pair<std::string, std::string>> table{
        {make_error("0", -32602, "go away"), "go away"},
        {make_result("0", "1"), "result"},
        {make_result("0", "{}"), "protocolVersion"},
        {make_result("0", R"({"protocolVersion":"1999-01-01","capabilities":{}})"), "1999-01-01"},
        {make_result("0", R"({"protocolVersion":"2024-11-05","serverInfo":{"name":"s"}})"),
         "capabilities"},
        {make_result("0", R"({"protocolVersion":"2024-11-05","capabilities":{}})"),
         "serverInfo.name"}};
    for (const auto& [source, reason] : table) {
        std::string line = source;
        CAPTURE(line);
        const auto message = parse_server_line(line);
        REQUIRE(message.has_value());
        const auto hello = read_server_hello(line, *message);
        REQUIRE_FALSE(hello.has_value());
        CHECK(hello.error().code == errc::protocol_violation);
        CHECK_THAT(hello.error().detail, Catch::Contains(reason));
    }
}

TEST_CASE("both of our hellos are well formed", "[mcp][handshake]") {
    const auto params = boost::json::parse(initialize_params("1.\"0"));
    CHECK(params.at("protocolVersion") == "2025-11-25");
    CHECK(params.at("capabilities").as_object().empty());
    CHECK(params.at("clientInfo").at("version") == "1.\"0");
    const auto result = boost::json::parse(initialize_result(revision::v2025_03_26, "my \"server\"",
                                                             "1", {.tools = true}, "read\nme"));
    CHECK(result.at("protocolVersion") == "2025-03-26");
    CHECK(result.at("capabilities").at("tools").at("listChanged") == true);
    CHECK(result.at("serverInfo").at("name") == "my \"server\"");
    CHECK(result.at("instructions") == "read\nme");
    CHECK_FALSE(boost::json::parse(initialize_result(latest_revision, "s", "1", {}, ""))
                    .as_object()
                    .contains("instructions"));
}

TEST_CASE("84-7: clients are known by their name and else by their user agent",
          "[mcp][handshake]") {
    const std::vector<std::tuple<std::string, std::string, std::string>> table{
        {"Cursor/1.0", "", "cursor"},
        {"", "cursor-vscode", "cursor"},
        {"Visual Studio Code/1.99", "", "vscode"},
        {"node", "Cline", "cline"},
        {"node", "Roo Code", "roo"},
        {"node", "", "node"},
        {"Cursor/1.0", "claude-ai", "claude"},
        {"", "mcp-inspector", "inspector"},
        {"", "windsurf-client", "windsurf"},
        {"room/1", "brook", "unknown"},
        {"", "", "unknown"}};
    for (const auto& [agent, name, type] : table) {
        CAPTURE(agent, name);
        CHECK(detect_client_type(agent, name) == type);
    }
}
