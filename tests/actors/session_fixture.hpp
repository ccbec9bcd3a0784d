#pragma once

#include "actors/session_actor.hpp"
#include "mcp/json_rpc.hpp"
#include "storage/spool.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace orch::test {

/// Keeps what a client would get.
class fake_port final : public actors::reply_port {
public:
    actors::encoded_message encode(const actors::json_pieces& message) const override;
    [[nodiscard]] bool takes_messages() const override { return messages; }
    void send(actors::encoded_message message) override { sent.push_back(message.text); }
    void answer(actors::encoded_message message) override;
    void abandon() override { ++abandoned; }
    void finish() override { ++finished; }

    std::vector<std::string> sent;
    std::vector<std::string> answers;
    bool messages = true;
    int abandoned = 0;
    int finished = 0;
    /// Called before an answer counts as gone out.
    std::function<void()> on_answer;
};

/// A spool in a directory of its own, with the recorder of one unit.
struct spool_place {
    explicit spool_place(std::size_t bytes_max = 64 * 1024 * 1024);
    [[nodiscard]] std::unique_ptr<actors::call_recorder>
    recorder(actors::bridge::io_unit& unit, uuid_sequence& sequence,
             actors::call_recorder::listeners told) const;
    /// What lies in the files now, in order.
    [[nodiscard]] std::vector<model::call_record> records() const;

    temporary_directory directory;
    storage::spool_options options;
    instance_id instance = instance_id::random();
    bool keeps_rows = true;
    std::shared_ptr<storage::spool_usage> usage;
};

/// One project with the servers `files` and `web`, each played by a probe, and everything that a
/// session needs.
class session_fixture : public actor_fixture {
public:
    explicit session_fixture(std::size_t spool_bytes_max = 64 * 1024 * 1024);
    ~session_fixture();

    /// A session for one server (`files`, `web`) or for all (empty).
    caf::actor open(actors::session_kind kind, const std::string& server);
    /// The same after a handshake; what it answered is gone from the port.
    caf::actor open_ready(actors::session_kind kind, const std::string& server);
    /// The client sends `body`; the answer goes to `to`, or to the session's stream.
    void post(const caf::actor& session, std::string body, std::shared_ptr<fake_port> to = nullptr);
    /// The server answers its latest call with this result.
    void answer_call(inbox& server, const std::string& result, const caf::actor& session);
    /// `member` is the whole `"result": …` or `"error": …`.
    void answer_call_with(inbox& server, const std::string& member, const caf::actor& session);
    /// The same, but the session has not seen it yet.
    void tell_answer(inbox& server, const std::string& member, const caf::actor& session);
    /// The streams of a `requests` session.
    [[nodiscard]] actors::session_streams_ptr streams_of(const caf::actor& session);
    [[nodiscard]] const model::server_entry& entry(const std::string& server) const;

    std::shared_ptr<fake_port> stream = std::make_shared<fake_port>();
    inbox files;
    inbox web;
    inbox writer;
    inbox metrics;
    model::project project;
    actors::server_board board;
    actors::registry_source registry;
    actors::session_registry sessions{100};
    uuid_sequence sequence;
    spool_place spool;
    std::vector<std::unique_ptr<actors::call_recorder>> recorders;
    std::unique_ptr<actors::session_services> services;
};

[[nodiscard]] inline std::string hello(const std::string& version = "2025-06-18") {
    return R"({"jsonrpc":"2.0","id":"hi","method":"initialize","params":{"protocolVersion":")" +
           version + R"(","capabilities":{},"clientInfo":{"name":"Cline","version":"9.1"}}})";
}
[[nodiscard]] inline std::string tool_call(const std::string& id, const std::string& tool,
                                           const std::string& arguments = "{}") {
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"tools/call","params":{"name":")" +
           tool + R"(","arguments":)" + arguments + "}}";
}

} // namespace orch::test
