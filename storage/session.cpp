#include "core/log.hpp"
#include "storage/database.hpp"

#include <fmt/format.h>
#include <pqxx/connection>
#include <pqxx/errorhandler>
#include <pqxx/except>
#include <pqxx/nontransaction>

#include <algorithm>
#include <chrono>
#include <string_view>

#include <poll.h>

namespace orch::storage {

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto delay_first = 50ms;
constexpr auto delay_max = 5'000ms;

/// The first line of what the server said, without its severity. The lines after it quote rows.
std::string first_line(std::string_view text) {
    text = text.substr(0, text.find('\n'));
    for (const std::string_view severity : {"ERROR:  ", "FATAL:  "}) {
        if (text.starts_with(severity)) {
            text.remove_prefix(severity.size());
        }
    }
    return std::string{text};
}

errc code_of(std::string_view sqlstate) noexcept {
    if (sqlstate == "23505") {
        return errc::conflict;
    }
    if (sqlstate == "57014") {
        return errc::timeout;
    }
    const bool may_pass = sqlstate == "40001" || sqlstate == "40P01" || sqlstate == "55P03";
    if (may_pass) {
        return errc::busy;
    }
    // No SQLSTATE: the words are libpq's, about a connection that is gone.
    const bool away = sqlstate.empty() || sqlstate.starts_with("53") ||
                      sqlstate.starts_with("57P") || sqlstate.starts_with("08");
    return away ? errc::unavailable : errc::internal;
}

/// Limits on silence of the network, in front of what the user gave so that the user's win.
std::string with_network_limits(const std::string& given) {
    const bool is_url = given.starts_with("postgres://") || given.starts_with("postgresql://");
    if (!is_url) {
        return "connect_timeout=3 tcp_user_timeout=10000 " + given;
    }
    std::string out = given;
    for (const std::string_view limit : {"connect_timeout=3", "tcp_user_timeout=10000"}) {
        if (given.find(limit.substr(0, limit.find('=') + 1)) == std::string::npos) {
            out += out.find('?') == std::string::npos ? '?' : '&';
            out += limit;
        }
    }
    return out;
}

/// Notices of server and library go to our log, not to stderr as they come.
class notice_log final : public pqxx::errorhandler {
public:
    using pqxx::errorhandler::errorhandler;
    bool operator()(const char message[]) noexcept override {
        log::debug("storage", "{}", first_line(message));
        return false;
    }
};

bool readable(int socket) noexcept {
    pollfd wanted{socket, POLLIN, 0};
    return ::poll(&wanted, 1, 0) > 0;
}

} // namespace

result<void> guarded(const std::function<void()>& work) {
    try {
        work();
        return {};
    } catch (const pqxx::sql_error& failure) {
        return error{code_of(failure.sqlstate()), first_line(failure.what())};
    } catch (const pqxx::in_doubt_error& failure) {
        return error{errc::unavailable, "connection lost during commit, the outcome is unknown: " +
                                            first_line(failure.what())};
    } catch (const pqxx::failure& failure) {
        return error{errc::unavailable, first_line(failure.what())};
    } catch (const std::exception& failure) {
        return error{errc::internal, first_line(failure.what())};
    }
}

struct session::impl {
    explicit impl(database_options given) : options(std::move(given)) {}

    result<void> ensure_connected();
    result<void> connect();
    bool lost();
    void drop();
    void back_off();

    database_options options;
    std::unique_ptr<pqxx::connection> connection;
    std::unique_ptr<notice_log> notices;
    std::string last_failure;
    steady_clock::time_point next_attempt{};
    std::chrono::milliseconds delay = delay_first;
};

/// An idle connection has nothing to read but the news of its end, and harmless parameter
/// changes. So a restart of the server costs no task.
bool session::impl::lost() {
    for (int rounds = 0; connection->is_open() && readable(connection->sock()); ++rounds) {
        const auto consumed = guarded([this] { connection->get_notifs(); });
        if (!consumed || rounds > 8) {
            return true;
        }
    }
    return !connection->is_open();
}

void session::impl::drop() {
    notices.reset();
    connection.reset();
}

void session::impl::back_off() {
    next_attempt = steady_clock::now() + delay;
    delay = std::min<std::chrono::milliseconds>(delay * 2, delay_max);
}

result<void> session::impl::ensure_connected() {
    if (connection && lost()) {
        drop();
    }
    if (connection) {
        return {};
    }
    if (steady_clock::now() < next_attempt) {
        return error{errc::unavailable, last_failure};
    }
    const auto connected = connect();
    if (!connected) {
        drop();
        last_failure = "no database connection: " + connected.error().detail;
        back_off();
        return error{errc::unavailable, last_failure};
    }
    delay = delay_first;
    return {};
}

result<void> session::impl::connect() {
    return guarded([this] {
        connection = std::make_unique<pqxx::connection>(with_network_limits(options.connection));
        notices = std::make_unique<notice_log>(*connection);
// The library would reconnect behind our back and lose locks and settings of the session.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
        connection->inhibit_reactivation(true);
#pragma GCC diagnostic pop
        pqxx::nontransaction setup{*connection};
        setup.exec_params("SELECT set_config('statement_timeout', $1, false),"
                          " set_config('idle_in_transaction_session_timeout', '60s', false),"
                          " set_config('client_min_messages', 'warning', false),"
                          " set_config('timezone', 'UTC', false),"
                          " set_config('application_name', 'mcp-orch', false)",
                          std::to_string(options.statement_timeout.count()));
    });
}

session::session(database_options options) : impl_(std::make_unique<impl>(std::move(options))) {}
session::~session() {
    if (impl_) {
        impl_->drop();
    }
}
session::session(session&&) noexcept = default;

result<void> session::run(const std::function<void(pqxx::connection&)>& work) {
    if (auto connected = impl_->ensure_connected(); !connected) {
        return connected;
    }
    auto outcome = guarded([&] { work(*impl_->connection); });
    if (!impl_->connection->is_open()) {
        impl_->drop();
    }
    return outcome;
}

} // namespace orch::storage
