#include "core/model/catalogue.hpp"

#include "core/model/enum_names.hpp"

namespace orch::model {

namespace {

constexpr enum_names<list_kind, 4> kinds{{{list_kind::tools, "tools"},
                                          {list_kind::prompts, "prompts"},
                                          {list_kind::resources, "resources"},
                                          {list_kind::resource_templates, "resource_templates"}}};

} // namespace

std::string_view to_string(list_kind kind) noexcept { return name_in(kinds, kind); }

std::optional<list_kind> parse_list_kind(std::string_view text) noexcept {
    return value_in(kinds, text);
}

} // namespace orch::model
