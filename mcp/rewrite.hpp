#pragma once

#include "mcp/json_cursor.hpp"
#include "mcp/json_rpc.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace orch::mcp {

/// A replacement that has its text.
struct rewrite {
    slice where;
    std::string text;
};
/// As `splice_line`, for disjoint slices in any order.
[[nodiscard]] std::string rewritten(std::string_view text, std::vector<rewrite> rewrites);

/// A member of an object, from the quote of its key to the end of its value.
struct found_member {
    slice whole;
    slice value;
};
/// Calls `on_member(key, member)` for each member of the object at `where` of `text`; for nothing
/// when there is none. May reserve padding behind `text`. `on_member` must not open another text.
template <class OnMember>
void each_member(std::string& text, slice where, OnMember&& on_member) {
    json_cursor cursor;
    ondemand::object object;
    if (!where.of(text).starts_with('{') || cursor.open(text, where) ||
        cursor.object().get(object)) {
        return;
    }
    for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        found_member member;
        member.value = slice_of(text, raw_value(value));
        const auto begin = slice_of(text, key).offset - 1;
        member.whole = {begin, member.value.offset + member.value.size - begin};
        on_member(key, member);
        return member.value.present();
    });
}

} // namespace orch::mcp
