#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace orch::api {

/// Collects everything that is wrong with one request, so that it is reported in one answer.
class fault_list {
public:
    /// `detail` is a sentence that names the field. What is over `faults_max` is only counted.
    void add(std::string field, std::string detail);
    /// Takes over what another check found about `field`.
    void add(std::string field, const error& found);

    [[nodiscard]] bool empty() const noexcept { return faults_.empty(); }
    /// Only for a list that is not empty.
    [[nodiscard]] error to_error() const;
    /// The error, or that all is well.
    [[nodiscard]] result<void> outcome() const;

    static constexpr std::size_t faults_max = 50;

private:
    std::vector<fault> faults_;
    std::size_t left_out_ = 0;
};

/// One thing wrong with one field, as an error.
[[nodiscard]] error fault_in(std::string_view field, std::string detail);

} // namespace orch::api
