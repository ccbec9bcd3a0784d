#pragma once

#include "core/error.hpp"
#include "core/model/catalogue.hpp"
#include "mcp/json_rpc.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace orch::mcp {

/// How one of the lists of a server looks on the wire (server features: tools, prompts, resources).
struct list_shape {
    model::list_kind kind = model::list_kind::tools;
    std::string_view method;     ///< `tools/list`
    std::string_view member;     ///< of the result: `tools`
    std::string_view key;        ///< of an item: `name`, `uri` or `uriTemplate`
    std::string_view capability; ///< of the server: `tools`
    std::string_view changed;    ///< the notification that the list is another one
    std::string_view noun;       ///< for sentences: `tool`
    /// Of the value of `key`, in bytes.
    std::size_t key_bytes_max = 0;
};
[[nodiscard]] const list_shape& shape_of(model::list_kind kind) noexcept;
/// Null when the method lists nothing.
[[nodiscard]] const list_shape* find_list(std::string_view method) noexcept;

/// One page of a server's list.
struct item_page {
    std::vector<model::listed_item> items;
    /// Raw cursor token with quotes; empty on the last page.
    std::string next_cursor;
};

/// Reads the `result` of a line with every byte of it checked (depth up to 128); malformed JSON is
/// a `protocol_violation`. Items keep their bytes but for raw line breaks, which become blanks; one
/// without its key, with two, or with a key that is too long or has control characters is left out
/// and counted in `skipped`.
struct item_page_reading {
    item_page page;
    std::size_t skipped = 0;
};
[[nodiscard]] result<item_page_reading> read_item_page(std::string& line, const envelope& message,
                                                       const list_shape& shape);

/// What a definition says for people: its `title`, or for a tool that of its annotations, which is
/// older (2025-03-26), and its `description`. Empty for what it does not say.
struct item_words {
    std::string title;
    std::string description;
};
[[nodiscard]] item_words words_of(const model::listed_item& item);

/// The definition of an item under the name that clients of an endpoint see: verbatim, only the
/// value of its top-level `key` differs, and that only when the names do.
[[nodiscard]] std::string renamed(const model::listed_item& original, std::string_view public_name,
                                  std::string_view key = "name");

/// `{"tools":[…]}` with every definition as it is; `next_cursor` is text, empty on the last page.
[[nodiscard]] std::string list_result(const list_shape& shape,
                                      const std::vector<std::string>& definitions,
                                      std::string_view next_cursor = {});

} // namespace orch::mcp
