#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace orch::crypto {

/// Overwrites all that `text` has room for, then empties it.
void wipe(std::string& text) noexcept;

/// A secret on its way through the process, such as a password: there is one copy of it, which is
/// wiped when nobody holds it any more. Immutable, usable from any thread.
class secret_text {
public:
    /// Copies the text and wipes `taken`.
    explicit secret_text(std::string&& taken);
    secret_text(const secret_text&) = delete;
    secret_text& operator=(const secret_text&) = delete;
    ~secret_text();

    [[nodiscard]] std::string_view view() const noexcept { return text_; }

private:
    std::string text_;
};

using secret_text_ptr = std::shared_ptr<const secret_text>;

} // namespace orch::crypto
