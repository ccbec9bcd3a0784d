#include "net/http_client.hpp"

#include "core/ascii.hpp"
#include "net/client_connection.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <unordered_map>

namespace orch::net {

namespace {

bool equal_names(std::string_view left, std::string_view right) noexcept {
    return std::ranges::equal(left, right, {}, ascii_lower, ascii_lower);
}

} // namespace

std::string_view client_response::header(std::string_view name) const noexcept {
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& header) {
        return equal_names(header.first, name);
    });
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

/// Shared with the callbacks of connections and timers, which may come after the client is gone.
struct http_client::state : std::enable_shared_from_this<state> {
    struct waiting {
        client_request request;
        handlers tell;
        boost::asio::steady_timer timer;
    };

    state(boost::asio::io_context& io, const web_url& server, const client_options& limits)
        : context(io), peer(server), options(limits) {}

    void wait(std::uint64_t number, client_request request, handlers tell);
    void begin(std::uint64_t number, client_request request, handlers tell);
    std::shared_ptr<client_connection> connection();
    handlers observed(std::uint64_t number, handlers tell);
    void ended(std::uint64_t number, const client_failure* failure, const handlers& tell);
    void forget(client_connection& gone);

    boost::asio::io_context& context;
    const web_url peer;
    const client_options options;
    tls_client tls;
    std::uint64_t last = 0;
    std::unordered_map<std::uint64_t, std::unique_ptr<waiting>> delayed;
    std::unordered_map<std::uint64_t, std::shared_ptr<client_connection>> running;
    std::vector<std::shared_ptr<client_connection>> idle;
    /// Answers that nobody waits for.
    std::vector<std::shared_ptr<client_connection>> ending;
};

void http_client::state::wait(std::uint64_t number, client_request request, handlers tell) {
    const auto delay = request.delay;
    auto entry = std::make_unique<waiting>(
        waiting{std::move(request), std::move(tell), boost::asio::steady_timer(context, delay)});
    entry->timer.async_wait(
        [weak = weak_from_this(), number](const boost::system::error_code& failure) {
            const auto self = weak.lock();
            if (failure || !self) {
                return;
            }
            const auto found = self->delayed.find(number);
            if (found == self->delayed.end()) {
                return;
            }
            const auto due = std::move(found->second);
            self->delayed.erase(found);
            self->begin(number, std::move(due->request), std::move(due->tell));
        });
    delayed.emplace(number, std::move(entry));
}

void http_client::state::begin(std::uint64_t number, client_request request, handlers tell) {
    const auto with = connection();
    running.emplace(number, with);
    with->run(std::move(request), observed(number, std::move(tell)));
}

std::shared_ptr<client_connection> http_client::state::connection() {
    const auto ended = std::partition(ending.begin(), ending.end(),
                                      [](const auto& one) { return !one->is_idle(); });
    std::move(ended, ending.end(), std::back_inserter(idle));
    ending.erase(ended, ending.end());
    while (!idle.empty()) {
        // The one that was used last is the least likely to be closed by the server.
        auto next = std::move(idle.back());
        idle.pop_back();
        if (next->is_idle()) {
            return next;
        }
    }
    return std::make_shared<client_connection>(context, peer, options, tls,
                                               [weak = weak_from_this()](client_connection& gone) {
                                                   if (const auto self = weak.lock()) {
                                                       self->forget(gone);
                                                   }
                                               });
}

http_client::handlers http_client::state::observed(std::uint64_t number, handlers tell) {
    auto out = tell;
    out.on_end = [weak = weak_from_this(), number,
                  tell = std::move(tell)](const client_failure* failure) {
        if (const auto self = weak.lock()) {
            self->ended(number, failure, tell);
        }
    };
    return out;
}

void http_client::state::ended(std::uint64_t number, const client_failure* failure,
                               const handlers& tell) {
    const auto found = running.find(number);
    if (found == running.end()) {
        return;
    }
    const auto with = std::move(found->second);
    running.erase(found);
    if (with->is_idle()) {
        idle.push_back(with);
    }
    if (tell.on_end) {
        tell.on_end(failure);
    }
}

void http_client::state::forget(client_connection& gone) {
    const auto is_it = [&](const auto& known) {
        return known.get() == &gone;
    };
    std::erase_if(idle, is_it);
    std::erase_if(ending, is_it);
}

http_client::http_client(boost::asio::io_context& context, const web_url& server,
                         const client_options& options)
    : state_(std::make_shared<state>(context, server, options)) {}

http_client::~http_client() {
    const auto last = std::move(state_);
    last->delayed.clear();
    for (auto* const list : {&last->idle, &last->ending}) {
        for (const auto& connection : std::exchange(*list, {})) {
            connection->close();
        }
    }
    for (const auto& [number, connection] : std::exchange(last->running, {})) {
        connection->close();
    }
}

std::uint64_t http_client::start(client_request request, handlers tell) {
    if (state_->running.size() + state_->delayed.size() >= state_->options.requests_max) {
        return 0;
    }
    const auto number = ++state_->last;
    // Also without a delay: callbacks come only after the caller has the number.
    state_->wait(number, std::move(request), std::move(tell));
    return number;
}

void http_client::cancel(std::uint64_t number) {
    state_->delayed.erase(number);
    const auto found = state_->running.find(number);
    if (found != state_->running.end()) {
        const auto connection = std::move(found->second);
        state_->running.erase(found);
        connection->close();
    }
}

void http_client::release(std::uint64_t number) {
    state_->delayed.erase(number);
    const auto found = state_->running.find(number);
    if (found == state_->running.end()) {
        return;
    }
    const auto connection = std::move(found->second);
    state_->running.erase(found);
    state_->ending.push_back(connection);
    connection->release();
}

} // namespace orch::net
