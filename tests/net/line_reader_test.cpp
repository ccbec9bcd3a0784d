#include "net/line_reader.hpp"

#include "tests/support/catch.hpp"

#include <vector>

using orch::net::line_padding;
using orch::net::line_reader;

namespace {

/// All lines of `stream`, fed in pieces of `piece_bytes`; a discarded line shows as its size.
std::vector<std::string> read_all(line_reader& reader, std::string_view stream,
                                  std::size_t piece_bytes) {
    std::vector<std::string> found;
    const auto add = [&](const line_reader::line& line) {
        found.push_back(line.discarded_bytes > 0 ? "-" + std::to_string(line.discarded_bytes)
                                                 : line.text);
    };
    while (!stream.empty()) {
        auto piece = stream.substr(0, piece_bytes);
        stream.remove_prefix(piece.size());
        while (const auto line = reader.take(piece)) {
            add(*line);
        }
    }
    if (const auto line = reader.finish()) {
        add(*line);
    }
    return found;
}

} // namespace

TEST_CASE("lines do not depend on how the stream is cut into pieces", "[net][line_reader]") {
    const std::string stream =
        "one\n\ntwo\r\n\r\nthr\ree\n\xC3\xA4\xF0\x9F\x98\x80\n123456789\nend";
    const std::vector<std::string> expected{
        "one", "", "two", "", "thr\ree", "\xC3\xA4\xF0\x9F\x98\x80", "-9", "end"};
    const auto piece_bytes = GENERATE(range(std::size_t{1}, std::size_t{40}));
    CAPTURE(piece_bytes);
    line_reader reader{8, line_reader::overflow::discard};
    CHECK(read_all(reader, stream, piece_bytes) == expected);
}

TEST_CASE("a line of exactly the limit passes and one byte more does not", "[net][line_reader]") {
    line_reader reader{4, line_reader::overflow::discard};
    CHECK(read_all(reader, "1234\n12345\n1234\n", 3) ==
          std::vector<std::string>{"1234", "-5", "1234"});
}

TEST_CASE("cutting keeps the beginning of a long line", "[net][line_reader]") {
    line_reader reader{4, line_reader::overflow::cut};
    CHECK(read_all(reader, "123\r567\nab\r\n", 2) == std::vector<std::string>{"123\r", "ab"});
}

TEST_CASE("a long line without end is reported when the stream ends", "[net][line_reader]") {
    line_reader reader{4, line_reader::overflow::discard};
    CHECK(read_all(reader, "123456", 4) == std::vector<std::string>{"-6"});
    CHECK_FALSE(reader.finish());
}

TEST_CASE("a line has room for padding and no more memory than its limit", "[net][line_reader]") {
    constexpr std::size_t limit = 100'000;
    line_reader reader{limit, line_reader::overflow::discard};
    for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, std::size_t{63'000}, limit}) {
        CAPTURE(bytes);
        const std::string stream = std::string(bytes, 'x') + "\n";
        std::optional<line_reader::line> line;
        for (std::string_view rest = stream; !rest.empty();) {
            auto piece = rest.substr(0, 4'096);
            rest.remove_prefix(piece.size());
            line = reader.take(piece);
        }
        REQUIRE(line);
        CHECK(line->text.size() == bytes);
        CHECK(line->text.capacity() >= bytes + line_padding);
        CHECK(line->text.capacity() <= limit + line_padding);
    }
}

TEST_CASE("a long line is given the room of the one before it", "[net][line_reader]") {
    line_reader reader{1'000'000, line_reader::overflow::discard};
    const auto room_of = [&](std::size_t bytes) {
        const std::string stream = std::string(bytes, 'x') + "\n";
        for (std::string_view rest = stream;;) {
            auto piece = rest.substr(0, 40'000);
            rest.remove_prefix(piece.size());
            if (const auto line = reader.take(piece)) {
                return line->text.capacity();
            }
        }
    };
    CHECK(room_of(110'000) == 160'000 + line_padding); // 40,000 grew twice
    CHECK(room_of(110'000) == 110'000 + line_padding);
    CHECK(room_of(100) == 100 + line_padding);
}
