#pragma once

#include "bench/load/mcp_client.hpp"

#include <functional>
#include <string>
#include <vector>

namespace orch::bench {

/// The sessions of a load and the one thread they live on.
class session_pool {
public:
    /// Whether sessions have the same request ids, as clients do that begin at one.
    enum class ids { own, same };

    session_pool(endpoint where, wire kind, std::uint32_t sessions, ids choice = ids::own);

    /// Opens all, a few at a time. Throws when one is refused.
    void open();
    [[nodiscard]] std::uint32_t size() const noexcept {
        return static_cast<std::uint32_t>(sessions_.size());
    }
    [[nodiscard]] mcp_client& at(std::uint32_t session) { return *sessions_.at(session); }
    [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }

    /// Puts a fresh client, which is not open yet, in the place of one that may be under way in a
    /// handler of its own.
    mcp_client& renew(std::uint32_t session);
    /// Calls `prepare` on each client, now and when it is renewed.
    void prepare(std::function<void(mcp_client&)> prepare);

private:
    [[nodiscard]] std::unique_ptr<mcp_client> make();
    void open_next(std::uint32_t& next, std::uint32_t& opened);

    endpoint where_;
    wire kind_;
    ids choice_;
    std::uint32_t made_ = 0;
    boost::asio::io_context context_{1};
    std::vector<std::unique_ptr<mcp_client>> sessions_;
    std::function<void(mcp_client&)> prepare_;
};

} // namespace orch::bench
