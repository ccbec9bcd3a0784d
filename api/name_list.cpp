#include "api/name_list.hpp"

#include <algorithm>

namespace orch::api {

bool is_listed(std::string_view name, std::string_view names) noexcept {
    while (!names.empty()) {
        const auto each = names.substr(0, names.find(' '));
        if (each == name) {
            return true;
        }
        names.remove_prefix(std::min(each.size() + 1, names.size()));
    }
    return false;
}

} // namespace orch::api
