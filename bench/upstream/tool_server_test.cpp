#include "tests/support/catch.hpp"

#include "bench/upstream/tool_server.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace std::chrono_literals;
using orch::bench::answer_batch;
using orch::bench::tool_server;

namespace {

const tool_server::time_point start{};

std::string request(std::string_view tool, std::string_view arguments = "{}", int id = 7) {
    return fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{{"name":"{}",)"
                       R"("arguments":{},"_meta":{{"progressToken":"t"}}}}}})",
                       id, tool, arguments);
}

std::string answer_to(std::string line) {
    tool_server server;
    answer_batch out;
    server.take(line, start, out);
    return out.joined();
}

} // namespace

TEST_CASE("tool server gives back arguments and nonces", "[bench][tool_server]") {
    CHECK(answer_to(request("echo", R"({"a":[1,{}],"nonce":"n"})")) ==
          R"({"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"ok"}],)"
          R"("structuredContent":{"a":[1,{}],"nonce":"n"}}})"
          "\n");
    CHECK(answer_to(request("blob", R"({"bytes":3,"nonce":"n"})")) ==
          R"({"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"xxx"}],)"
          R"("structuredContent":{"nonce":"n"}}})"
          "\n");
    CHECK(answer_to(request("fail", R"({"nonce":"n"})")) ==
          R"({"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"n"}],)"
          R"("isError":true}})"
          "\n");
}

TEST_CASE("tool server tells progress before the answer, and its list before that",
          "[bench][tool_server]") {
    const auto told = answer_to(request("progress", R"({"nonce":"n"})"));
    CHECK(told.starts_with(
        R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"t",)"
        R"("progress":1,"total":3,"message":"n"}})"));
    CHECK(std::count(told.begin(), told.end(), '\n') == 4);
    const auto announced = answer_to(request("announce"));
    CHECK(announced.find("list_changed") < announced.find("\"id\":7"));
}

TEST_CASE("tool server lists other tools after it announced them", "[bench][tool_server]") {
    tool_server server;
    std::vector<std::string> lists;
    for (int i = 0; i < 2; ++i) {
        answer_batch list;
        std::string line = R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})";
        server.take(line, start, list);
        lists.push_back(list.joined());
        auto announcement = request("announce");
        server.take(announcement, start, list);
    }
    CHECK(lists[0] != lists[1]);
    CHECK(lists[1].find("so often: 1") != std::string::npos);
}

TEST_CASE("tool server answers delayed calls when they are due and others at once",
          "[bench][tool_server]") {
    tool_server server;
    answer_batch out;
    auto slow = request("delay", R"({"milliseconds":20,"nonce":"slow"})", 1);
    auto fast = request("delay", R"({"milliseconds":10,"nonce":"fast"})", 2);
    server.take(slow, start, out);
    server.take(fast, start, out);
    CHECK(out.empty());
    CHECK(server.next_due() == start + 10ms);
    server.answer_due(start + 9ms, out);
    CHECK(out.empty());
    server.answer_due(start + 20ms, out);
    CHECK(out.joined().find("fast") < out.joined().find("slow"));
    CHECK(out.joined().find("slow") != std::string::npos);
    CHECK_FALSE(server.next_due());
}

TEST_CASE("tool server refuses what it does not know", "[bench][tool_server]") {
    CHECK(answer_to(request("nothing")).find("-32602") != std::string::npos);
    CHECK(answer_to(request("blob", R"({"bytes":16777217})")).find("-32602") != std::string::npos);
    CHECK(answer_to(request("blob", R"({"bytes":-1})")).find("-32602") != std::string::npos);
    CHECK(answer_to(request("delay")).find("-32602") != std::string::npos);
    CHECK(answer_to(R"({"jsonrpc":"2.0","id":1,"method":"nothing"})").find("-32601") !=
          std::string::npos);
    CHECK(answer_to("noise").find("-32600") != std::string::npos);
    CHECK(answer_to(R"({"jsonrpc":"2.0","method":"notifications/initialized"})").empty());
}

TEST_CASE("tool server delays no more calls than it may", "[bench][tool_server]") {
    tool_server server;
    answer_batch out;
    for (std::size_t i = 0; i < tool_server::delayed_max; ++i) {
        auto line = request("delay", R"({"milliseconds":1})");
        server.take(line, start, out);
    }
    REQUIRE(out.empty());
    auto one_more = request("delay", R"({"milliseconds":1})");
    server.take(one_more, start, out);
    CHECK(out.joined().find("-32603") != std::string::npos);
}

TEST_CASE("answer batch keeps the order of text and filler", "[bench][answer_batch]") {
    answer_batch out;
    out.append("a");
    out.append_filler(100'000);
    out.append_filler(1);
    out.append("b");
    CHECK(out.joined() == "a" + std::string(100'001, 'x') + "b");
    CHECK_FALSE(out.empty());
}
