#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace orch::bench {

/// Bytes that leave together. Filler is only counted and never copied within the process, so that
/// a large result costs the server what the pipe costs and no more.
class answer_batch {
public:
    void append(std::string_view text) { text_ += text; }
    /// So many times the letter x.
    void append_filler(std::size_t bytes);
    [[nodiscard]] bool empty() const noexcept { return text_.empty() && fillers_.empty(); }
    /// Writes all of it in as few calls as the system allows, blocks meanwhile, and is empty then.
    /// False: nobody reads any more.
    [[nodiscard]] bool write_to(int descriptor);
    /// All bytes in one text.
    [[nodiscard]] std::string joined() const;

private:
    struct filler {
        std::size_t before; ///< byte of the text that it stands before
        std::size_t bytes;
    };

    [[nodiscard]] std::vector<std::string_view> pieces() const;

    std::string text_;
    std::vector<filler> fillers_;
};

} // namespace orch::bench
