#pragma once

#include "api/identity/attempt_buckets.hpp"
#include "core/clock.hpp"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace orch::api {

struct login_throttle_options {
    /// Failed logins from one client address.
    attempt_limit failures_per_address{10, std::chrono::minutes{5}};
    /// Failed logins for one account from one client address.
    attempt_limit failures_per_account{5, std::chrono::minutes{5}};
    /// New accounts from one client address.
    attempt_limit sign_ups{5, std::chrono::hours{1}};
    std::size_t entries_max = 50'000;
};

/// Limits the guessing of passwords and the making of accounts. An IPv4 address counts as itself,
/// an IPv6 address as its /64, which one customer has whole. There is no limit per account alone:
/// nobody can lock out somebody else from another address. Thread-safe.
class login_throttle {
public:
    explicit login_throttle(const clock_source& clock, const login_throttle_options& options = {});

    /// Before a password is checked; `account` is the normalised e-mail, known or not. Nothing
    /// when it may be: it then counts as a failure until one of the next two says otherwise, so
    /// that guesses made at the same time count as well. Else the seconds for `Retry-After`.
    [[nodiscard]] std::optional<std::chrono::seconds> begin_login(std::string_view address,
                                                                  std::string_view account);
    /// The password was right: earlier failures of this account from this address are forgiven.
    /// Those of the address for other accounts are not, or an account of one's own would buy
    /// guesses at others.
    void login_succeeded(std::string_view address, std::string_view account);
    /// No password was checked after all.
    void login_withdrawn(std::string_view address, std::string_view account);

    /// The same for a new account; every one counts.
    [[nodiscard]] std::optional<std::chrono::seconds> begin_sign_up(std::string_view address);
    /// No account was made after all.
    void sign_up_withdrawn(std::string_view address);

    [[nodiscard]] std::size_t entries() const;

private:
    const clock_source& clock_;
    const login_throttle_options options_;
    mutable std::mutex mutex_;
    attempt_buckets buckets_;
};

} // namespace orch::api
