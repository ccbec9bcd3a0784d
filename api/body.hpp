#pragma once

#include "api/context.hpp"
#include "api/described_json.hpp"
#include "api/problem.hpp"

#include <optional>
#include <utility>

namespace orch::api {

/// The body of the request; without one that can be read the request is answered, and nothing is
/// left to do.
template <described T>
[[nodiscard]] std::optional<T> take_body(const incoming& in) {
    auto read = read_body<T>(in.request.body);
    if (!read) {
        in.exchange->respond(problem(read.error()));
        return std::nullopt;
    }
    return std::move(*read);
}

} // namespace orch::api
