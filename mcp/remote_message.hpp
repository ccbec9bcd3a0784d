#pragma once

#include "core/error.hpp"
#include "mcp/remote_client.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace orch::mcp {

/// A message on its way to a remote server, and what its transport has to know of it.
struct remote_message {
    enum class kind { request, notification, response };

    /// Of a valid message, as we write them; `response` for anything else.
    [[nodiscard]] static remote_message of(std::string line);

    kind what = kind::response;
    std::shared_ptr<const std::string> line;
    std::string method;
    /// Raw; of requests only.
    std::string id;
    /// The raw id that a `notifications/cancelled` is for.
    std::string cancels;
    /// It was refused together with a session that the server had forgotten.
    bool again = false;
};

/// The messages of a body: one object, or the elements of an array (2025-03-26). Each is one line.
[[nodiscard]] result<std::vector<std::string>> split_messages(std::string body);

/// Whether `line` answers the request with that raw id.
[[nodiscard]] bool answers(std::string& line, std::string_view id);

/// "HTTP 503 Service Unavailable" and what the body says, in one short line.
[[nodiscard]] std::string describe_answer(const remote_head& head, std::string body);

/// Whether an answer says that the session that was asked for is not known: 404, or the 400 of
/// servers that take a request for one without a session.
[[nodiscard]] bool session_is_unknown(const remote_head& head, const std::string& body);

} // namespace orch::mcp
