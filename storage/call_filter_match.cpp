#include "storage/call_filter_match.hpp"

#include "core/ascii.hpp"

#include <algorithm>

namespace orch::storage {

namespace {

using std::chrono::floor;
using std::chrono::microseconds;

template <class Value, class List>
bool is_among(const Value& value, const List& wanted) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool contains_in_any_case(std::string_view text, std::string_view wanted) {
    return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), [](char a, char b) {
               return ascii_lower(a) == ascii_lower(b);
           }) != text.end();
}

/// As it is stored, to the microsecond.
microseconds duration_of(const model::call_record& record) {
    return floor<microseconds>(record.times.finished) - floor<microseconds>(record.times.received);
}

bool has_caller(const call_filter& filter, const model::caller& caller) {
    return (!filter.session || *filter.session == caller.session) &&
           (filter.principal.empty() || filter.principal == caller.principal) &&
           is_among(caller.client_type, filter.client_types);
}

bool has_outcome(const call_filter& filter, const model::call_record& record) {
    const auto took = duration_of(record);
    return is_among(record.status, filter.statuses) && is_among(record.failure, filter.failures) &&
           (!filter.shortest || took >= *filter.shortest) &&
           (!filter.longest || took <= *filter.longest);
}

} // namespace

bool passes(const call_filter& filter, const model::call_record& record) {
    return record.project == filter.project &&
           (!filter.server || *filter.server == record.server) &&
           has_caller(filter, record.caller) && has_outcome(filter, record) &&
           (filter.tool_name.empty() || contains_in_any_case(record.tool_name, filter.tool_name)) &&
           record.search_text.find(filter.search) != std::string::npos;
}

} // namespace orch::storage
