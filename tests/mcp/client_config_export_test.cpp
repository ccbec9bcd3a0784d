#include "mcp/client_config.hpp"

#include "tests/support/catch.hpp"

#include <boost/json/parse.hpp>

using namespace orch;
using mcp::config_format;
using mcp::export_client_config;

namespace {

model::server_definition stdio_server() {
    model::server_definition server;
    server.name = "files";
    server.command = "npx";
    server.args = {"-y", "a \"quoted\" \u00e9"};
    server.env = {{"TOKEN", "s3cret"}, {"PLAIN", "also s3cret"}};
    server.cwd = "/srv";
    server.description = "reads files";
    server.call_timeout = std::chrono::milliseconds(1'500);
    return server;
}

model::server_definition remote_server() {
    model::server_definition server;
    server.name = "far";
    server.kind = model::transport::streamable_http;
    server.url = "https://example.org/mcp";
    server.headers = {{"Authorization", "Bearer s3cret"}};
    server.enabled = false;
    return server;
}

} // namespace

TEST_CASE("what is exported can be imported again, but for the secrets", "[mcp][config]") {
    const auto files = stdio_server();
    const auto far = remote_server();
    const auto format = GENERATE(config_format::mcp_servers, config_format::vscode);
    const auto text = export_client_config({&files, &far}, format);
    CHECK(text.find("s3cret") == std::string::npos);
    const auto read = mcp::read_client_config(text);
    REQUIRE(read.has_value());
    REQUIRE(read->size() == 2);
    const auto& first = (*read)[0].name == "files" ? (*read)[0] : (*read)[1];
    const auto& second = (*read)[0].name == "files" ? (*read)[1] : (*read)[0];
    CHECK(first.fault.empty());
    CHECK(second.fault.empty());
    CHECK(first.kind == model::transport::stdio);
    CHECK(first.command == files.command);
    CHECK(first.args == files.args);
    CHECK(first.cwd == files.cwd);
    CHECK(first.description == files.description);
    CHECK(first.call_timeout == files.call_timeout);
    CHECK(first.enabled == true);
    REQUIRE(first.env.has_value());
    CHECK(first.env->size() == 2);
    CHECK(second.kind == model::transport::streamable_http);
    CHECK(second.url == far.url);
    CHECK(second.enabled == false);
    REQUIRE(second.headers.has_value());
    CHECK(second.headers->front().first == "Authorization");
}

TEST_CASE("VS Code asks for each secret by an input of its own", "[mcp][config]") {
    const auto files = stdio_server();
    const auto json = boost::json::parse(export_client_config({&files}, config_format::vscode));
    const auto& inputs = json.at("inputs").as_array();
    REQUIRE(inputs.size() == 2);
    CHECK(inputs[0].at("id") == "files-TOKEN");
    CHECK(inputs[0].at("password") == true);
    CHECK(json.at("servers").at("files").at("env").at("TOKEN") == "${input:files-TOKEN}");
}

TEST_CASE("formats have the names of their clients", "[mcp][config]") {
    CHECK(mcp::parse_config_format("") == config_format::mcp_servers);
    CHECK(mcp::parse_config_format("claude") == config_format::mcp_servers);
    CHECK(mcp::parse_config_format("vscode") == config_format::vscode);
    CHECK_FALSE(mcp::parse_config_format("emacs").has_value());
}
