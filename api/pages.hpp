#pragma once

#include "net/message.hpp"
#include "web/files.hpp"

#include <optional>
#include <span>

namespace orch::api {

/// The dashboard's files as answers: packed as the browser takes them, told apart by ETag, and
/// under a policy that lets no foreign script in. Immutable, so callable from every io unit.
class pages {
public:
    /// `files` are in the order of their paths and outlive the pages; without an "/index.html"
    /// there is no dashboard.
    explicit pages(std::span<const web::file> files) noexcept : files_(files) {}

    /// What a request gets that no route of the API takes: a file, or the page that all pages start
    /// from when a browser wants to show something. Nothing for any other.
    [[nodiscard]] std::optional<net::response> answer(const net::request& request) const;

private:
    [[nodiscard]] const web::file* find(std::string_view path) const noexcept;
    [[nodiscard]] const web::file* chosen(const net::request& request) const noexcept;

    const std::span<const web::file> files_;
};

} // namespace orch::api
