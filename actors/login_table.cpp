#include "actors/login_table.hpp"

#include <algorithm>

namespace orch::actors {

login_table::login_table(const clock_source& clock, login_limits limits)
    : clock_(clock), limits_(limits) {}

void login_table::load(std::vector<model::login> logins) {
    const std::lock_guard lock(mutex_);
    entries_.clear();
    for (auto& login : logins) {
        auto key = login.token_sha256;
        const auto stored = login.last_seen_at;
        entries_.emplace(std::move(key), entry{std::move(login), stored});
    }
}

std::vector<model::login> login_table::add(model::login login) {
    const std::lock_guard lock(mutex_);
    std::vector<std::pair<std::chrono::system_clock::time_point, std::string>> others;
    for (const auto& [key, known] : entries_) {
        if (known.login.user == login.user) {
            others.emplace_back(known.login.last_seen_at, key);
        }
    }
    std::sort(others.begin(), others.end());
    std::vector<model::login> gone;
    for (std::size_t i = 0; i + limits_.per_user_max <= others.size(); ++i) {
        gone.push_back(std::move(entries_.extract(others[i].second).mapped().login));
    }
    auto key = login.token_sha256;
    const auto stored = login.last_seen_at;
    entries_.insert_or_assign(std::move(key), entry{std::move(login), stored});
    return gone;
}

std::optional<user_id> login_table::use(const std::string& token_sha256) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(token_sha256);
    if (found == entries_.end() || is_over(found->second.login)) {
        return std::nullopt;
    }
    found->second.login.last_seen_at = clock_.wall();
    return found->second.login.user;
}

std::optional<user_id> login_table::holder(const std::string& token_sha256) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(token_sha256);
    return found == entries_.end() || is_over(found->second.login)
               ? std::nullopt
               : std::optional(found->second.login.user);
}

void login_table::remove(const std::string& token_sha256) {
    const std::lock_guard lock(mutex_);
    entries_.erase(token_sha256);
}

void login_table::remove_all(const user_id& user, const std::string& kept_sha256) {
    const std::lock_guard lock(mutex_);
    std::erase_if(entries_, [&](const auto& known) {
        return known.second.login.user == user && known.first != kept_sha256;
    });
}

login_table::changes login_table::take_changes() {
    const std::lock_guard lock(mutex_);
    changes found;
    for (auto at = entries_.begin(); at != entries_.end();) {
        auto& [login, stored_at] = at->second;
        if (is_over(login)) {
            found.over.push_back(std::move(login));
            at = entries_.erase(at);
            continue;
        }
        if (login.last_seen_at - stored_at >= limits_.stored_after) {
            stored_at = login.last_seen_at;
            found.used.push_back(login);
        }
        ++at;
    }
    return found;
}

std::size_t login_table::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

bool login_table::is_over(const model::login& login) const {
    const auto now = clock_.wall();
    return now - login.last_seen_at >= limits_.idle || now - login.created_at >= limits_.absolute;
}

} // namespace orch::actors
