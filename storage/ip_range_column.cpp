#include "storage/ip_range_column.hpp"

namespace orch::storage {

namespace {

/// The unspecified address, which no peer has.
ip_range nobody() { return ip_range::parse("::").value(); }

} // namespace

std::vector<ip_range> read_ip_ranges(const pqxx::field& field) {
    std::vector<ip_range> ranges;
    for (const auto& text : read_array(field)) {
        const auto range = ip_range::parse(text);
        ranges.push_back(range ? *range : nobody());
    }
    return ranges;
}

std::vector<std::string> texts_of(const std::vector<ip_range>& ranges) {
    std::vector<std::string> texts;
    texts.reserve(ranges.size());
    for (const auto& range : ranges) {
        texts.push_back(range.to_string());
    }
    return texts;
}

} // namespace orch::storage
