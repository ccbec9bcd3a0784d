#include "mcp/remote_outbox.hpp"

#include <algorithm>
#include <utility>

namespace orch::mcp {

bool remote_outbox::push(remote_message message) {
    const auto bytes = message.line->size();
    if (requests_.size() + others_.size() >= limits_.waiting_max ||
        (!empty() && bytes_ + bytes > limits_.waiting_bytes_max)) {
        return false;
    }
    bytes_ += bytes;
    queue_of(message).push_back(std::move(message));
    return true;
}

void remote_outbox::put_back(remote_message message) {
    bytes_ += message.line->size();
    queue_of(message).push_front(std::move(message));
}

std::optional<remote_message> remote_outbox::pop(bool requests, bool others) {
    if (others && !others_.empty()) {
        return take(others_);
    }
    if (requests && !requests_.empty()) {
        return take(requests_);
    }
    return std::nullopt;
}

remote_message remote_outbox::take(std::deque<remote_message>& from) {
    auto next = std::move(from.front());
    from.pop_front();
    bytes_ -= next.line->size();
    return next;
}

bool remote_outbox::withdraw(std::string_view id) {
    const auto found = std::find_if(requests_.begin(), requests_.end(),
                                    [&](const remote_message& one) { return one.id == id; });
    if (found == requests_.end()) {
        return false;
    }
    bytes_ -= found->line->size();
    requests_.erase(found);
    return true;
}

void remote_outbox::clear() noexcept {
    requests_.clear();
    others_.clear();
    bytes_ = 0;
}

} // namespace orch::mcp
