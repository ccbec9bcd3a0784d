#include "actors/bridge/ask.hpp"

#include <fmt/format.h>

#include <caf/atom.hpp>
#include <caf/sec.hpp>

namespace orch::actors::bridge {

error unanswered(const caf::error& why) {
    if (why == caf::sec::request_timeout) {
        return {errc::timeout, "no answer in time"};
    }
    const bool ended = why.category() == caf::atom("exit");
    if (ended || why == caf::sec::request_receiver_down) {
        return {errc::unavailable, "the part of the orchestrator that answers this is down"};
    }
    return {
        errc::internal,
        fmt::format("the orchestrator answered itself in a way that it does not understand ({})",
                    caf::to_string(why))};
}

} // namespace orch::actors::bridge
