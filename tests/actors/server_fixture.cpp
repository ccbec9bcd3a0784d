#include "tests/actors/server_fixture.hpp"

#include "mcp/request_params.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace orch::test {

server_fixture::server_fixture()
    : services{board, sessions, sequence,      probe(log),
               {},    {},       ORCH_LAUNCHER, {{"PATH", "/usr/bin:/bin"}},
               "1.2"} {
    entry.definition.id = server_id::random();
    entry.definition.project = project_id::random();
    entry.definition.name = "scripted";
    entry.definition.command = ORCH_SCRIPTED_SERVER;
    entry.definition.env = {{"TRANSCRIPT", directory.file("transcript")}};
    entry.definition.call_timeout = std::chrono::seconds(60);
}

server_fixture::~server_fixture() {
    end_actors();
    board.clear_actors();
}

void server_fixture::serve(const std::string& mode) {
    entry.definition.args = {mode};
    server = spawn<actors::server_actor>(std::ref(unit()), std::cref(services),
                                         actors::known_server{entry, {}});
    settle();
}

std::uint64_t server_fixture::call(const std::string& tool, const std::string& meta) {
    tell(server, make_call(caller, tool, meta));
    return last_call_;
}

actors::forward_request server_fixture::make_call(const caf::actor& session,
                                                  const std::string& tool,
                                                  const std::string& meta) {
    actors::forward_request call;
    call.session = session;
    call.number = ++last_call_;
    call.item = tool;
    call.body = R"({"jsonrpc":"2.0","id":"mine","method":"tools/call","params":{"name":")" + tool +
                R"(","arguments":{})" + meta + "}}";
    const auto parts = mcp::parse_client_message(call.body).value();
    const auto params =
        mcp::parse_request_params(call.body, parts, mcp::request_target::tool).value();
    call.id = parts.id;
    call.name = params.name;
    call.progress_token = params.progress_token;
    return call;
}

bool server_fixture::call_works(const std::string& tool) {
    const auto number = call(tool);
    return run_until([&] { return answer_to(number).has_value(); });
}

bool server_fixture::wait_for(model::server_state state) {
    return run_until([&] { return view().status.state == state; });
}

actors::request_failed server_fixture::wait_for_failure(std::size_t count) {
    auto& failures = client.of<actors::request_failed>();
    return run_until([&] { return failures.size() >= count; }) ? failures.back()
                                                               : actors::request_failed{};
}

void server_fixture::advance(std::chrono::milliseconds by) {
    clock.advance(by);
    tell(server, actors::tick{});
    settle();
}

std::optional<actors::request_answered> server_fixture::answer_to(std::uint64_t number) {
    for (const auto& answer : client.of<actors::request_answered>()) {
        if (answer.number == number) {
            return answer;
        }
    }
    return std::nullopt;
}

std::string server_fixture::transcript() const {
    std::ifstream in(directory.file("transcript"));
    return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t server_fixture::transcript_count(const std::string& text) const {
    const auto all = transcript();
    std::size_t count = 0;
    for (auto at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) {
        ++count;
    }
    return count;
}

bool server_fixture::logged(const std::string& text) {
    for (const auto& line : log.of<actors::server_logged>()) {
        if (line.entry.message.find(text) != std::string::npos) {
            return true;
        }
    }
    return false;
}

bool server_fixture::logged(model::log_level level, model::log_category category,
                            const std::string& text) {
    const auto& lines = log.of<actors::server_logged>();
    return std::any_of(lines.begin(), lines.end(), [&](const actors::server_logged& line) {
        return line.entry.level == level && line.entry.category == category &&
               line.entry.message.find(text) != std::string::npos;
    });
}

} // namespace orch::test
