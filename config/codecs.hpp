#pragma once

#include "config/endpoint.hpp"
#include "config/quantity.hpp"
#include "config/setting_table.hpp"
#include "config/suggestion.hpp"

#include <fmt/format.h>

#include <chrono>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// How the values of one kind are read and written. Included by setting_table.cpp only.
namespace orch::config::codec {

[[nodiscard]] inline error invalid(std::string text) {
    return {errc::invalid_argument, std::move(text)};
}

struct text {
    static constexpr auto shape = value_shape::text;
    static std::string accepts() { return "text"; }
    static result<void> assign(std::string& to, std::string_view value) {
        to = value;
        return {};
    }
    static std::string show(const std::string& value) { return value; }
};

struct path : text {
    static std::string accepts() { return "path"; }
};

struct boolean {
    static constexpr auto shape = value_shape::boolean;
    static std::string accepts() { return "true or false"; }
    static result<void> assign(bool& to, std::string_view value) {
        if (value != "true" && value != "false") {
            return invalid(fmt::format("\"{}\" is neither true nor false", value));
        }
        to = value == "true";
        return {};
    }
    static std::string show(bool value) { return value ? "true" : "false"; }
};

template <std::uint64_t Min, std::uint64_t Max>
struct count {
    static constexpr auto shape = value_shape::number;
    static std::string accepts() { return fmt::format("number, {} to {}", Min, Max); }
    template <class Integer>
    static result<void> assign(Integer& to, std::string_view value) {
        static_assert(Max <= std::numeric_limits<Integer>::max());
        const auto number = parse_count(value);
        if (!number) {
            return number.error();
        }
        if (*number < Min || *number > Max) {
            return invalid(fmt::format("{} is out of range: {} to {}", *number, Min, Max));
        }
        to = static_cast<Integer>(*number);
        return {};
    }
    static std::string show(std::uint64_t value) { return fmt::format("{}", value); }
};

template <std::uint64_t Min, std::uint64_t Max>
struct bytes {
    static constexpr auto shape = value_shape::text;
    static std::string accepts() {
        return fmt::format("size, {} to {}", print_size(Min), print_size(Max));
    }
    static result<void> assign(std::size_t& to, std::string_view value) {
        const auto size = parse_size(value);
        if (!size) {
            return size.error();
        }
        if (*size < Min || *size > Max) {
            return invalid(fmt::format("{} is out of range: {} to {}", value, print_size(Min),
                                       print_size(Max)));
        }
        to = *size;
        return {};
    }
    static std::string show(std::size_t value) { return print_size(value); }
};

template <std::int64_t MinMs, std::int64_t MaxMs>
struct duration {
    using milliseconds = std::chrono::milliseconds;
    static constexpr auto shape = value_shape::text;
    static std::string accepts() {
        return fmt::format("duration, {} to {}", print_duration(milliseconds{MinMs}),
                           print_duration(milliseconds{MaxMs}));
    }
    static result<void> assign(milliseconds& to, std::string_view value) {
        const auto span = parse_duration(value);
        if (!span) {
            return span.error();
        }
        if (span->count() < MinMs || span->count() > MaxMs) {
            return invalid(fmt::format("{} is out of range: {} to {}", value,
                                       print_duration(milliseconds{MinMs}),
                                       print_duration(milliseconds{MaxMs})));
        }
        to = *span;
        return {};
    }
    static std::string show(milliseconds value) { return print_duration(value); }
};

/// One of a few words; `Names` is an array of {word, enumerator}.
template <const auto& Names>
struct choice {
    static constexpr auto shape = value_shape::text;
    static std::string accepts() {
        std::string out;
        for (const auto& [word, value] : Names) {
            out.append(out.empty() ? "" : ", ").append(word);
        }
        return "one of " + out;
    }
    template <class Enum>
    static result<void> assign(Enum& to, std::string_view text) {
        std::vector<std::string_view> words;
        for (const auto& [word, value] : Names) {
            if (word == text) {
                to = value;
                return {};
            }
            words.push_back(word);
        }
        return invalid(
            fmt::format("\"{}\" is not {}{}", text, accepts(), did_you_mean(text, words)));
    }
    template <class Enum>
    static std::string show(Enum wanted) {
        for (const auto& [word, value] : Names) {
            if (value == wanted) {
                return std::string(word);
            }
        }
        return {};
    }
};

/// Fills the address and the port of an options struct.
struct listener {
    static constexpr auto shape = value_shape::text;
    static std::string accepts() { return "address:port"; }
    template <class Options>
    static result<void> assign(Options& to, std::string_view value) {
        auto parsed = parse_endpoint(value);
        if (!parsed) {
            return parsed.error();
        }
        to.address = std::move(parsed->address);
        to.port = parsed->port;
        return {};
    }
    template <class Options>
    static std::string show(const Options& value) {
        return print_endpoint({value.address, value.port});
    }
};

/// Items separated by commas; `Item` offers `noun` and `check(item) → result<std::string>`.
template <class Item>
struct list {
    static constexpr auto shape = value_shape::list;
    static std::string accepts() { return fmt::format("list of {}", Item::noun); }
    static result<void> assign(std::vector<std::string>& to, std::string_view value) {
        std::vector<std::string> items;
        while (!value.empty()) {
            const auto comma = value.find(',');
            auto item = Item::check(trimmed(value.substr(0, comma)));
            if (!item) {
                return item.error();
            }
            items.push_back(std::move(*item));
            value = comma == value.npos ? std::string_view{} : value.substr(comma + 1);
        }
        to = std::move(items);
        return {};
    }
    static std::string show(const std::vector<std::string>& value) {
        return fmt::format("{}", fmt::join(value, ","));
    }

private:
    static std::string_view trimmed(std::string_view item) {
        const auto begin = item.find_first_not_of(" \t");
        return begin == item.npos ? std::string_view{}
                                  : item.substr(begin, item.find_last_not_of(" \t") + 1 - begin);
    }
};

} // namespace orch::config::codec
