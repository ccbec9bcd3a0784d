#pragma once

#include "core/clock.hpp"
#include "mcp/json_rpc.hpp"

#include <caf/actor.hpp>
#include <caf/actor_addr.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace orch::actors {

/// What a server asked of a client and waits for.
struct open_question {
    caf::actor session;
    /// Raw token of the server, put back into the answer.
    std::string id;
    /// The same for progress notifications; empty when it wants none.
    std::string progress_token;
    bool is_elicitation = false;
    monotonic_time deadline;
};

/// What a server gets for a request that no client is asked: a ping needs none.
[[nodiscard]] std::string unasked_answer(std::string_view line, const mcp::envelope& request);

/// The questions of one server process, by number. Bounded by `questions_max`. Pure; used by one
/// server actor.
class open_questions {
public:
    static constexpr std::size_t questions_max = 256;
    /// Questions are put to people, who take their time.
    static constexpr std::chrono::minutes patience{10};

    [[nodiscard]] bool full() const noexcept { return questions_.size() >= questions_max; }
    [[nodiscard]] bool empty() const noexcept { return questions_.empty(); }
    /// When the last of them runs out of time; absent when there is none.
    [[nodiscard]] std::optional<monotonic_time> last_deadline() const;
    void add(std::uint64_t number, open_question question);
    [[nodiscard]] const open_question* find(std::uint64_t number) const;
    /// Removes and returns it.
    [[nodiscard]] std::optional<open_question> take(std::uint64_t number);
    /// The one that the server knows by this raw id, with its number.
    [[nodiscard]] std::optional<std::pair<std::uint64_t, open_question>>
    take_by_id(std::string_view id);
    [[nodiscard]] std::vector<std::pair<std::uint64_t, open_question>>
    take_expired(monotonic_time now);
    /// Removes and returns all: the server is gone.
    [[nodiscard]] std::vector<std::pair<std::uint64_t, open_question>> take_all();

private:
    template <class Chosen>
    [[nodiscard]] std::vector<std::pair<std::uint64_t, open_question>>
    take_if(const Chosen& chosen);

    std::unordered_map<std::uint64_t, open_question> questions_;
};

} // namespace orch::actors
