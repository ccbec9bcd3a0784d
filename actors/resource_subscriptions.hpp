#pragma once

#include <caf/actor.hpp>
#include <caf/actor_addr.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace orch::actors {

/// Which sessions watch which resources of one server process, once that has accepted it. The
/// server is told of the first who watches a resource and of the last who does not any more.
/// Bounded by `watches_max`, which whoever adds looks after. Used by one server actor.
class resource_subscriptions {
public:
    static constexpr std::size_t watches_max = 16'384;

    void add(const std::string& uri, const caf::actor& session);
    /// Whether the server has accepted a watch of it.
    [[nodiscard]] bool watched(const std::string& uri) const { return watches_.contains(uri); }
    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    /// True when that was the last one.
    [[nodiscard]] bool remove(const std::string& uri, const caf::actor_addr& session);
    /// A new process of the server refused: nobody watches it.
    void forget(const std::string& uri);
    /// The session is over; the resources that nobody watches any more.
    [[nodiscard]] std::vector<std::string> leave(const caf::actor_addr& session);

    /// Who hears of a change of `uri`: also who watches a resource that it is part of (server
    /// features, resources, subscriptions).
    [[nodiscard]] std::vector<caf::actor> watchers(std::string_view uri) const;
    [[nodiscard]] std::vector<std::string> uris() const;
    [[nodiscard]] bool empty() const noexcept { return watches_.empty(); }

private:
    using sessions = std::unordered_map<caf::actor_addr, caf::actor>;

    std::map<std::string, sessions, std::less<>> watches_;
    std::size_t count_ = 0;
};

} // namespace orch::actors
