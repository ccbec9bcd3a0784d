#include "app/cli/admin_transport.hpp"

#include "net/unix_client.hpp"

#include <fmt/format.h>

namespace orch::app::cli {

transport over_admin_socket(const config::settings& settings) {
    return [settings](const admin_request& wanted) -> result<net::response> {
        auto got = net::request_over_unix_socket(settings.http.unix_socket, wanted.method,
                                                 wanted.target, wanted.body, wanted.timeout);
        if (!got && got.error().code == errc::unavailable) {
            return not_running(settings, got.error().detail);
        }
        return got;
    };
}

error not_running(const config::settings& settings, std::string_view reason) {
    return {errc::unavailable,
            fmt::format("{}\n"
                        "Start it with: mcp-orch serve --data-dir {}\n"
                        "If it runs with another data directory, name that one with --data-dir.",
                        reason, settings.data_dir)};
}

} // namespace orch::app::cli
