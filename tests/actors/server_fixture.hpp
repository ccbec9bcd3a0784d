#pragma once

#include "actors/server_actor.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <optional>
#include <string>
#include <vector>

namespace orch::test {

/// One server actor whose child is the scripted server, a client and everything that they need.
class server_fixture : public actor_fixture {
public:
    server_fixture();
    ~server_fixture();

    /// Spawns the actor for `entry`.
    void serve(const std::string& mode = "normal");
    /// The client calls a tool; the number of the call.
    std::uint64_t call(const std::string& tool, const std::string& meta = "");
    /// A call of that session, with the next number.
    [[nodiscard]] actors::forward_request
    make_call(const caf::actor& session, const std::string& tool, const std::string& meta = "");
    /// Calls and waits for the answer.
    [[nodiscard]] bool call_works(const std::string& tool = "echo");
    [[nodiscard]] bool wait_for(model::server_state state);
    /// Waits for that many failed calls and gives the last one.
    [[nodiscard]] actors::request_failed wait_for_failure(std::size_t count = 1);
    void advance(std::chrono::milliseconds by);

    [[nodiscard]] actors::server_view view() const {
        return board.view(entry.definition.id).value();
    }
    [[nodiscard]] std::optional<actors::request_answered> answer_to(std::uint64_t number);
    /// What the child read so far, over all of its lives.
    [[nodiscard]] std::string transcript() const;
    [[nodiscard]] std::size_t transcript_count(const std::string& text) const;
    [[nodiscard]] bool logged(const std::string& text);
    /// Whether there is such a line of that level and category.
    [[nodiscard]] bool logged(model::log_level level, model::log_category category,
                              const std::string& text);

    temporary_directory directory;
    inbox client;
    inbox log;
    caf::actor caller = probe(client);
    model::server_entry entry;
    actors::server_board board;
    actors::session_registry sessions{10};
    uuid_sequence sequence;
    actors::server_services services;
    caf::actor server;

private:
    std::uint64_t last_call_ = 1'000'000'000;
};

} // namespace orch::test
