#include "actors/own_secrets.hpp"

#include "core/json_writer.hpp"

#include <algorithm>

namespace orch::actors {

namespace {

/// The values of `?name=value&…` as they stand in the URL.
std::vector<std::string_view> query_values(std::string_view url) {
    std::vector<std::string_view> values;
    const auto question = url.find('?');
    auto rest = question == std::string_view::npos ? std::string_view{} : url.substr(question + 1);
    rest = rest.substr(0, rest.find('#'));
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        const auto equals = pair.find('=');
        values.push_back(equals == std::string_view::npos ? pair : pair.substr(equals + 1));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    }
    return values;
}

void replace_each(std::string& text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
}

} // namespace

own_secrets::own_secrets(const model::server_definition& server) {
    for (const auto* given : {&server.env, &server.headers}) {
        for (const auto& [name, value] : *given) {
            add(value);
        }
    }
    for (const auto& [name, value] : server.headers) {
        if (const auto blank = value.find(' '); blank != std::string::npos) {
            add(std::string_view(value).substr(blank + 1));
        }
    }
    for (const auto value : query_values(server.url)) {
        add(value);
    }
    std::sort(values_.begin(), values_.end(),
              [](const std::string& left, const std::string& right) {
                  return left.size() != right.size() ? left.size() > right.size() : left < right;
              });
    values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
}

void own_secrets::add(std::string_view value) {
    if (value.size() < bytes_min) {
        return;
    }
    values_.emplace_back(value);
    std::string escaped;
    append_json_string(escaped, value);
    values_.push_back(escaped.substr(1, escaped.size() - 2));
}

std::string own_secrets::hidden(std::string text) const {
    for (const auto& value : values_) {
        replace_each(text, value, marker);
    }
    hide_cut(text);
    return text;
}

void own_secrets::hide_cut(std::string& text) const {
    for (const auto& value : values_) {
        for (auto size = std::min(value.size() - 1, text.size()); size >= bytes_min; --size) {
            if (text.ends_with(std::string_view(value).substr(0, size))) {
                text.replace(text.size() - size, size, marker);
                return;
            }
        }
    }
}

bool own_secrets::found_in(std::string_view text) const noexcept {
    return std::any_of(values_.begin(), values_.end(), [&](const std::string& value) {
        return text.find(value) != std::string_view::npos;
    });
}

} // namespace orch::actors
