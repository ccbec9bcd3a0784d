#pragma once

#include "api/fault_list.hpp"
#include "api/page_cursor.hpp"
#include "core/model/registry.hpp"
#include "net/message.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orch::api {

/// A half-open range of time.
struct time_span {
    std::chrono::system_clock::time_point from;
    std::chrono::system_clock::time_point to;
    /// How long it is, up to now when it has no end.
    std::chrono::system_clock::duration window{};
};

/// Takes the query of one request apart. Empty values are as good as none. What is wrong is kept
/// by the name of its parameter, and told at the end. Used within one function.
class query_reader {
public:
    /// `request` outlives the reader.
    explicit query_reader(const net::request& request) : request_(request) {}

    /// The value of a parameter that is there and not empty.
    [[nodiscard]] std::optional<std::string_view> given(std::string_view name) const;
    /// Every value of a parameter that may come several times, through `parse`, which gives nothing
    /// for what is none.
    template <class Value, class Parse>
    void read_each(std::string_view name, std::vector<Value>& into, Parse parse,
                   std::string_view expected) {
        for (const auto& [each, value] : request_.query) {
            if (each != name || value.empty()) {
                continue;
            }
            if (const auto parsed = parse(value)) {
                into.push_back(*parsed);
            } else {
                blame(name, expected);
            }
        }
    }
    /// `start_time` and `end_time`, which is now when absent; without a start the `time_range`, or
    /// `length`, before the end.
    [[nodiscard]] time_span read_span(std::chrono::system_clock::time_point now,
                                      std::chrono::system_clock::duration length);
    void read_text(std::string_view name, std::string& into);
    /// `search_text`, folded as it is stored.
    void read_search(std::string& into);
    /// From 1 to `most`; absent, it leaves `into` as it is.
    void read_number(std::string_view name, int most, int& into);
    /// `cursor`, if there is one.
    [[nodiscard]] std::optional<page_cursor> read_place(std::string_view tag);

    void blame(std::string_view name, std::string_view expected);
    [[nodiscard]] result<void> outcome() const { return faults_.outcome(); }

private:
    void read_time(std::string_view name, std::chrono::system_clock::time_point& into);

    const net::request& request_;
    fault_list faults_;
};

/// The project that `named` means, by id or name; by id also one that is gone, since it still has
/// rows.
[[nodiscard]] std::optional<project_id> project_named(const model::registry& registry,
                                                      std::string_view named);
/// The server of `project` that `named` means, by id or name; by id also one that is gone, since it
/// still has rows.
[[nodiscard]] std::optional<server_id>
server_named(const model::registry& registry, const project_id& project, std::string_view named);
inline constexpr std::string_view server_expected = "the id or name of a server of the project";
inline constexpr std::string_view client_type_expected =
    "a kind of client such as cursor, or unknown";

} // namespace orch::api
