#include "actors/open_questions.hpp"

#include <algorithm>

namespace orch::actors {

std::string unasked_answer(std::string_view line, const mcp::envelope& request) {
    const auto id = request.id.of(line);
    return request.method.of(line) == "ping"
               ? mcp::make_result(id, "{}")
               : mcp::make_error(id, mcp::code::method_not_found,
                                 "Method not found: the client offered no such capability");
}

void open_questions::add(std::uint64_t number, open_question question) {
    questions_.insert_or_assign(number, std::move(question));
}

std::optional<monotonic_time> open_questions::last_deadline() const {
    std::optional<monotonic_time> last;
    for (const auto& [number, question] : questions_) {
        last = std::max(last.value_or(question.deadline), question.deadline);
    }
    return last;
}

const open_question* open_questions::find(std::uint64_t number) const {
    const auto found = questions_.find(number);
    return found == questions_.end() ? nullptr : &found->second;
}

std::optional<open_question> open_questions::take(std::uint64_t number) {
    auto found = questions_.extract(number);
    return found.empty() ? std::nullopt : std::optional(std::move(found.mapped()));
}

std::optional<std::pair<std::uint64_t, open_question>>
open_questions::take_by_id(std::string_view id) {
    const auto found = std::find_if(questions_.begin(), questions_.end(),
                                    [&](const auto& open) { return open.second.id == id; });
    if (found == questions_.end()) {
        return std::nullopt;
    }
    std::pair taken(found->first, std::move(found->second));
    questions_.erase(found);
    return taken;
}

template <class Chosen>
std::vector<std::pair<std::uint64_t, open_question>> open_questions::take_if(const Chosen& chosen) {
    std::vector<std::pair<std::uint64_t, open_question>> taken;
    for (auto entry = questions_.begin(); entry != questions_.end();) {
        if (chosen(entry->second)) {
            taken.emplace_back(entry->first, std::move(entry->second));
            entry = questions_.erase(entry);
        } else {
            ++entry;
        }
    }
    return taken;
}

std::vector<std::pair<std::uint64_t, open_question>>
open_questions::take_expired(monotonic_time now) {
    return take_if([&](const open_question& open) { return open.deadline <= now; });
}

std::vector<std::pair<std::uint64_t, open_question>> open_questions::take_all() {
    return take_if([](const open_question&) { return true; });
}

} // namespace orch::actors
