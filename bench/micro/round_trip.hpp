#pragma once

#include <cstddef>
#include <memory>

namespace orch::bench {

/// Two actors on one io unit, which the caller's thread runs: a request with its body goes to the
/// second one, and comes back as an answer.
class round_trip {
public:
    explicit round_trip(std::size_t body_bytes);
    ~round_trip();
    round_trip(const round_trip&) = delete;
    round_trip& operator=(const round_trip&) = delete;

    /// Bytes that came back.
    std::size_t run();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

} // namespace orch::bench
