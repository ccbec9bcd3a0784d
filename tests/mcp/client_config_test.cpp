#include "mcp/client_config.hpp"

#include "tests/support/catch.hpp"

#include <boost/json.hpp>

using namespace orch;
using namespace orch::mcp;

namespace {

imported_server read_entry(const std::string& entry) {
    const auto servers = read_client_config(R"({"mcpServers":{"s":)" + entry + "}}");
    REQUIRE(servers.has_value());
    REQUIRE(servers->size() == 1);
    return servers->front();
}

} // namespace

TEST_CASE("a configuration of each client is read", "[mcp][client_config]") {
    for (const std::string_view text :
         {R"({"mcpServers":{"s":{"command":"c"}}})", R"({"servers":{"s":{"command":"c"}}})",
          R"({"mcp":{"servers":{"s":{"command":"c"}}}})", R"({"s":{"command":"c"}})",
          "\xef\xbb\xbf{\"s\":{\"command\":\"c\"}}",
          "{ // a comment\n \"inputs\": [], \"servers\": { \"s\": { \"command\": \"c\", }, /* b */ "
          "}, }",
          R"({"servers":{"command":"c"}})"}) {
        CAPTURE(text);
        const auto servers = read_client_config(text);
        REQUIRE(servers.has_value());
        REQUIRE(servers->size() == 1);
        CHECK(servers->front().command == "c");
        CHECK(servers->front().kind == model::transport::stdio);
        CHECK(servers->front().fault.empty());
    }
    CHECK(read_client_config("{}")->empty());
    CHECK(read_client_config(R"({"mcpServers":{}})")->empty());
}

TEST_CASE("every known field is taken over and unknown ones are ignored", "[mcp][client_config]") {
    const imported_server s = read_entry(
        R"({"command":"npx","args":["-y","x"],"env":{"B":"2","A":"1"},"cwd":"/w","timeout":1.5,
            "description":"d","disabled":true,"autoApprove":["t"],"transportType":"stdio"})");
    CHECK(s.fault.empty());
    CHECK(s.args == std::vector<std::string>{"-y", "x"});
    CHECK(s.env == model::name_value_list{{"B", "2"}, {"A", "1"}});
    CHECK(s.cwd == "/w");
    CHECK(s.call_timeout == std::chrono::milliseconds{1500});
    CHECK(s.description == "d");
    CHECK(s.enabled == false);
    CHECK_FALSE(s.url);
    CHECK_FALSE(s.headers);

    const imported_server bare = read_entry(R"({"command":"c","args":null})");
    CHECK_FALSE(bare.args);
    CHECK_FALSE(bare.enabled);
    CHECK_FALSE(bare.call_timeout);
}

