#pragma once

#include "net/child_process.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace orch::bench {

/// The one stdio server behind the proxy. Replaces ids, so that answers find their way back.
class upstream {
public:
    using receiver = std::function<void(std::string message)>;

    /// `command` is the program and its arguments. Throws when it cannot be started.
    upstream(boost::asio::io_context& context, const std::string& launcher,
             const std::vector<std::string>& command);

    enum class outcome {
        refused, ///< It is no JSON-RPC message, or the server does not read.
        sent,    ///< A message that has no answer.
        awaited  ///< `on_answer` will get the answer with the client's id.
    };
    outcome forward(std::string message, receiver on_answer);

private:
    struct open_request {
        std::string id;
        receiver on_answer;
    };

    void take(std::string line);

    std::unordered_map<std::uint64_t, open_request> open_;
    std::uint64_t last_id_ = 0;
    std::unique_ptr<net::child_process> child_;
};

} // namespace orch::bench
