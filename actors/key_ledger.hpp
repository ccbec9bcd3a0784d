#pragma once

#include "core/clock.hpp"
#include "core/model/project.hpp"
#include "storage/key_store.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace orch::actors {

/// A call of a key with a limit on calls at once; it ends when this goes.
using call_permit = std::shared_ptr<void>;

/// What keys are being used for: how many calls they made lately, how many are open, and when they
/// were used last. One entry for each key that was used, so as many as there are keys. Callable
/// from any thread; no call waits for anything but the others. Counts start anew with the process.
class key_ledger {
public:
    explicit key_ledger(const clock_source& clock) : clock_(clock) {}

    /// Either the permit (null without a limit on calls at once) or how long to wait.
    struct verdict {
        call_permit permit;
        std::optional<std::chrono::seconds> wait;
    };
    /// One more tools/call, unless it is over one of the limits. A minute and a day begin with the
    /// first call after the one before is over.
    [[nodiscard]] verdict begin_call(const key_id& key, const model::key_limits& limits);

    void note_use(const key_id& key, const std::string& address);
    /// Later than what the database says, if it was used since the start.
    [[nodiscard]] std::optional<storage::key_use> last_use(const key_id& key) const;
    /// Uses that are not stored yet, each handed out once, and no key more than once in
    /// `stored_after` unless `all` are wanted.
    enum class taking { due, all };
    [[nodiscard]] std::vector<storage::key_use> take_uses(taking which);
    /// Uses that were taken and could not be stored; they are handed out again.
    void give_back(const std::vector<storage::key_use>& uses);
    /// Forgets keys that are gone.
    void keep_only(const std::vector<model::api_key>& keys);

    static constexpr std::chrono::seconds stored_after{60};

private:
    struct window {
        monotonic_time begun{};
        int calls = 0;
    };
    struct entry {
        window minute;
        window day;
        std::shared_ptr<int> open = std::make_shared<int>(0);
        storage::key_use use;
        std::optional<std::chrono::system_clock::time_point> stored_at;
        bool use_unsaved = false;
    };

    [[nodiscard]] std::optional<std::chrono::seconds> wait(entry& of,
                                                           const model::key_limits& limits) const;

    const clock_source& clock_;
    /// Shared with the permits, which may outlive a forgotten entry.
    std::shared_ptr<std::mutex> mutex_ = std::make_shared<std::mutex>();
    std::unordered_map<key_id, entry> entries_;
};

} // namespace orch::actors
