#include "app/cli/connect_verb.hpp"

#include "app/cli/connect_link.hpp"
#include "app/cli/version.hpp"
#include "config/web_names.hpp"
#include "net/line_reader.hpp"
#include "net/percent_encoding.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>

#include <sys/uio.h>
#include <unistd.h>

namespace orch::app::cli {

namespace {

constexpr std::string_view scheme = "http://";

/// Writes all of `line` and its end; false when nobody reads any more.
bool write_line(int file, std::string_view line) {
    std::string_view end = "\n";
    while (!line.empty() || !end.empty()) {
        const std::array<iovec, 2> pieces{{{const_cast<char*>(line.data()), line.size()},
                                           {const_cast<char*>(end.data()), end.size()}}};
        const auto written = ::writev(file, pieces.data(), pieces.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            const auto of_line = std::min(static_cast<std::size_t>(written), line.size());
            line.remove_prefix(of_line);
            end.remove_prefix(static_cast<std::size_t>(written) - of_line);
        }
    }
    return true;
}

void hear(net::line_reader::line& line, std::size_t bytes_max, connect_link& link) {
    if (line.discarded_bytes > 0) {
        link.refuse_long_line(line.discarded_bytes, bytes_max);
    } else {
        link.say(std::move(line.text));
    }
}

/// Hands on what comes until the client closes its end.
void hear_all(int file, std::size_t bytes_max, connect_link& link) {
    net::line_reader lines(bytes_max, net::line_reader::overflow::discard);
    std::string buffer(64 * kib, '\0');
    while (true) {
        const auto count = ::read(file, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            break;
        }
        std::string_view rest(buffer.data(), static_cast<std::size_t>(count));
        while (auto line = lines.take(rest)) {
            hear(*line, bytes_max, link);
        }
    }
    if (auto line = lines.finish()) {
        hear(*line, bytes_max, link);
    }
}

} // namespace

result<net::peer_address> peer_of(std::string_view url) {
    const auto checked = config::check_base_url(url);
    if (!checked) {
        return error{errc::invalid_argument, "--url: " + checked.error().detail};
    }
    if (!checked->starts_with(scheme)) {
        return error{errc::invalid_argument,
                     "--url: only http:// is spoken; for https use the address directly in a "
                     "client that takes one"};
    }
    const auto authority = std::string_view(*checked).substr(scheme.size());
    if (authority.find('/') != authority.npos) {
        return error{errc::invalid_argument, "--url: nothing may follow the host and port"};
    }
    const auto bracket = authority.rfind(']');
    const auto colon = authority.find(':', bracket == authority.npos ? 0 : bracket);
    auto host = authority.substr(0, colon);
    if (host.starts_with('[')) {
        host = host.substr(1, host.size() - 2);
    }
    return net::peer_address{
        .unix_socket = {},
        .host = std::string(host),
        .port = colon == authority.npos ? "80" : std::string(authority.substr(colon + 1))};
}

std::string endpoint_path(std::string_view project, std::string_view server) {
    const auto base = fmt::format("/projects/{}", net::percent_encode(project));
    return server.empty() ? base + "/unified"
                          : fmt::format("{}/servers/{}", base, net::percent_encode(server));
}

outcome connect_stdio(const connect_command& wanted, const connect_way& way) {
    connect_target target{way.peer, endpoint_path(wanted.project, wanted.server), {}};
    target.headers.emplace_back("User-Agent", fmt::format("mcp-orch-connect/{}", version()));
    if (!way.key.empty()) {
        target.headers.emplace_back("Authorization", "Bearer " + way.key);
    }
    // When the client does not read any more it has ended, and the end of its input follows.
    connect_link link(std::move(target), wanted.wait, [](const std::string& line) {
        static_cast<void>(write_line(STDOUT_FILENO, line));
    });
    if (const auto opened = link.open(); !opened) {
        auto why = opened.error();
        if (why.code == errc::unauthenticated && way.key.empty()) {
            why.detail = fmt::format("{} asks for a key: give it as {} or --key", wanted.url,
                                     config::key_variable);
        }
        return failure(why.code == errc::unavailable ? way.not_running(why) : why);
    }
    hear_all(STDIN_FILENO, way.line_bytes_max, link);
    link.finish();
    return {};
}

} // namespace orch::app::cli
