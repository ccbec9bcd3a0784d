#include "net/http_server.hpp"

#include "net/http_listener.hpp"
#include "net/listening_socket.hpp"
#include "net/server_unit.hpp"

#include <boost/asio/post.hpp>

#include <utility>

#include <unistd.h>

namespace orch::net {

class http_server::impl {
public:
    impl(const std::vector<boost::asio::io_context*>& contexts, http_options options,
         hooks callbacks)
        : core_(std::make_shared<server_core>()) {
        core_->options = std::move(options);
        core_->hooks = std::move(callbacks);
        for (auto* context : contexts) {
            units_.push_back(std::make_shared<server_unit>(*context, units_.size(), core_));
        }
    }

    [[nodiscard]] result<void> start() {
        auto proxies = forwarded_for::make(core_->options.trusted_proxies);
        if (!proxies) {
            return proxies.error();
        }
        core_->proxies = std::move(*proxies);
        if (auto bound = bind_all(); !bound) {
            listeners_.clear();
            return bound.error();
        }
        for (const auto& [unit, listener] : listeners_) {
            boost::asio::post(unit->executor(), [listener = listener] { listener->start(); });
        }
        return {};
    }

    void stop() {
        if (core_->stopping.exchange(true)) {
            return;
        }
        if (unix_bound_) {
            ::unlink(core_->options.unix_socket.c_str());
        }
        for (const auto& unit : units_) {
            boost::asio::post(unit->executor(), [unit] { unit->stop(); });
        }
        for (auto& [unit, listener] : listeners_) {
            // Its last reference has to go on the thread of the unit that lists it.
            boost::asio::post(unit->executor(), [listener = std::move(listener)] {});
        }
        listeners_.clear();
    }

    [[nodiscard]] unsigned short port() const noexcept { return port_; }
    [[nodiscard]] const server_core& core() const noexcept { return *core_; }

private:
    [[nodiscard]] result<void> bind_all() {
        const auto& options = core_->options;
        if (options.port != 0) {
            if (auto free = check_port_is_free(options.address, options.port); !free) {
                return free;
            }
        }
        port_ = options.port;
        for (const auto& unit : units_) {
            const auto sharing = units_.size() > 1 ? port_sharing::shared : port_sharing::exclusive;
            auto socket = listen_tcp(options.address, port_, sharing, options.peer_timeout);
            if (!socket) {
                return socket.error();
            }
            auto bound = bound_port(*socket);
            if (!bound) {
                return bound.error();
            }
            port_ = *bound;
            add_listener(unit, std::move(*socket), http_listener::transport::tcp);
        }
        return options.unix_socket.empty() ? result<void>{} : bind_unix();
    }

    [[nodiscard]] result<void> bind_unix() {
        auto socket = listen_unix(core_->options.unix_socket);
        if (!socket) {
            return socket.error();
        }
        unix_bound_ = true;
        add_listener(units_.front(), std::move(*socket), http_listener::transport::unix_socket);
        return {};
    }

    void add_listener(const std::shared_ptr<server_unit>& unit, owned_fd socket,
                      http_listener::transport kind) {
        listeners_.emplace_back(unit,
                                std::make_shared<http_listener>(unit, std::move(socket), kind));
    }

    std::shared_ptr<server_core> core_;
    std::vector<std::shared_ptr<server_unit>> units_;
    std::vector<std::pair<std::shared_ptr<server_unit>, std::shared_ptr<http_listener>>> listeners_;
    unsigned short port_ = 0;
    bool unix_bound_ = false;
};

http_server::http_server(const std::vector<boost::asio::io_context*>& contexts,
                         http_options options, hooks callbacks)
    : impl_(std::make_unique<impl>(contexts, std::move(options), std::move(callbacks))) {}

http_server::~http_server() { impl_->stop(); }

result<void> http_server::start() { return impl_->start(); }

void http_server::stop() { impl_->stop(); }

unsigned short http_server::port() const noexcept { return impl_->port(); }

std::size_t http_server::connections() const noexcept {
    return impl_->core().connections.load(std::memory_order_relaxed);
}

std::size_t http_server::streams() const noexcept {
    return impl_->core().streams.load(std::memory_order_relaxed);
}

} // namespace orch::net
