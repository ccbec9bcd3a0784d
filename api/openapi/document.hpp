#pragma once

#include "api/routes.hpp"

#include <span>
#include <string>
#include <string_view>

namespace orch::api {

/// The OpenAPI 3.1 document of those routes that `operations` describes.
[[nodiscard]] std::string openapi_document(std::span<const route> table, std::string_view version);

/// `GET /openapi.json`
void show_openapi(const context& context, const incoming_ptr& in);

} // namespace orch::api
