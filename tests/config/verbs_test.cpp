#include "app/cli/verbs.hpp"

#include "tests/support/catch.hpp"

#include <map>

using namespace orch;
using namespace orch::app::cli;

namespace {

/// Answers by "METHOD target" and remembers what it was asked; anything else is 404.
struct fake_orchestrator {
    std::map<std::string, net::response> answers;
    std::vector<admin_request> asked;

    admin_client client() {
        return admin_client([this](const admin_request& wanted) -> result<net::response> {
            asked.push_back(wanted);
            const auto found = answers.find(std::string(wanted.method) + " " + wanted.target);
            if (found == answers.end()) {
                return net::response{.status = 404,
                                     .content_type = "application/problem+json",
                                     .body = R"({"title":"Not Found","detail":"no such thing"})",
                                     .headers = {}};
            }
            return found->second;
        });
    }

    void answer(const std::string& line, std::string body, int status = 200) {
        answers[line] = {.status = status,
                         .content_type = "application/json",
                         .body = std::move(body),
                         .headers = {}};
    }
};

admin_client away() {
    return admin_client([](const admin_request&) -> result<net::response> {
        return error{errc::unavailable, "not running: start it"};
    });
}

const resource_form* form_of(std::string_view noun, std::string_view verb) {
    for (const auto& form : resource_forms()) {
        if (form.noun == noun && form.verb == verb) {
            return &form;
        }
    }
    FAIL("no form " << noun << " " << verb);
    return nullptr;
}

constexpr auto import_line = "POST /api/projects/home/servers/import";
constexpr auto call_line = "POST /api/projects/home/servers/time/tools/now/execute";

import_command import_into_home() {
    return {.inputs = {}, .file = "mcp.json", .project = "home", .preview = false};
}

call_command call_now() {
    return {.inputs = {},
            .server = "time",
            .tool = "now",
            .arguments = R"({"n":1.50})",
            .project = "home",
            .json = false};
}

} // namespace

TEST_CASE("import sends the file as it is and reports each server", "[app][verbs]") {
    fake_orchestrator orchestrator;
    orchestrator.answer(import_line, R"({"results":[
        {"name":"time","original_name":"time","outcome":"created","error":null},
        {"name":"my_fs","original_name":"my fs","outcome":"updated","error":null}]})");
    const auto done = import_servers(import_into_home(), "{\"mcpServers\": {\"n\": 1.50}}",
                                     orchestrator.client());
    CHECK(done.code == exit_code::ok);
    CHECK(done.out == "created    time\nupdated    my_fs (was \"my fs\")\n");
    REQUIRE(orchestrator.asked.size() == 1);
    CHECK(orchestrator.asked.front().body ==
          "{\"config\":{\"mcpServers\": {\"n\": 1.50}},\"preview\":false}");
}

TEST_CASE("import passes the wish for a preview on", "[app][verbs]") {
    fake_orchestrator orchestrator;
    orchestrator.answer(import_line, R"({"results":[]})");
    auto wanted = import_into_home();
    wanted.preview = true;
    const auto done = import_servers(wanted, "{}", orchestrator.client());
    CHECK(orchestrator.asked.front().body == R"({"config":{},"preview":true})");
    CHECK_THAT(done.err, Catch::Contains("names no servers"));
}

TEST_CASE("import fails when one server failed", "[app][verbs]") {
    fake_orchestrator orchestrator;
    orchestrator.answer(import_line, R"({"results":[
        {"name":"time","original_name":"time","outcome":"unchanged","error":null},
        {"name":null,"original_name":"__","outcome":"failed","error":"bad\u001bname"}]})");
    const auto done = import_servers(import_into_home(), "{}", orchestrator.client());
    CHECK(done.code == exit_code::failed);
    CHECK(done.out == "unchanged  time\n");
    CHECK(done.err == "failed     __: bad name\n");
}

TEST_CASE("import refuses what is no JSON object before it asks", "[app][verbs]") {
    fake_orchestrator orchestrator;
    const auto broken = import_servers(import_into_home(), "{\n  \"a\": 1,\n  ]\n}",
                                       orchestrator.client());
    CHECK(broken.code == exit_code::failed);
    CHECK_THAT(broken.err, Catch::Contains("mcp.json: not JSON at line 3, column "));
    const auto* wrong = GENERATE("", "[]", "{} {}", "{\"a\":", "null");
    CAPTURE(wrong);
    CHECK(import_servers(import_into_home(), wrong, orchestrator.client()).code ==
          exit_code::failed);
    CHECK(orchestrator.asked.empty());
}

