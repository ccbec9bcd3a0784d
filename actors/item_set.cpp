#include "actors/item_set.hpp"

namespace orch::actors {

const model::listed_item* item_set::find(std::string_view name) const noexcept {
    for (const auto& item : items) {
        if (item.name == name) {
            return &item;
        }
    }
    return nullptr;
}

std::vector<std::string> item_set::names() const {
    std::vector<std::string> found;
    found.reserve(items.size());
    for (const auto& item : items) {
        found.push_back(item.name);
    }
    return found;
}

} // namespace orch::actors
