#pragma once

#include <caf/response_promise.hpp>

#include <utility>
#include <vector>

namespace orch::actors {

/// Those who asked for the same and get the same answer.
template <class Answer>
class answer_list {
public:
    void add(caf::response_promise asker) { askers_.push_back(std::move(asker)); }

    void deliver(const Answer& answer) {
        for (auto& asker : std::exchange(askers_, {})) {
            asker.deliver(answer);
        }
    }

private:
    std::vector<caf::response_promise> askers_;
};

} // namespace orch::actors
