#pragma once

#include "core/clock.hpp"
#include "core/model/people.hpp"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace orch::actors {

struct login_limits {
    /// Without a request for this long a login ends.
    std::chrono::seconds idle{30 * 60};
    /// A login ends this long after it began, used or not.
    std::chrono::seconds absolute{12 * 60 * 60};
    /// Of one user; the one unused for longest goes when another begins.
    std::size_t per_user_max = 20;
    /// How old the stored time of the last use may get.
    std::chrono::seconds stored_after{60};
};

/// Everybody who is signed in: what a cookie leads to, without a look into the database. Callable
/// from any thread; no call waits for anything but the others.
class login_table {
public:
    explicit login_table(const clock_source& clock, login_limits limits = {});

    /// Replaces all; for the rows that the database held at start.
    void load(std::vector<model::login> logins);
    /// The logins that had to go for this one.
    [[nodiscard]] std::vector<model::login> add(model::login login);
    /// Who is signed in with it, and that it is used now; absent when it is unknown or over.
    [[nodiscard]] std::optional<user_id> use(const std::string& token_sha256);
    /// Who is signed in with it, which is no use of it; absent when it is unknown or over.
    [[nodiscard]] std::optional<user_id> holder(const std::string& token_sha256) const;
    void remove(const std::string& token_sha256);
    /// All of a user but the one that `kept_sha256` names, which may be empty.
    void remove_all(const user_id& user, const std::string& kept_sha256);
    /// Logins whose last use is not stored yet, each handed out once; and those that are over,
    /// which are forgotten here.
    struct changes {
        std::vector<model::login> used;
        std::vector<model::login> over;
    };
    [[nodiscard]] changes take_changes();

    [[nodiscard]] const login_limits& limits() const noexcept { return limits_; }
    [[nodiscard]] std::size_t size() const;

private:
    struct entry {
        model::login login;
        std::chrono::system_clock::time_point stored_at;
    };

    [[nodiscard]] bool is_over(const model::login& login) const;

    const clock_source& clock_;
    const login_limits limits_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, entry> entries_;
};

} // namespace orch::actors
