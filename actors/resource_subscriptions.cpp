#include "actors/resource_subscriptions.hpp"

namespace orch::actors {

namespace {

/// Whether it is the resource itself or a part of it: `file:///ab` is no part of `file:///a`.
bool belongs_to(std::string_view uri, std::string_view watched) {
    return !watched.empty() && uri.starts_with(watched) &&
           (uri.size() == watched.size() || watched.back() == '/' ||
            std::string_view("/?#").find(uri[watched.size()]) != std::string_view::npos);
}

} // namespace

void resource_subscriptions::add(const std::string& uri, const caf::actor& session) {
    count_ += watches_[uri].emplace(session.address(), session).second ? 1 : 0;
}

bool resource_subscriptions::remove(const std::string& uri, const caf::actor_addr& session) {
    const auto found = watches_.find(uri);
    if (found == watches_.end() || found->second.erase(session) == 0) {
        return false;
    }
    --count_;
    if (!found->second.empty()) {
        return false;
    }
    watches_.erase(found);
    return true;
}

void resource_subscriptions::forget(const std::string& uri) {
    if (const auto found = watches_.find(uri); found != watches_.end()) {
        count_ -= found->second.size();
        watches_.erase(found);
    }
}

std::vector<std::string> resource_subscriptions::leave(const caf::actor_addr& session) {
    std::vector<std::string> over;
    for (auto entry = watches_.begin(); entry != watches_.end();) {
        count_ -= entry->second.erase(session);
        if (entry->second.empty()) {
            over.push_back(entry->first);
            entry = watches_.erase(entry);
        } else {
            ++entry;
        }
    }
    return over;
}

std::vector<caf::actor> resource_subscriptions::watchers(std::string_view uri) const {
    sessions told;
    for (const auto& [watched, watching] : watches_) {
        if (belongs_to(uri, watched)) {
            told.insert(watching.begin(), watching.end());
        }
    }
    std::vector<caf::actor> actors;
    actors.reserve(told.size());
    for (const auto& [address, actor] : told) {
        actors.push_back(actor);
    }
    return actors;
}

std::vector<std::string> resource_subscriptions::uris() const {
    std::vector<std::string> all;
    all.reserve(watches_.size());
    for (const auto& [uri, watching] : watches_) {
        all.push_back(uri);
    }
    return all;
}

} // namespace orch::actors
