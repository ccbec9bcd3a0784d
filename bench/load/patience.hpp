#pragma once

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>

namespace orch::bench {

/// So many sessions or streams are opened at a time.
constexpr std::uint32_t opening_max = 32;

/// Handles what happens until `is_done`. Throws `std::runtime_error` when what `progress` counts
/// stays the same for a minute: no gateway may let its clients wait that long, however often it
/// says that it is alive.
void run_until(boost::asio::io_context& context, const std::function<bool()>& is_done,
               const std::function<std::uint64_t()>& progress);

} // namespace orch::bench
