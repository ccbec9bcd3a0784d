#pragma once

#include <pqxx/result>

#include <utility>
#include <vector>

namespace orch::storage {

/// Takes the first `limit` rows through `read`. True when there are more, which is why a page asks
/// for one row too many.
template <class Row, class Read>
bool read_page(const pqxx::result& rows, int limit, std::vector<Row>& into, Read read) {
    for (const auto& row : rows) {
        if (std::cmp_greater_equal(into.size(), limit)) {
            return limit > 0;
        }
        into.push_back(read(row));
    }
    return false;
}

} // namespace orch::storage
