#include "config/rules.hpp"

#include "config/endpoint.hpp"
#include "config/quantity.hpp"

#include <fmt/format.h>

namespace orch::config {

namespace {

// sizeof(sockaddr_un::sun_path) without the terminating zero.
constexpr std::size_t socket_path_max = 107;

class rule_book {
public:
    rule_book(const loaded_settings& loaded, std::vector<mistake>& mistakes)
        : loaded_(loaded), values_(loaded.values), mistakes_(mistakes) {}

    void public_listener() {
        if (is_loopback(values_.http.address)) {
            return;
        }
        const auto listener = print_endpoint({values_.http.address, values_.http.port});
        if (values_.auth == auth_mode::none && !values_.allow_public) {
            add("security.auth",
                fmt::format("none would let everybody who reaches {} call every tool; listen on "
                            "127.0.0.1, use keys, or set security.allow_public = true",
                            listener));
        }
        if (values_.allowed_hosts.empty()) {
            add("server.listen",
                fmt::format("other machines reach {}, so server.allowed_hosts must name the hosts "
                            "that clients use in their URLs",
                            listener));
        }
    }

    void socket_path() {
        const auto length = values_.http.unix_socket.size();
        if (length > socket_path_max) {
            add("data_dir", fmt::format("{} is {} bytes long; a socket path may have {}",
                                        values_.http.unix_socket, length, socket_path_max));
        }
    }

    void limits() {
        if (values_.spool.segment_bytes_max > values_.spool.bytes_max) {
            add("spool.segment_bytes_max", fmt::format("is more than spool.bytes_max ({})",
                                                       print_size(values_.spool.bytes_max)));
        }
        if (values_.child.line_bytes_max > values_.child.stdin_queue_bytes_max) {
            add("child.stdin_queue_bytes_max",
                fmt::format("is less than child.line_bytes_max ({})",
                            print_size(values_.child.line_bytes_max)));
        }
    }

private:
    void add(std::string_view key, const std::string& what) {
        mistakes_.push_back({loaded_.origin_of(key), fmt::format("{}: {}", key, what)});
    }

    const loaded_settings& loaded_;
    const settings& values_;
    std::vector<mistake>& mistakes_;
};

} // namespace

void check_rules(const loaded_settings& loaded, std::vector<mistake>& mistakes) {
    rule_book rules(loaded, mistakes);
    rules.public_listener();
    rules.socket_path();
    rules.limits();
}

} // namespace orch::config
