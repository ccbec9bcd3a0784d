#pragma once

#include "mcp/item_list.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orch::actors {

/// Cuts lists into pages and seals where the next one begins (server utilities, pagination). A
/// cursor holds for the items of one list as they were for one session: when the list has others by
/// then, its reader has to begin anew, so that nothing is missed or seen twice.
class list_cursor {
public:
    static constexpr std::size_t page_items_max = 1'000;

    /// `names`: of the items, in order; they outlive this.
    list_cursor(model::list_kind kind, std::string_view session,
                const std::vector<std::string_view>& names)
        : kind_(kind), session_(session), names_(names) {}

    /// Where the page of `cursor` begins; empty is the first one. Absent for a cursor of another
    /// list or session, or one that nobody gave out.
    [[nodiscard]] std::optional<std::size_t> begin_of(std::string_view cursor) const;
    /// The cursor of the page that begins there; empty when there is none.
    [[nodiscard]] std::string cursor_at(std::size_t begin) const;

private:
    [[nodiscard]] std::string sealed(std::size_t begin) const;

    const model::list_kind kind_;
    const std::string_view session_;
    const std::vector<std::string_view>& names_;
};

} // namespace orch::actors
