#pragma once

#include <span>
#include <string_view>

namespace orch::web {

/// A file of the dashboard, as the build put it into the program.
struct file {
    std::string_view path; ///< of its URL, e.g. "/assets/start-5e1c.js"
    std::string_view type; ///< of its content
    std::string_view etag; ///< with its quotes; of the content before it was packed
    std::string_view plain;
    std::string_view gzip;   ///< empty where it would not be smaller
    std::string_view brotli; ///< empty where it would not be smaller
    /// The name is another one when the content is.
    bool hashed = false;
};

/// All of them, in the order of their paths; "/index.html" is the page that all pages start from.
[[nodiscard]] std::span<const file> files() noexcept;

} // namespace orch::web
