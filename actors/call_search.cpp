#include "actors/call_search.hpp"

#include "mcp/search_text.hpp"

namespace orch::actors {

void add_search_text(model::call_record& record) {
    constexpr auto most = search_bytes_max;
    auto& text = record.search_text;
    text = mcp::fold_for_search(record.tool_name, most);
    for (const auto& part : {mcp::fold_for_search(record.error_message, most),
                             mcp::fold_json_for_search(record.arguments.bytes, most),
                             mcp::fold_json_for_search(record.result.bytes, most)}) {
        if (!part.empty()) {
            text.append(text.empty() ? "" : " ").append(part);
        }
    }
}

} // namespace orch::actors