TEST_CASE("the transport is named or follows from the fields", "[mcp][client_config]") {
    using model::transport;
    const std::vector<std::pair<std::string, transport>> table{
        {R"({"url":"http://h/mcp"})", transport::streamable_http},
        {R"({"url":"http://h/sse"})", transport::sse},
        {R"({"serverUrl":"http://h/mcp","headers":{"A":"b"}})", transport::streamable_http},
        {R"({"type":"http","url":"http://h"})", transport::streamable_http},
        {R"({"transport":"sse","url":"http://h"})", transport::sse},
        {R"({"transportType":"streamableHttp","url":"http://h"})", transport::streamable_http},
        {R"({"type":"stdio","command":"c"})", transport::stdio}};
    for (const auto& [entry, kind] : table) {
        CAPTURE(entry);
        const imported_server s = read_entry(entry);
        CHECK(s.fault.empty());
        CHECK(s.kind == kind);
    }
}

TEST_CASE("a bad entry says what is wrong and spares the others", "[mcp][client_config]") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"7", "not an object"},
        {"{}", "neither \"command\" nor \"url\""},
        {R"({"command":""})", "neither \"command\" nor \"url\""},
        {R"({"command":["a"]})", "\"command\""},
        {R"({"command":"c","args":"x"})", "\"args\""},
        {R"({"command":"c","args":["x",1]})", "\"args[1]\""},
        {R"({"command":"c","env":[]})", "\"env\""},
        {R"({"command":"c","env":{"PORT":80}})", "\"env.PORT\""},
        {R"({"command":"c","timeout":"60"})", "\"timeout\""},
        {R"({"command":"c","timeout":0})", "\"timeout\""},
        {R"({"command":"c","timeout":1e300})", "\"timeout\""},
        {R"({"command":"c","disabled":1})", "\"disabled\""},
        {R"({"command":"c","type":"pigeon"})", "pigeon"},
        {R"({"command":"c","type":"sse"})", "needs a \"url\""},
        {R"({"url":"http://h","type":"stdio"})", "needs a \"command\""},
        {R"({"command":"c","env":{"K":"x${input:api-key}"}})", "api-key"},
        {R"({"url":"http://h","headers":{"A":"Bearer ${input:tok"}})", "\"headers.A\""},
        {R"({"command":"a\u0000b"})", "NUL"},
        {R"({"command":"x","env":{"A=B":"c"}})", "'='"},
        {R"({"command":"x","env":{"":"c"}})", "empty"},
        {R"({"url":"http://x","headers":{"A\u0000":"c"}})", "headers"}};
    for (const auto& [entry, reason] : table) {
        CAPTURE(entry);
        const auto servers = read_client_config(R"({"mcpServers":{"bad":)" + entry +
                                                R"(,"good":{"command":"c"}}})");
        REQUIRE(servers.has_value());
        REQUIRE(servers->size() == 2);
        CHECK_THAT(servers->at(0).fault, Catch::Contains(reason));
        CHECK(servers->at(1).fault.empty());
    }
}

TEST_CASE("an input that is a whole value is kept for whoever knows it", "[mcp][client_config]") {
    const auto servers = read_client_config(
        R"({"mcpServers":{"files":{"command":"c","env":{"K":"${input:files-K}"}}}})");
    REQUIRE(servers.has_value());
    CHECK(servers->at(0).fault.empty());
    CHECK(servers->at(0).env == model::name_value_list{{"K", "${input:files-K}"}});
    CHECK(input_named("${input:files-K}") == "files-K");
    for (const auto* other :
         {"", "${input:", "${input:a}b", "x${input:a}", "${K}", "${input:a}}"}) {
        CAPTURE(other);
        CHECK(input_named(other).empty());
    }
}

TEST_CASE("a file that is no map of servers is refused with a place", "[mcp][client_config]") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"", "not valid JSON"},
        {"{\n\n\"mcpServers\": }", "line 3"},
        {"{\"mcpServers\":{}", "not valid JSON"},
        {"{} x", "not valid JSON"},
        {"[]", "no map of servers"},
        {R"({"a":1})", "no map of servers"},
        {R"({"mcpServers":[]})", "no map of servers"}};
    for (const auto& [text, reason] : table) {
        CAPTURE(text);
        const auto servers = read_client_config(text);
        REQUIRE_FALSE(servers.has_value());
        CHECK(servers.error().code == errc::invalid_argument);
        CHECK_THAT(servers.error().detail, Catch::Contains(reason));
    }
}

TEST_CASE("odd names get valid ones that do not collide", "[mcp][client_config]") {
    const auto servers = read_client_config(
        R"({"mcpServers":{"my server":{"command":"c"},"my.server":{"command":"c"},
            "my_server":{"command":"c"},"日本":{"command":"c"}}})");
    REQUIRE(servers.has_value());
    REQUIRE(servers->size() == 4);
    CHECK(servers->at(0).original_name == "my server");
    CHECK(servers->at(0).name == "my_server_2");
    CHECK(servers->at(1).name == "my_server_3");
    CHECK(servers->at(2).name == "my_server");
    CHECK(servers->at(3).name == "server");
}

TEST_CASE("what we write for clients can be read back", "[mcp][client_config]") {
    const std::string text = write_client_config(
        {{"p-unified", "sse", "http://h/sse"}, {"p\"2", "streamable-http", "http://h/mcp"}},
        "k\"1");
    CAPTURE(text);
    const auto servers = read_client_config(text);
    REQUIRE(servers.has_value());
    REQUIRE(servers->size() == 2);
    CHECK(servers->at(0).url == "http://h/sse");
    CHECK(servers->at(0).kind == model::transport::sse);
    CHECK(servers->at(0).headers == model::name_value_list{{"Authorization", "Bearer k\"1"}});
    CHECK(servers->at(1).original_name == "p\"2");
    CHECK(servers->at(1).kind == model::transport::streamable_http);
    CHECK_NOTHROW(boost::json::parse(write_client_config({}, "k")));
}