TEST_CASE("key create prints the key alone on stdout", "[app][verbs]") {
    fake_orchestrator orchestrator;
    orchestrator.answer("POST /api/projects/home/api-keys",
                        R"({"api_key":"mo_abc","id":"1","name":"x","key_prefix":"mo_a"})", 201);
    const auto done = ask_for_resource({.inputs = {},
                                        .form = form_of("key", "create"),
                                        .values = {{"--project", {"home"}},
                                                   {"--name", {"my \"laptop\""}},
                                                   {"--expires-at", {"never"}},
                                                   {"--tools", {"read", "list"}}}},
                                       orchestrator.client());
    CHECK(done.code == exit_code::ok);
    CHECK(done.out == "mo_abc\n");
    CHECK_THAT(done.err, Catch::Contains("shown only now"));
    CHECK(orchestrator.asked.front().body ==
          R"({"name":"my \"laptop\"","expires_at":null,"scope":{"tools":["read","list"]}})");
    orchestrator.answer("POST /api/projects/home/api-keys", R"({"id":"1"})", 201);
    CHECK(ask_for_resource({.inputs = {},
                            .form = form_of("key", "create"),
                            .values = {{"--project", {"home"}}, {"--name", {"x"}}}},
                           orchestrator.client())
              .code == exit_code::failed);
}

TEST_CASE("each value of a list is a parameter of its own", "[app][verbs]") {
    fake_orchestrator orchestrator;
    orchestrator.answer(
        "GET /api/projects/home/server-logs?server_id=my%20fs&level=error&level=warning&limit=2",
        R"({"logs":[{"timestamp":"2026-01-31T12:00:00Z","server_name":"my fs","level":"error",
            "category":"crash","message":"ended\u001b[2J with exit code 1"}],"next_cursor":null})");
    const auto done = ask_for_resource({.inputs = {},
                                        .form = form_of("server-logs", ""),
                                        .values = {{"--project", {"home"}},
                                                   {"--server", {"my fs"}},
                                                   {"--level", {"error", "warning"}},
                                                   {"--limit", {"2"}}}},
                                       orchestrator.client());
    CHECK(done.code == exit_code::ok);
    CHECK(done.out ==
          "WHEN                  SERVER  LEVEL  CATEGORY  MESSAGE\n"
          "2026-01-31T12:00:00Z  my fs   error  crash     ended [2J with exit code 1\n");
}

TEST_CASE("servers prints an aligned table over all projects", "[app][verbs]") {
    fake_orchestrator orchestrator;
    orchestrator.answer("GET /api/projects", R"([{"name":"home"},{"name":"work"}])");
    orchestrator.answer("GET /api/projects/home/servers",
                        R"([{"name":"time","status":"ready","tools_count":2,
                            "process":{"pid":7,"instances":3},
                            "transport_type":"stdio","last_used_at":null,"last_error":null,
                            "is_enabled":true}])");
    orchestrator.answer("GET /api/projects/work/servers",
                        R"([{"name":"fs","status":"failed","tools_count":0,
                            "transport_type":"stdio","last_used_at":"2026-01-01T00:00:00Z",
                            "last_error":"exit 1\nagain","is_enabled":true},
                           {"name":"old","status":"stopped","is_enabled":false}])");
    const auto done = list_servers({}, orchestrator.client());
    CHECK(done.code == exit_code::ok);
    CHECK(
        done.out ==
        "PROJECT  NAME  STATUS    TOOLS  PROCESSES  TRANSPORT  LAST USED             LAST ERROR\n"
        "home     time  ready     2      3          stdio      -                     -\n"
        "work     fs    failed    0      -          stdio      2026-01-01T00:00:00Z  exit 1 again\n"
        "work     old   disabled  -      -          -          -                     -\n");
}

TEST_CASE("servers prints JSON as it came", "[app][verbs]") {
    fake_orchestrator orchestrator;
    orchestrator.answer("GET /api/projects", R"([{"name":"home"}])");
    orchestrator.answer("GET /api/projects/home/servers", R"([{"x":1.50}])");
    CHECK(
        list_servers({.inputs = {}, .project = "home", .json = true}, orchestrator.client()).out ==
        "[{\"x\":1.50}]\n");
    CHECK(list_servers({.inputs = {}, .project = "", .json = true}, orchestrator.client()).out ==
          "{\"home\":[{\"x\":1.50}]}\n");
}

TEST_CASE("call prints the text of the result", "[app][verbs]") {
    fake_orchestrator orchestrator;
    const std::string body = R"({"success":true,"error":null,"result":{"content":[
        {"type":"text","text":"first"},{"type":"image","mimeType":"image/png","data":"AA=="},
        {"type":"resource","resource":{"uri":"a:b","text":"second\n"}}]}})";
    orchestrator.answer(call_line, body);
    auto wanted = call_now();
    auto done = call_tool(wanted, orchestrator.client());
    CHECK(done.code == exit_code::ok);
    CHECK(done.out == "first\n[image image/png: --json prints it]\nsecond\n");
    CHECK(orchestrator.asked.front().body == R"({"arguments":{"n":1.50}})");
    CHECK(orchestrator.asked.front().timeout > std::chrono::minutes{10});

    wanted.json = true;
    done = call_tool(wanted, orchestrator.client());
    CHECK(done.out == body + "\n");
}

