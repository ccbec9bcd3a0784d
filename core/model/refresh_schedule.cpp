#include "core/model/refresh_schedule.hpp"

#include "core/model/enum_names.hpp"

namespace orch::model {

namespace {

constexpr enum_names<refresh_trigger, 2> trigger_names{{
    {refresh_trigger::schedule, "schedule"},
    {refresh_trigger::manual, "manual"},
}};

} // namespace

std::string_view to_string(refresh_trigger trigger) noexcept {
    return name_in(trigger_names, trigger);
}

refresh_trigger parse_refresh_trigger(std::string_view text) noexcept {
    return value_in(trigger_names, text).value_or(refresh_trigger::schedule);
}

} // namespace orch::model
