#include "storage/spool_format.hpp"

#include "storage/spool.hpp"
#include "storage/spool_bytes.hpp"

#include <fmt/format.h>
#include <libdeflate.h>

#include <charconv>

namespace orch::storage {

namespace {

constexpr std::string_view segment_magic = "MCHSPOOL";
constexpr std::size_t segment_block_bytes = segment_header_bytes / 2;
// Bytes that no UTF-8 text holds, so that bodies of text cost a search nothing.
constexpr std::string_view frame_magic = "\xf5MO\xfb";

std::uint32_t checksum(std::string_view bytes, std::uint32_t seed = 0) noexcept {
    return ::libdeflate_crc32(seed, bytes.data(), bytes.size());
}

void append_segment_block(std::string& out, std::uint32_t seal) {
    const std::size_t start = out.size();
    out.append(segment_magic);
    append_number(out, segment_version);
    append_number(out, std::uint16_t{0});
    append_number(out, seal);
    append_number(out, std::uint32_t{0});
    append_number(out, checksum(std::string_view(out).substr(start)));
}

bool is_segment_block(std::string_view block) noexcept {
    return block.size() == segment_block_bytes && block.starts_with(segment_magic) &&
           number_at<std::uint32_t>(block, 20) == checksum(block.substr(0, 20));
}

/// Whether a frame header of any version, sealed by this segment, stands at the front.
bool is_frame_header(std::string_view bytes, std::uint32_t seal) noexcept {
    return bytes.size() >= frame_header_bytes && bytes.starts_with(frame_magic) &&
           number_at<std::uint32_t>(bytes, 16) == checksum(bytes.substr(0, 16), seal) &&
           number_at<std::uint32_t>(bytes, 8) <= payload_bytes_max;
}

/// How far the next frame header is, or the first place where too few bytes are left to tell.
std::size_t distance_to_header(std::string_view bytes, std::uint32_t seal) noexcept {
    std::size_t at = bytes.find(frame_magic, 1);
    while (at != std::string_view::npos && bytes.size() - at >= frame_header_bytes) {
        if (is_frame_header(bytes.substr(at), seal)) {
            return at;
        }
        at = bytes.find(frame_magic, at + 1);
    }
    return bytes.size() - frame_header_bytes + 1;
}

/// Takes `<digits>` and the text behind it off the front.
bool take_number(std::string_view& text, std::uint64_t& value, std::string_view behind) noexcept {
    const char* const last = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), last, value);
    if (problem != std::errc{}) {
        return false;
    }
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    if (!text.starts_with(behind)) {
        return false;
    }
    text.remove_prefix(behind.size());
    return true;
}

} // namespace

std::string segment_header(std::uint32_t seal) {
    std::string header;
    append_segment_block(header, seal);
    append_segment_block(header, seal);
    return header;
}

result<std::uint32_t> parse_segment_header(std::string_view bytes) {
    bytes = bytes.substr(0, segment_header_bytes);
    std::string_view block = bytes.substr(0, segment_block_bytes);
    if (!is_segment_block(block)) {
        block = bytes.substr(block.size());
    }
    if (!is_segment_block(block)) {
        return error{errc::protocol_violation, "the start is not that of a spool segment"};
    }
    const auto version = number_at<std::uint16_t>(block, 8);
    if (version > segment_version) {
        return error{errc::not_implemented,
                     fmt::format("segment format {} is newer than {}", version, segment_version)};
    }
    return number_at<std::uint32_t>(block, 12);
}

std::size_t append_record(std::string& out, record_kind kind, const model::call_record& record,
                          std::uint32_t seal) {
    const std::size_t start = out.size();
    out.append(frame_header_bytes, '\0');
    append_payload(out, record);
    const std::size_t size = out.size() - start;
    const std::string_view payload = std::string_view(out).substr(start + frame_header_bytes);
    if (payload.size() > payload_bytes_max) {
        out.resize(start);
        return 0;
    }
    char* const header = out.data() + start;
    frame_magic.copy(header, frame_magic.size());
    put_number(header + 4, record_version);
    put_number(header + 5, static_cast<std::uint8_t>(kind));
    put_number(header + 8, static_cast<std::uint32_t>(payload.size()));
    put_number(header + 12, checksum(payload));
    put_number(header + 16, checksum({header, 16}, seal));
    return size;
}

void append_outcome(std::string& out, const model::call_record& record, std::uint32_t seal) {
    append_record(out, record_kind::outcome, record, seal);
}

frame parse_frame(std::string_view bytes, std::uint32_t seal) {
    frame found;
    if (bytes.size() < frame_header_bytes) {
        found.size = frame_header_bytes;
        return found;
    }
    if (!is_frame_header(bytes, seal)) {
        found.state = frame_state::bad_header;
        found.size = distance_to_header(bytes, seal);
        return found;
    }
    const std::size_t length = number_at<std::uint32_t>(bytes, 8);
    found.size = frame_header_bytes + length;
    if (bytes.size() < found.size) {
        return found;
    }
    found.version = number_at<std::uint8_t>(bytes, 4);
    found.kind = number_at<std::uint8_t>(bytes, 5);
    found.payload = bytes.substr(frame_header_bytes, length);
    found.state = checksum(found.payload) == number_at<std::uint32_t>(bytes, 12)
                      ? frame_state::whole
                      : frame_state::bad_payload;
    return found;
}

result<model::call_record> decode_record(const frame& whole) {
    if (whole.version > record_version) {
        return error{errc::not_implemented, fmt::format("record format {} is newer than {}",
                                                        whole.version, record_version)};
    }
    return decode_payload(whole.payload);
}

std::string segment_name::to_string() const {
    return fmt::format("calls-{}-{}-{}.spool", instance.to_hex(), unit, segment);
}

std::optional<segment_name> segment_name::parse(std::string_view file_name) noexcept {
    constexpr std::string_view front = "calls-";
    constexpr std::size_t hex_digits = 32;
    if (!file_name.starts_with(front) || file_name.size() <= front.size() + hex_digits ||
        file_name[front.size() + hex_digits] != '-') {
        return std::nullopt;
    }
    const auto instance = uuid::parse(file_name.substr(front.size(), hex_digits));
    file_name.remove_prefix(front.size() + hex_digits + 1);
    segment_name name;
    if (!instance || !take_number(file_name, name.unit, "-") ||
        !take_number(file_name, name.segment, ".spool") || !file_name.empty()) {
        return std::nullopt;
    }
    name.instance = *instance;
    return name;
}

} // namespace orch::storage
