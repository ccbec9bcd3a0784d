#include "net/unix_client.hpp"

#include "core/byte_sizes.hpp"
#include "net/blocking_exchange.hpp"

namespace orch::net {

namespace {

constexpr std::size_t answer_bytes_max = 256 * mib;

} // namespace

result<response> request_over_unix_socket(const std::string& socket_path, std::string_view method,
                                          std::string_view target, std::string_view body,
                                          std::chrono::milliseconds timeout) {
    const auto deadline = blocking_exchange::clock::now() + timeout;
    auto exchange = blocking_exchange::open({.unix_socket = socket_path, .host = {}, .port = {}},
                                            {.method = method,
                                             .target = target,
                                             .headers = {{"Accept", "application/json"}},
                                             .body = body},
                                            deadline);
    if (!exchange) {
        return exchange.error();
    }
    auto whole = exchange->read_rest(answer_bytes_max, deadline);
    if (!whole) {
        return whole.error();
    }
    auto answer = exchange->head();
    answer.body = std::move(*whole);
    return answer;
}

} // namespace orch::net
