#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace orch::api {

/// How many long answers of one kind are open at once, for all and for one principal. Callable from
/// any thread.
class stream_slots {
public:
    stream_slots(std::size_t most, std::size_t most_of_one);

    /// Held until the answer has ended; null when there is none left for `principal`.
    [[nodiscard]] std::shared_ptr<void> take(const std::string& principal);

private:
    struct takings {
        std::mutex mutex;
        std::size_t total = 0;
        /// Without those who have none.
        std::map<std::string, std::size_t> of_one = {};
    };

    const std::size_t most_;
    const std::size_t most_of_one_;
    /// Shared with the slots, which may outlive this.
    std::shared_ptr<takings> taken_ = std::make_shared<takings>();
};

} // namespace orch::api
