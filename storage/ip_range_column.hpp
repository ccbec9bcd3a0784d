#pragma once

#include "core/ip_range.hpp"
#include "storage/sql_values.hpp"

#include <string>
#include <vector>

namespace orch::storage {

/// The ranges of a `text[]`. What cannot be read is a range that holds nobody, so that a list which
/// restricted something goes on doing so.
[[nodiscard]] std::vector<ip_range> read_ip_ranges(const pqxx::field& field);
[[nodiscard]] std::vector<std::string> texts_of(const std::vector<ip_range>& ranges);

} // namespace orch::storage