TEST_CASE("call fails when the tool reported an error", "[app][verbs]") {
    struct tool_error {
        const char* body;
        const char* said;
    };
    const auto row = GENERATE(
        tool_error{R"({"success":false,"result":null,"error":"server is away"})",
                   "mcp-orch: server is away\n"},
        tool_error{R"({"success":false,"error":{"code":-32602,"message":"bad n"}})",
                   "mcp-orch: bad n\n"},
        tool_error{R"({"success":true,"result":{"isError":true,
                       "content":[{"type":"text","text":"no such zone"}]}})",
                   "no such zone\n"},
        tool_error{R"({"success":false,"result":{"isError":true,"content":[]}})",
                   "mcp-orch: the tool reported an error\n"},
        tool_error{"[]", "mcp-orch: the tool reported an error\n"});
    CAPTURE(row.body);
    fake_orchestrator orchestrator;
    orchestrator.answer(call_line, row.body);
    const auto done = call_tool(call_now(), orchestrator.client());
    CHECK(done.code == exit_code::failed);
    CHECK(done.out.empty());
    CHECK(done.err == row.said);
    auto with_json = call_now();
    with_json.json = true;
    CHECK(call_tool(with_json, orchestrator.client()).code == exit_code::failed);
}

TEST_CASE("call takes the only project there is", "[app][verbs]") {
    fake_orchestrator orchestrator;
    orchestrator.answer("GET /api/projects", R"([{"name":"home"}])");
    orchestrator.answer(call_line, R"({"success":true,"result":{"content":[]}})");
    auto wanted = call_now();
    wanted.project.clear();
    CHECK(call_tool(wanted, orchestrator.client()).code == exit_code::ok);

    orchestrator.answer("GET /api/projects", R"([{"name":"home"},{"name":"work"}])");
    const auto done = call_tool(wanted, orchestrator.client());
    CHECK(done.code == exit_code::failed);
    CHECK_THAT(done.err, Catch::Contains("--project") && Catch::Contains("home, work"));
}

TEST_CASE("call refuses arguments that are no JSON object as wrong usage", "[app][verbs]") {
    fake_orchestrator orchestrator;
    auto wanted = call_now();
    wanted.arguments = GENERATE("", "[1]", "{", "{'a':1}", "{} x");
    const auto done = call_tool(wanted, orchestrator.client());
    CHECK(done.code == exit_code::usage);
    CHECK_THAT(done.err, Catch::Contains("ARGUMENTS"));
    CHECK(orchestrator.asked.empty());
}

TEST_CASE("a problem body is explained by its detail", "[app][verbs]") {
    fake_orchestrator orchestrator;
    auto done = call_tool(call_now(), orchestrator.client());
    CHECK(done.code == exit_code::failed);
    // The answer does not repeat what was asked for, so the command does.
    CHECK(done.err ==
          "mcp-orch: /api/projects/home/servers/time/tools/now/execute: no such thing\n");

    orchestrator.answer(call_line, R"({"title":"Service Unavailable"})", 503);
    done = call_tool(call_now(), orchestrator.client());
    CHECK(done.code == exit_code::failed);
    CHECK(done.err == "mcp-orch: Service Unavailable\n");

    orchestrator.answer(call_line, "<html>", 502);
    CHECK(call_tool(call_now(), orchestrator.client()).err ==
          "mcp-orch: the orchestrator answered 502\n");
    orchestrator.answer(call_line, "<html>");
    CHECK_THAT(call_tool(call_now(), orchestrator.client()).err, Catch::Contains("not JSON"));
}

TEST_CASE("every verb ends with its own exit code when nothing runs", "[app][verbs]") {
    CHECK(import_servers(import_into_home(), "{}", away()).code == exit_code::not_running);
    CHECK(ask_for_resource({{}, form_of("user", "list"), {}}, away()).code ==
          exit_code::not_running);
    CHECK(list_servers({}, away()).code == exit_code::not_running);
    const auto done = call_tool(call_now(), away());
    CHECK(done.code == exit_code::not_running);
    CHECK(done.err == "mcp-orch: not running: start it\n");
    CHECK(static_cast<int>(done.code) == 3);
}

TEST_CASE("path segments are escaped so that a name stays one segment", "[app][verbs]") {
    CHECK(api_path({"projects", "a-b_C9"}) == "/api/projects/a-b_C9");
    CHECK(api_path({"x", "a/b?c#d e%"}) == "/api/x/a%2Fb%3Fc%23d%20e%25");
    CHECK(api_path({"..", "ä"}) == "/api/%2E%2E/%C3%A4");
}
