#pragma once

#include "mcp/json_rpc.hpp"
#include "mcp/version.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orch::app::cli {

/// What a local client and the orchestrator have said to each other and what of it is open, so
/// that no request stays without an answer when the connection between them breaks, and the next
/// connection can go on where the last one ended. Pure; the caller guards it.
class connect_journal {
public:
    /// What a message of the client comes to: one to forward or an answer.
    struct heard {
        std::string forward;
        /// Raw id when `forward` is a request.
        std::string id;
        std::string answer;
    };

    /// `own_ids` begins the ids of requests that are made on the client's behalf; no client has
    /// ids like that.
    explicit connect_journal(std::string own_ids) : own_ids_(std::move(own_ids)) {}

    /// A message goes on as it is; what is none is answered here. Those of a batch (revision
    /// 2025-03-26) go on, and are answered, one by one. Nothing comes of a blank line.
    [[nodiscard]] std::vector<heard> take_client_line(std::string line);
    /// The answer to a line that was too long to be kept.
    [[nodiscard]] static std::string refuse_long_line(std::size_t bytes, std::size_t bytes_max);
    /// What the client gets of a message of the orchestrator; empty when it was an answer to
    /// `greeting`.
    [[nodiscard]] std::string take_server_message(std::string text);

    /// A request that did not reach the orchestrator, or was refused there: an error if it is open
    /// still, else nothing.
    [[nodiscard]] std::string fail(const std::string& id, std::string_view why);
    /// The connection is gone: an error for each open request of the client, and a cancellation
    /// of each request to it.
    [[nodiscard]] std::vector<std::string> fail_all(std::string_view why);
    /// Whether this request was answered, by `fail_all` for one; false for an empty id.
    [[nodiscard]] bool is_over(const std::string& id) const;

    /// The `initialize` that a new connection has to hear before anything else; empty as long as
    /// the client is not initialized.
    [[nodiscard]] std::string greeting();
    /// Whether the answer to the greeting is missing.
    [[nodiscard]] bool awaits_greeting() const noexcept { return !greeting_id_.empty(); }
    /// Why the orchestrator refused the newest greeting; empty when it did not.
    [[nodiscard]] const std::string& greeting_fault() const noexcept { return greeting_fault_; }
    /// What follows when the greeting was answered: the client's log level and subscriptions.
    [[nodiscard]] std::vector<std::string> after_greeting();

    /// Whether each request of the client is answered.
    [[nodiscard]] bool is_idle() const noexcept { return open_.empty(); }

private:
    [[nodiscard]] heard take_message(std::string line, const mcp::envelope& parts);
    [[nodiscard]] std::vector<heard> take_batch(std::string line);
    [[nodiscard]] bool take_own_answer(std::string& text, const mcp::envelope& parts);
    void keep(const std::string& line, const mcp::envelope& parts);
    void take_answer(std::string& text, const mcp::envelope& parts);
    [[nodiscard]] std::string own_request(std::string_view method, std::string_view params);

    std::string own_ids_;
    /// Raw ids of the client's open requests.
    std::set<std::string, std::less<>> open_;
    /// Raw ids of open requests to the client.
    std::set<std::string, std::less<>> asked_;
    /// Raw ids of open requests that nobody but this made.
    std::set<std::string, std::less<>> own_open_;
    /// Raw id and params of the client's `initialize`.
    std::string hello_id_;
    std::string hello_;
    bool is_initialized_ = false;
    std::optional<mcp::revision> agreed_;
    /// Requests that outlive a connection: method and params by what they are about.
    std::map<std::string, std::pair<std::string, std::string>, std::less<>> kept_;
    std::size_t own_count_ = 0;
    /// Raw id of the greeting while its answer is missing.
    std::string greeting_id_;
    std::string greeting_fault_;
};

} // namespace orch::app::cli
