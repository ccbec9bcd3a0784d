#include "api/fault_list.hpp"

#include <fmt/format.h>

#include <utility>

namespace orch::api {

void fault_list::add(std::string field, std::string detail) {
    if (faults_.size() < faults_max) {
        faults_.push_back({std::move(field), std::move(detail)});
    } else {
        ++left_out_;
    }
}

void fault_list::add(std::string field, const error& found) {
    if (found.faults.empty()) {
        add(std::move(field), found.detail);
    }
    for (const auto& each : found.faults) {
        add(each.field, each.detail);
    }
}

error fault_list::to_error() const {
    error all{errc::invalid_argument, {}, faults_};
    for (const auto& each : faults_) {
        all.detail += all.detail.empty() ? "" : "; ";
        all.detail += each.detail;
    }
    if (left_out_ > 0) {
        all.detail += fmt::format("; and {} more", left_out_);
    }
    return all;
}

result<void> fault_list::outcome() const {
    return faults_.empty() ? result<void>{} : result<void>{to_error()};
}

error fault_in(std::string_view field, std::string detail) {
    fault_list faults;
    faults.add(std::string(field), std::move(detail));
    return faults.to_error();
}

} // namespace orch::api
