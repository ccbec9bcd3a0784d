#pragma once

#include "core/error.hpp"
#include "net/message.hpp"

#include <boost/json/value.hpp>

#include <chrono>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

namespace orch::app::cli {

struct admin_request {
    std::string_view method;
    std::string target;
    std::string body;
    std::chrono::milliseconds timeout{30'000};
};

/// Carries one request to the orchestrator and waits. `unavailable` when it is not running.
using transport = std::function<result<net::response>(const admin_request&)>;

/// A successful answer: as sent, and parsed.
struct answer {
    std::string body;
    boost::json::value json;
};

/// Speaks the administrative REST interface. An answer of status 400 or more becomes an error with
/// the detail of its problem body; its code is never `unavailable`.
class admin_client {
public:
    explicit admin_client(transport send) : send_(std::move(send)) {}

    [[nodiscard]] result<answer> send(const admin_request& wanted) const;
    [[nodiscard]] result<answer> get(std::string target) const;

private:
    transport send_;
};

/// What an answer of status 400 or more says against the request; its code is never `unavailable`.
[[nodiscard]] error refusal_of(const net::response& got);

/// `/api/<segment>/…`, each segment percent-encoded.
[[nodiscard]] std::string api_path(std::initializer_list<std::string_view> segments);

/// A member, or a member of a member as `outer.inner`; null when there is none.
[[nodiscard]] const boost::json::value* member_of(const boost::json::value& object,
                                                  std::string_view name);

/// The text of a member; empty when `object` has none or it is no string.
[[nodiscard]] std::string text_of(const boost::json::value& object, std::string_view member);

/// JSON with room for the depth that tools use.
[[nodiscard]] result<boost::json::value> parse_json(std::string_view text);

} // namespace orch::app::cli
