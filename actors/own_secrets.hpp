#pragma once

#include "core/model/project.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace orch::actors {

/// The secrets that a server was given: the values of its variables and headers, with and without
/// the scheme of an `Authorization`, and those in the query of its URL. What the server says of
/// itself and of its failures goes to people who may not know them, so they are taken out of it.
/// The results of calls are none of this. Values of fewer than `bytes_min` bytes stay: they are
/// switches and words, and would be found everywhere. Pure.
class own_secrets {
public:
    static constexpr std::size_t bytes_min = 8;
    static constexpr std::string_view marker = "[secret]";

    own_secrets() = default;
    explicit own_secrets(const model::server_definition& server);

    /// `text` with a marker for each secret, also where it is escaped as in JSON, and for the
    /// beginning of one at the end of the text, where it may have been cut.
    [[nodiscard]] std::string hidden(std::string text) const;
    [[nodiscard]] bool found_in(std::string_view text) const noexcept;

private:
    void add(std::string_view value);
    void hide_cut(std::string& text) const;

    /// Long ones first, since one may be part of another.
    std::vector<std::string> values_;
};

} // namespace orch::actors
