#pragma once

#include "core/byte_sizes.hpp"
#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/model/observation.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orch::storage {

/// The bytes of a spool segment. All numbers are little endian.
///
///     segment = segment header, frame*
///     segment header = 2 x (magic "MCHSPOOL", version u16, reserved u16, seal u32, reserved u32,
///                           CRC-32 u32 of the 20 bytes before); twice, so that one bad byte does
///                      not cost the segment
///     frame = magic u32, version u8, kind u8, flags u16, payload length u32,
///             CRC-32 u32 of the payload, CRC-32 u32 of the 16 bytes before, payload
///
/// The layout of the frame's first 20 bytes is the same in every version. Their checksum starts
/// from the segment's random `seal`: whoever chooses the bytes of a call cannot write a frame into
/// them that is taken for a record when the reader looks for the next one behind damage. It also
/// makes the length trustworthy when only the payload is bad.
inline constexpr std::size_t segment_header_bytes = 48;
inline constexpr std::size_t frame_header_bytes = 20;
inline constexpr std::uint8_t record_version = 1;
inline constexpr std::uint16_t segment_version = 1;
inline constexpr std::size_t payload_bytes_max = 16 * mib;

/// `intent` is written before a call is sent when the spool is `safe`; readers step over it.
enum class record_kind : std::uint8_t { intent = 1, outcome = 2 };

[[nodiscard]] std::string segment_header(std::uint32_t seal);
/// The seal of a segment. `protocol_violation` for bytes that do not start one, `not_implemented`
/// for a newer version.
[[nodiscard]] result<std::uint32_t> parse_segment_header(std::string_view bytes);

/// Appends one frame and returns its size; appends nothing and returns 0 when the payload would be
/// above `payload_bytes_max`.
std::size_t append_record(std::string& out, record_kind kind, const model::call_record& record,
                          std::uint32_t seal);

/// What stands at the front of some bytes of a segment.
enum class frame_state {
    whole,       ///< A frame with good checksums; `size` bytes.
    incomplete,  ///< `size` bytes are needed to say more.
    bad_payload, ///< A good header, a payload that is not the one written; skip `size` bytes.
    bad_header   ///< No frame starts here; the next one can start after `size` bytes.
};
struct frame {
    frame_state state = frame_state::incomplete;
    std::size_t size = 0;
    std::uint8_t version = 0;
    std::uint8_t kind = 0;
    /// Points into the bytes that were parsed.
    std::string_view payload;
};
[[nodiscard]] frame parse_frame(std::string_view bytes, std::uint32_t seal);

/// The record in a whole frame. Total: any payload is answered. Bytes behind the last known field
/// are ignored. `not_implemented` for a newer version, `protocol_violation` for a bad payload.
[[nodiscard]] result<model::call_record> decode_record(const frame& whole);

/// Payload of version 1 (`storage/spool_record.cpp`).
void append_payload(std::string& out, const model::call_record& record);
[[nodiscard]] result<model::call_record> decode_payload(std::string_view payload);

/// The parts of `calls-<instance hex>-<unit>-<segment>.spool`.
struct segment_name {
    uuid instance;
    std::uint64_t unit = 0;
    std::uint64_t segment = 0;

    auto operator<=>(const segment_name&) const = default;
    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] static std::optional<segment_name> parse(std::string_view file_name) noexcept;
};

} // namespace orch::storage
