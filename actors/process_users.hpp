#pragma once

#include <optional>
#include <string>
#include <utility>

namespace orch::actors {

/// Whose requests one life of a server process has got. Used by one server actor.
class process_users {
public:
    void note(const std::string& owner) {
        several_ = several_ || (owner_ && *owner_ != owner);
        owner_ = owner;
    }
    void clear() noexcept {
        owner_.reset();
        several_ = false;
    }
    /// Whether all of them, if there were any, are those of `owner`.
    [[nodiscard]] bool none_but(const std::string& owner) const {
        return !several_ && (!owner_ || *owner_ == owner);
    }

private:
    std::optional<std::string> owner_;
    bool several_ = false;
};

} // namespace orch::actors
