#include "bench/baseline/upstream.hpp"

#include "mcp/json_rpc.hpp"

#include <charconv>
#include <stdexcept>

namespace orch::bench {

upstream::upstream(boost::asio::io_context& context, const std::string& launcher,
                   const std::vector<std::string>& command) {
    net::launch_spec spec;
    spec.program = command.at(0);
    spec.arguments.assign(command.begin() + 1, command.end());
    spec.launcher = launcher;
    net::child_process::callbacks tell;
    tell.on_line = [this](std::string&& line) {
        take(std::move(line));
    };
    tell.on_oversized_line = [](std::size_t) {
    };
    tell.on_stderr_line = [](std::string&&) {
    };
    tell.on_pipe_lost = [](net::child_pipe) {
        throw std::runtime_error("the upstream server closed a pipe");
    };
    tell.on_exit = [](net::exit_status) {
        throw std::runtime_error("the upstream server ended");
    };
    auto started = net::child_process::spawn(context, spec, {}, std::move(tell));
    if (!started) {
        throw std::runtime_error(started.error().detail);
    }
    child_ = std::move(*started);
}

upstream::outcome upstream::forward(std::string message, receiver on_answer) {
    // The lighter of the two parsers: a plain proxy looks at the top level only.
    const auto parts = mcp::parse_server_line(message);
    if (!parts) {
        return outcome::refused;
    }
    if (parts->kind != mcp::message_kind::request) {
        return child_->write_line(mcp::splice_line(message, {})) ? outcome::sent : outcome::refused;
    }
    const auto id = ++last_id_;
    open_[id] = {std::string(parts->id.of(message)), std::move(on_answer)};
    return child_->write_line(mcp::splice_line(message, {{parts->id, std::to_string(id)}}))
               ? outcome::awaited
               : outcome::refused;
}

void upstream::take(std::string line) {
    const auto parts = mcp::parse_server_line(line);
    if (!parts || parts->kind != mcp::message_kind::response) {
        return;
    }
    const auto token = parts->id.of(line);
    std::uint64_t id = 0;
    std::from_chars(token.data(), token.data() + token.size(), id);
    auto found = open_.extract(id);
    if (!found.empty()) {
        found.mapped().on_answer(mcp::splice_line(line, {{parts->id, found.mapped().id}}));
    }
}

} // namespace orch::bench
