#include "api/timestamps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace orch::api {

namespace {

/// The clock counts nanoseconds in 64 bits, which end in 1677 and 2262. Leap years both.
constexpr std::chrono::year year_min{1970};
constexpr std::chrono::year year_max{2200};

std::chrono::sys_days held(std::chrono::year_month_day date) {
    return std::clamp(date.year(), year_min, year_max) / date.month() / date.day();
}

/// Takes pieces of a text from its front; the first that does not fit makes the whole bad.
class timestamp_reader {
public:
    explicit timestamp_reader(std::string_view text) : rest_(text) {}

    int number(std::size_t digits) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            value = value * 10 + digit();
        }
        return value;
    }
    /// The character, which must be one of these.
    char one_of(std::string_view choices) {
        const char c = rest_.empty() ? '\0' : rest_.front();
        good_ = good_ && choices.find(c) != std::string_view::npos;
        rest_.remove_prefix(rest_.empty() ? 0 : 1);
        return c;
    }
    std::chrono::microseconds fraction() {
        std::chrono::microseconds value{0};
        if (rest_.starts_with('.')) {
            rest_.remove_prefix(1);
            std::chrono::microseconds unit{100'000};
            do {
                value += unit * digit();
                unit /= 10;
            } while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9');
        }
        return value;
    }
    std::chrono::year_month_day date() {
        using namespace std::chrono;
        const year y{number(4)};
        one_of("-");
        const month m{static_cast<unsigned>(number(2))};
        one_of("-");
        return {y, m, day{static_cast<unsigned>(number(2))}};
    }
    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

private:
    int digit() { return one_of("0123456789") - '0'; }

    std::string_view rest_;
    bool good_ = true;
};

} // namespace

std::optional<std::string>
to_rfc3339(const std::optional<std::chrono::system_clock::time_point>& at) {
    return at ? std::optional(to_rfc3339(*at)) : std::nullopt;
}

std::optional<std::chrono::system_clock::time_point> parse_rfc3339(std::string_view text) {
    using namespace std::chrono;
    timestamp_reader in(text);
    const auto date = in.date();
    in.one_of("Tt ");
    const int hour = in.number(2);
    in.one_of(":");
    const int minute = in.number(2);
    in.one_of(":");
    const int second = in.number(2);
    const auto fraction = in.fraction();
    minutes offset{0};
    if (const char sign = in.one_of("Zz+-"); sign == '+' || sign == '-') {
        const int offset_hours = in.number(2);
        in.one_of(":");
        offset = hours(offset_hours) + minutes(in.number(2));
        offset = sign == '-' ? -offset : offset;
    }
    if (!in.good() || !in.at_end() || !date.ok() || hour > 23 || minute > 59 || second > 60 ||
        abs(offset) >= hours(24)) {
        return std::nullopt;
    }
    return held(date) + hours(hour) + minutes(minute) + seconds(second) + fraction - offset;
}

std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
    timestamp_reader in(text);
    const auto date = in.date();
    if (!in.good() || !in.at_end() || !date.ok()) {
        return std::nullopt;
    }
    return held(date);
}

std::string to_text(std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<std::chrono::seconds> parse_time_range(std::string_view preset) {
    using namespace std::chrono_literals;
    constexpr std::array<std::pair<std::string_view, std::chrono::seconds>, 6> presets{{
        {"15m", 15min},
        {"30m", 30min},
        {"1h", 1h},
        {"6h", 6h},
        {"24h", 24h},
        {"7d", 168h},
    }};
    for (const auto& [name, length] : presets) {
        if (name == preset) {
            return length;
        }
    }
    return std::nullopt;
}

} // namespace orch::api
