#include "storage/spool_bytes.hpp"
#include "storage/spool_format.hpp"
#include "tests/storage/spool_fixture.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <random>

using namespace spool_test;
using orch::errc;

namespace {

/// A finished file of `count` records, and where each record ends.
struct written_file {
    std::string path;
    std::string bytes;
    std::vector<std::size_t> ends;
};

written_file write_file(const spool_place& place, std::uint64_t count) {
    written_file file;
    {
        auto writer = place.writer();
        for (std::uint64_t number = 1; number <= count; ++number) {
            REQUIRE(writer.append(numbered(number, 30)));
            flush(writer);
            file.ends.push_back(writer.flushed().offset);
        }
    }
    file.path = place.files().front();
    file.bytes = content_of(file.path);
    return file;
}

constexpr std::uint32_t test_seal = 77;

/// A segment whose seal the test knows, so that it can write frames of its own into it.
std::string sealed_file(const spool_place& place, const std::string& frames) {
    fs::create_directories(place.options.directory);
    const auto name = storage::segment_name{orch::uuid::random(), 0, 0}.to_string();
    std::string path = place.options.directory + '/' + name;
    replace_content(path, storage::segment_header(test_seal) + frames);
    return path;
}

/// A good frame of the version after ours.
std::string newer_frame() {
    std::string frame;
    storage::append_outcome(frame, numbered(2), test_seal);
    frame[4] = static_cast<char>(storage::record_version + 1);
    storage::put_number(frame.data() + 16, ::libdeflate_crc32(test_seal, frame.data(), 16));
    return frame;
}

} // namespace

TEST_CASE("a tail torn at any byte costs only the last record", "[storage][spool_remains]") {
    const spool_place place;
    const auto file = write_file(place, 4);
    for (std::size_t size = file.ends[2]; size < file.bytes.size(); ++size) {
        CAPTURE(size);
        replace_content(file.path, std::string_view(file.bytes).substr(0, size));
        const auto reading = read_remains(file.path);
        REQUIRE(numbers_of(reading.records) == std::vector<std::uint64_t>{1, 2, 3});
        REQUIRE(reading.damaged == 0);
    }
    replace_content(file.path, file.bytes);
    CHECK(read_remains(file.path).records.size() == 4);
}

TEST_CASE("a bad byte anywhere costs only its record", "[storage][spool_remains]") {
    const spool_place place;
    const auto file = write_file(place, 4);
    for (std::size_t at = file.ends[0]; at < file.ends[2]; ++at) {
        for (const int change : {0x01, 0x80, 0xff}) {
            CAPTURE(at, change);
            std::string bytes = file.bytes;
            bytes[at] = static_cast<char>(bytes[at] ^ change);
            replace_content(file.path, bytes);
            const auto reading = read_remains(file.path);
            const bool in_second = at < file.ends[1];
            const std::vector<std::uint64_t> expected{1, in_second ? 3U : 2U, 4};
            REQUIRE(numbers_of(reading.records) == expected);
            REQUIRE(reading.damaged == 1);
        }
    }
}

TEST_CASE("a caller cannot forge a record behind damage", "[storage][spool_remains]") {
    const spool_place place;
    std::string forged;
    storage::append_outcome(forged, numbered(666), test_seal + 1);
    auto carrier = numbered(1);
    carrier.arguments.bytes = forged;

    const auto read_damaged = [&](const std::string& body) {
        carrier.arguments.bytes = body;
        std::string frames;
        storage::append_outcome(frames, carrier, test_seal);
        storage::append_outcome(frames, numbered(2), test_seal);
        frames[8] = '\x7f';
        return numbers_of(read_remains(sealed_file(place, frames)).records);
    };
    CHECK(read_damaged(forged) == std::vector<std::uint64_t>{2});

    // With the seal, which no caller knows, it would have worked.
    std::string sealed;
    storage::append_outcome(sealed, numbered(666), test_seal);
    CHECK(read_damaged(sealed) == std::vector<std::uint64_t>{666, 2});
}

TEST_CASE("intents are passed over", "[storage][spool_remains]") {
    const spool_place place;
    std::string frames;
    storage::append_record(frames, storage::record_kind::intent, numbered(1), test_seal);
    storage::append_outcome(frames, numbered(2), test_seal);
    const auto reading = read_remains(sealed_file(place, frames));
    CHECK(numbers_of(reading.records) == std::vector<std::uint64_t>{2});
    CHECK(reading.damaged == 0);
}

TEST_CASE("a file of a newer version is refused whole and kept", "[storage][spool_remains]") {
    const spool_place place;
    std::string frames;
    storage::append_outcome(frames, numbered(1), test_seal);
    const std::string path = sealed_file(place, frames + newer_frame());
    std::uint64_t damaged = 0;
    const auto records = storage::read_remains(path, damaged);
    REQUIRE_FALSE(records.has_value());
    CHECK(records.error().code == errc::not_implemented);
    CHECK(records.error().detail.find(path) != std::string::npos);
    CHECK(fs::exists(path));
}

