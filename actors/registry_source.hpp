#pragma once

#include "core/model/registry.hpp"

#include <atomic>
#include <memory>

namespace orch::actors {

/// Where everybody reads the present registry. The registry actor alone replaces it. Callable
/// from any thread; a reader keeps what it took for as long as it needs it.
class registry_source {
public:
    [[nodiscard]] model::registry_ptr load() const { return current_.load(); }
    void store(model::registry_ptr next) { current_.store(std::move(next)); }

private:
    std::atomic<model::registry_ptr> current_{std::make_shared<const model::registry>()};
};

} // namespace orch::actors
