#pragma once

#include "core/model/catalogue.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace orch::actors {

/// One list of one server, as it described the items, shared by everyone who lists them.
struct item_set {
    std::vector<model::listed_item> items;

    [[nodiscard]] const model::listed_item* find(std::string_view name) const noexcept;
    [[nodiscard]] std::vector<std::string> names() const;
};
using item_set_ptr = std::shared_ptr<const item_set>;

/// All lists of one server; null for one that was never read.
struct item_lists {
    std::array<item_set_ptr, model::all_list_kinds.size()> sets;

    [[nodiscard]] item_set_ptr& of(model::list_kind kind) noexcept {
        return sets[model::index_of(kind)];
    }
    [[nodiscard]] const item_set_ptr& of(model::list_kind kind) const noexcept {
        return sets[model::index_of(kind)];
    }
    [[nodiscard]] const item_set_ptr& tools() const noexcept { return of(model::list_kind::tools); }
};

using introduction_ptr = std::shared_ptr<const model::server_introduction>;

} // namespace orch::actors