TEST_CASE("a file that is no segment is refused", "[storage][spool_remains]") {
    const spool_place place;
    const std::string path = sealed_file(place, "");
    CHECK(read_remains(path).records.empty());
    std::uint64_t damaged = 0;
    const std::string contents[] = {"", "x", std::string(1'000, '\0')};
    for (const auto& content : contents) {
        replace_content(path, content);
        const auto records = storage::read_remains(path, damaged);
        REQUIRE_FALSE(records.has_value());
        CHECK(records.error().code == errc::protocol_violation);
    }
    const auto absent = storage::read_remains(path + "x", damaged);
    REQUIRE_FALSE(absent.has_value());
    CHECK(absent.error().code == errc::not_found);
}

TEST_CASE("ten thousand mutated files are read without harm", "[storage][spool_remains]") {
    const spool_place place;
    const auto file = write_file(place, 6);
    std::mt19937 random(42);
    std::size_t found = 0;
    for (int round = 0; round < 10'000; ++round) {
        CAPTURE(round);
        std::string bytes = file.bytes;
        for (unsigned changes = random() % 20 + 1; changes > 0; --changes) {
            const std::size_t at = random() % bytes.size();
            switch (random() % 4) {
            case 0: bytes[at] = static_cast<char>(random()); break;
            case 1: bytes.erase(at, random() % 60); break;
            case 2: bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 300)); break;
            default: bytes.replace(at, 4, "\xff\xff\xff\xff"); break;
            }
            bytes.resize(std::max<std::size_t>(bytes.size(), 1));
        }
        replace_content(file.path, bytes);
        std::uint64_t damaged = 0;
        const auto records = storage::read_remains(file.path, damaged);
        for (const auto& record :
             records.has_value() ? *records : std::vector<model::call_record>{}) {
            // Nothing comes back but what was written.
            REQUIRE(number_of(record) >= 1);
            REQUIRE(number_of(record) <= 6);
            ++found;
        }
    }
    CHECK(found > 1'000);
}

TEST_CASE("files of random bytes are read without harm", "[storage][spool_remains]") {
    const spool_place place;
    std::mt19937 random(43);
    for (int round = 0; round < 300; ++round) {
        std::string bytes(random() % 5'000, '\0');
        for (char& byte : bytes) {
            byte = static_cast<char>(random());
        }
        const std::string path = sealed_file(place, bytes);
        REQUIRE(read_remains(path).records.empty());
        REQUIRE(storage::remove_remains(path).has_value());
    }
}

TEST_CASE("a damaged stretch full of frame starts is left in linear time",
          "[storage][spool_remains]") {
    const spool_place place;
    std::string start;
    storage::append_outcome(start, numbered(1), test_seal + 1);
    start.resize(storage::frame_header_bytes);
    std::string frames;
    while (frames.size() < 8 * 1024 * 1024) {
        frames += start;
    }
    storage::append_outcome(frames, numbered(2), test_seal);
    const auto reading = read_remains(sealed_file(place, frames));
    CHECK(numbers_of(reading.records) == std::vector<std::uint64_t>{2});
    CHECK(reading.damaged == 1);
}

TEST_CASE("the remains are those of other instances, in order", "[storage][spool_remains]") {
    spool_place place;
    CHECK(storage::find_remains(place.options, place.instance).files.empty());
    CHECK(storage::spool_bytes(place.options) == 0);

    place.options.segment_bytes_max = 1;
    {
        auto writer = place.writer();
        for (std::uint64_t number = 1; number <= 12; ++number) {
            REQUIRE(writer.append(numbered(number)));
            flush(writer);
        }
    }
    const orch::instance_id successor = orch::instance_id::random();
    const auto own = storage::spool_writer::open(place.options, successor, 0);
    REQUIRE(own.has_value());
    replace_content(place.options.directory + "/note.txt", "not a segment");

    const auto remains = storage::find_remains(place.options, successor);
    REQUIRE(remains.files.size() == 12);
    std::uint64_t next = 1;
    for (const auto& file : remains.files) {
        const auto reading = read_remains(file);
        REQUIRE(reading.records.size() == 1);
        CHECK(number_of(reading.records.front()) == next++);
        REQUIRE(storage::remove_remains(file).has_value());
        REQUIRE(storage::remove_remains(file).has_value());
    }
    CHECK(remains.bytes > 12 * storage::segment_header_bytes);
    CHECK(storage::spool_bytes(place.options) == storage::segment_header_bytes);
    CHECK(storage::find_remains(place.options, successor).files.empty());
    CHECK_FALSE(storage::remove_remains(place.options.directory + "/note.txt").has_value());
}
