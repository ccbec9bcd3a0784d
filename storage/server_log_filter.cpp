#include "storage/server_log_filter.hpp"

#include <algorithm>

namespace orch::storage {

namespace {

template <class Value>
bool is_any_of(const std::vector<Value>& wanted, const Value& value) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

} // namespace

bool passes(const server_log_filter& filter, const model::server_log_entry& line) {
    return (!filter.project || *filter.project == line.project) &&
           is_any_of(filter.levels, line.level) && is_any_of(filter.categories, line.category) &&
           is_any_of(filter.servers, line.server) &&
           line.search_text.find(filter.search) != std::string::npos;
}

} // namespace orch::storage
