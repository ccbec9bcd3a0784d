#include "actors/waiting_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace orch::actors {

void waiting_lines::add(model::server_log_entry line) {
    if (lines_.size() >= lines_max_) {
        drop_oldest();
    }
    if (line.id <= newest_) {
        behind_.advance_past(newest_);
        line.id = behind_.next(line.id.timestamp());
    }
    newest_ = line.id;
    lines_.push_back(std::move(line));
}

void waiting_lines::drop_oldest() {
    auto& missed = gaps_[lines_.front().server];
    missed.last = std::move(lines_.front());
    ++missed.lines;
    lines_.pop_front();
}

std::vector<model::server_log_entry> waiting_lines::all() const {
    std::vector<model::server_log_entry> out;
    out.reserve(gaps_.size() + lines_.size());
    for (const auto& [server, missed] : gaps_) {
        out.push_back(
            {missed.last.id, missed.last.project, server, model::log_level::warning,
             model::log_category::output,
             fmt::format("{} lines were left out while the database was away", missed.lines)});
        out.back().search_text = out.back().message;
    }
    // All that was dropped was older than what waits.
    std::sort(out.begin(), out.end(),
              [](const auto& left, const auto& right) { return left.id < right.id; });
    out.insert(out.end(), lines_.begin(), lines_.end());
    return out;
}

void waiting_lines::clear() noexcept {
    lines_.clear();
    gaps_.clear();
}

} // namespace orch::actors
