#include "actors/page_listing.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace orch::actors {

std::optional<page_listing::page_request> page_listing::wish(monotonic_time now) {
    wished_ = true;
    not_before_ = now;
    return due(now);
}

std::optional<page_listing::page_request> page_listing::hear_of_change(monotonic_time now) {
    if (!std::exchange(wished_, true)) {
        not_before_ = after_pause(now);
    }
    return due(now);
}

monotonic_time page_listing::after_pause(monotonic_time now) {
    const auto quiet = last_begun_ ? now - *last_begun_ : monotonic_time::duration::max();
    // As long as it changes right after each listing, the next one comes later.
    pause_ = quiet >= std::max(2 * pause_, limits_.first_pause)
                 ? std::chrono::milliseconds{0}
                 : std::clamp(2 * pause_, limits_.first_pause, limits_.pause_max);
    return last_begun_ ? std::max(now, *last_begun_ + pause_) : now;
}

std::optional<page_listing::page_request> page_listing::due(monotonic_time now) {
    if (!wished_ || now < not_before_ || (under_way_ && now < overdue_at_)) {
        return std::nullopt;
    }
    return begin(now);
}

page_listing::page_request page_listing::begin(monotonic_time now) {
    reset();
    under_way_ = true;
    last_begun_ = now;
    overdue_at_ = now + limits_.patience;
    return {++number_, {}};
}

page_listing::step page_listing::take(std::uint64_t listing, mcp::item_page_reading reading) {
    if (!under_way_ || listing != number_) {
        return {};
    }
    auto& page = reading.page;
    skipped_ += reading.skipped;
    bool all_kept = true;
    for (auto& item : page.items) {
        all_kept = all_kept && keep(std::move(item));
    }
    const bool last = page.next_cursor.empty();
    // A server may offer the same page for ever, or empty ones.
    const bool leads_on = page.next_cursor != cursor_ && ++pages_ < limits_.pages_max;
    if (all_kept && !last && leads_on && items_.size() < limits_.items_max) {
        cursor_ = std::move(page.next_cursor);
        return page_request{number_, cursor_};
    }
    return finish(!all_kept || !last);
}

bool page_listing::keep(model::listed_item item) {
    const auto bytes = item.definition.size();
    if (items_.size() == limits_.items_max || bytes > limits_.bytes_max - bytes_) {
        return false;
    }
    bytes_ += bytes;
    items_.push_back(std::move(item));
    return true;
}

page_listing::finished page_listing::finish(bool cut_short) {
    under_way_ = false;
    bytes_ = 0;
    auto items = std::exchange(items_, {});
    // The first of two items with one name is the one that a call reaches.
    std::unordered_set<std::string> names;
    std::erase_if(items,
                  [&](const model::listed_item& item) { return !names.insert(item.name).second; });
    return {std::move(items), cut_short, std::exchange(skipped_, 0)};
}

bool page_listing::fail(std::uint64_t listing) {
    if (!under_way_ || listing != number_) {
        return false;
    }
    under_way_ = false;
    items_.clear();
    bytes_ = 0;
    skipped_ = 0;
    return true;
}

void page_listing::reset() noexcept {
    under_way_ = false;
    wished_ = false;
    items_.clear();
    bytes_ = 0;
    pages_ = 0;
    skipped_ = 0;
    cursor_.clear();
}

} // namespace orch::actors
