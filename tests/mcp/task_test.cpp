#include "mcp/task.hpp"

#include "mcp/capabilities.hpp"
#include "mcp/request_params.hpp"
#include "tests/support/catch.hpp"

#include <vector>

using namespace orch::mcp;
using namespace std::chrono_literals;

namespace {

std::optional<task_reading> task_of(std::string text) { return read_task(text, {0, text.size()}); }

std::string related(std::string text) {
    const auto found = related_task(text, {0, text.size()});
    return std::string(found.of(text));
}

} // namespace

TEST_CASE("a task is read with its id, its end and how long it is kept", "[mcp][task]") {
    std::string text = R"( {"ttl":1500.5,"status" : "working","taskId":"a\/b"})";
    const auto task = read_task(text, {1, text.size() - 1});
    REQUIRE(task);
    CHECK(task->id == "a/b");
    CHECK(task->token.of(text) == R"("a\/b")");
    CHECK_FALSE(task->over);
    CHECK(task->ttl == 1501ms);
    for (const auto* status : {"completed", "failed", "cancelled"}) {
        CHECK(task_of(R"({"taskId":"x","status":")" + std::string(status) + R"("})")->over);
    }
    CHECK_FALSE(task_of(R"({"taskId":"x","status":"input_required"})")->over);
}

TEST_CASE("a task without end, or with one that no number says, has none", "[mcp][task]") {
    for (const auto* ttl : {"null", "-1", "1e300", "1e999", "\"5\"", "true"}) {
        CAPTURE(ttl);
        CHECK_FALSE(task_of(R"({"taskId":"x","ttl":)" + std::string(ttl) + "}")->ttl);
    }
    CHECK(task_of(R"({"taskId":"x","ttl":0})")->ttl == 0ms);
}

TEST_CASE("what has no proper id is no task", "[mcp][task]") {
    for (const std::string text : {"", "[]", "7", "{}", R"({"taskId":7})", R"({"taskId":""})",
                                   R"({"task":{"taskId":"x"}})", R"({"taskId":")"}) {
        CAPTURE(text);
        CHECK_FALSE(task_of(text));
    }
    CHECK(task_of(R"({"taskId":")" + std::string(task_id_bytes_max, 'x') + R"("})"));
    CHECK_FALSE(task_of(R"({"taskId":")" + std::string(task_id_bytes_max + 1, 'x') + R"("})"));
}

TEST_CASE("a message says in its _meta which task it belongs to", "[mcp][task]") {
    const std::string key = R"("io.modelcontextprotocol/related-task")";
    CHECK(related(R"({"a":1,"_meta":{"x":{},)" + key + R"(:{"taskId":"t 1"}}})") == R"("t 1")");
    CHECK(related(R"({"_meta":{"io.modelcontextprotocol\/related-task":{"taskId":"t"}}})") ==
          R"("t")");
    for (const std::string& text :
         {std::string("{}"), R"({"_meta":{)" + key + R"(:{"taskId":7}}})",
          R"({"_meta":{)" + key + R"(:"t"}})", R"({)" + key + R"(:{"taskId":"t"}})",
          R"({"content":[{"_meta":{)" + key + R"(:{"taskId":"t"}}}]})",
          R"({"content":"say )" + key.substr(1, key.size() - 2) + R"("})"}) {
        CAPTURE(text);
        CHECK(related(text).empty());
    }
}

TEST_CASE("the result of a call is a task or content", "[mcp][task]") {
    const auto task_in = [](const std::string& result) {
        std::string line = R"({"jsonrpc":"2.0","id":1,"result":)" + result + "}";
        return std::string(read_call_outcome(line, parse_server_line(line).value()).task.of(line));
    };
    CHECK(task_in(R"({"task":{"taskId":"x"},"_meta":{}})") == R"({"taskId":"x"})");
    CHECK(task_in(R"({"content":[],"task":{"taskId":"x"}})").empty());
    CHECK(task_in(R"({"content":[{"task":{}}]})").empty());
    const std::string long_text(20'000, 'x');
    CHECK(task_in(R"({"_meta":{"a":")" + long_text + R"("},"task":{"taskId":"x"}})") ==
          R"({"taskId":"x"})");
}

TEST_CASE("a tool that is nothing but tasks is known by its definition", "[mcp][task]") {
    CHECK(needs_task(R"({"name":"a","execution":{"taskSupport":"required"}})"));
    for (const std::string definition :
         {R"({"name":"a","execution":{"taskSupport":"optional"}})", R"({"name":"a"})",
          R"({"name":"a","inputSchema":{"execution":{"taskSupport":"required"}}})",
          R"({"name":"a","description":"taskSupport required"})"}) {
        CHECK_FALSE(needs_task(definition));
    }
}

TEST_CASE("C13: tasks are offered as the servers have them, to clients that know them",
          "[mcp][task]") {
    const std::string whole =
        R"({"tasks":{"list":{},"cancel":{},"requests":{"tools":{"call":{}}}}})";
    const auto all = read_server_capabilities(whole);
    CHECK(all.has("tasks"));
    CHECK(all.has("tasks.list"));
    CHECK(all.has("tasks.cancel"));
    CHECK(to_json(all) == whole);
    CHECK(to_json(known_to(revision::v2025_11_25, all)) == whole);
    CHECK(to_json(known_to(revision::v2025_06_18, all)) == "{}");
    CHECK_FALSE(read_server_capabilities(whole, revision::v2025_06_18).tasks);
    CHECK_FALSE(read_server_capabilities(R"({"tasks":{"list":{},"requests":{}}})").task_list);
    CHECK_FALSE(every_capability().tasks);
    const auto some = read_server_capabilities(R"({"tasks":{"requests":{"tools":{"call":{}}}}})");
    CHECK(to_json(some) == R"({"tasks":{"requests":{"tools":{"call":{}}}}})");
    CHECK(both(some, all) == all);
}

TEST_CASE("requests about tasks name one", "[mcp][task]") {
    for (const auto* method : {"tasks/get", "tasks/result", "tasks/cancel"}) {
        CHECK(find_routed(method)->target == request_target::task);
    }
    const auto read = [](const std::string& params, request_target target) {
        std::string text = R"({"jsonrpc":"2.0","id":7,"method":"m","params":)" + params + "}";
        auto found = parse_request_params(text, parse_client_message(text).value(), target);
        return found ? std::string(found->task.of(text)) + "|" + found->named + "|" +
                           std::string(found->related_task.of(text))
                     : found.error().detail;
    };
    CHECK(read(R"({"taskId":"t"})", request_target::task) == "|t|");
    CHECK(read("{}", request_target::task) == "\"params.taskId\" is missing or not a string");
    CHECK(read(R"({"name":"t","task":{"ttl":5},"_meta":{"io.modelcontextprotocol/related-task":)"
               R"({"taskId":"r"}}})",
               request_target::tool) == R"({"ttl":5}|t|{"taskId":"r"})");
}

TEST_CASE("S4: the id of a task is named once, and plainly", "[mcp][task]") {
    for (const std::string params :
         {R"({"taskId":"a","taskId":"b"})", R"({"taskId":"a","task\u0049d":"b"})",
          R"({"taskId":"a","TaskId":"b"})", R"({"task":{},"task":{}})",
          R"({"_meta":{"io.modelcontextprotocol/related\u002dtask":{"taskId":"b"}}})"}) {
        CAPTURE(params);
        std::string text = R"({"jsonrpc":"2.0","id":7,"method":"tasks/get","params":)" + params +
                           "}";
        CHECK_FALSE(parse_client_message(text).has_value());
    }
}
