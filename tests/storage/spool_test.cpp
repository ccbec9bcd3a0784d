#include "tests/storage/spool_fixture.hpp"

#include <numeric>

#include <sys/stat.h>

using namespace spool_test;

namespace {

std::vector<std::uint64_t> range(std::uint64_t first, std::uint64_t last) {
    std::vector<std::uint64_t> numbers(last - first + 1);
    std::iota(numbers.begin(), numbers.end(), first);
    return numbers;
}

void write_numbers(storage::spool_writer& writer, std::uint64_t first, std::uint64_t last) {
    for (auto number = first; number <= last; ++number) {
        REQUIRE(writer.append(numbered(number)));
        flush(writer);
    }
}

mode_t mode_of(const std::string& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 07777;
}

} // namespace

TEST_CASE("what is flushed can be read, what is not cannot", "[storage][spool]") {
    const spool_place place;
    auto writer = place.writer();
    auto reader = place.reader();
    CHECK_FALSE(writer.dirty());
    CHECK(read(reader, writer.flushed()).empty());

    REQUIRE(writer.append(numbered(1)));
    CHECK(writer.dirty());
    CHECK(read(reader, writer.flushed()).empty());

    flush(writer);
    CHECK_FALSE(writer.dirty());
    CHECK(numbers_of(read(reader, writer.flushed())) == range(1, 1));
    CHECK(read(reader, writer.flushed()).empty());
}

TEST_CASE("spool files are their owner's alone", "[storage][spool]") {
    const spool_place place;
    const auto writer = place.writer(5);
    REQUIRE(place.files().size() == 1);
    CHECK(mode_of(place.files().front()) == 0600);
    CHECK(mode_of(place.options.directory) == 0700);
    CHECK(fs::path(place.files().front()).filename() ==
          "calls-" + place.instance.value.to_hex() + "-5-0.spool");
}

TEST_CASE("a second writer of the same unit is refused", "[storage][spool]") {
    const spool_place place;
    const auto writer = place.writer();
    CHECK_FALSE(
        storage::spool_writer::open(place.options, place.instance, 0, place.usage).has_value());
}

TEST_CASE("the reader never passes the position it was given", "[storage][spool]") {
    const spool_place place;
    auto writer = place.writer();
    auto reader = place.reader();
    write_numbers(writer, 1, 3);
    const auto middle = writer.flushed();
    write_numbers(writer, 4, 6);
    CHECK(numbers_of(read(reader, middle)) == range(1, 3));
    CHECK(numbers_of(read(reader, writer.flushed())) == range(4, 6));
}

TEST_CASE("the reader stops before the first id above the cutoff", "[storage][spool]") {
    const spool_place place;
    auto writer = place.writer();
    auto reader = place.reader();
    write_numbers(writer, 1, 10);
    const auto end = writer.flushed();
    CHECK(numbers_of(read(reader, end, numbered(4).id)) == range(1, 4));
    CHECK(read(reader, end, numbered(4).id).empty());
    CHECK(numbers_of(read(reader, end, numbered(9).id, 3)) == range(5, 7));
    CHECK(numbers_of(read(reader, end)) == range(8, 10));
}

TEST_CASE("rewind goes back to the last release", "[storage][spool]") {
    spool_place place;
    place.options.segment_bytes_max = 1'000;
    auto writer = place.writer();
    auto reader = place.reader();
    write_numbers(writer, 1, 20);
    const auto end = writer.flushed();
    REQUIRE(end.segment > 2);
    CHECK(numbers_of(read(reader, end, no_cutoff, 7)) == range(1, 7));
    reader.rewind();
    CHECK(numbers_of(read(reader, end, no_cutoff, 7)) == range(1, 7));
    reader.release();
    CHECK(numbers_of(read(reader, end)) == range(8, 20));
    reader.rewind();
    CHECK(numbers_of(read(reader, end)) == range(8, 20));
}

TEST_CASE("finished segments are deleted on release, not before", "[storage][spool]") {
    spool_place place;
    place.options.segment_bytes_max = 1'000;
    auto writer = place.writer();
    auto reader = place.reader();
    write_numbers(writer, 1, 20);
    const auto end = writer.flushed();
    const auto before = place.files().size();
    REQUIRE(before == end.segment + 1);

    CHECK(read(reader, end).size() == 20);
    CHECK(place.files().size() == before);
    reader.release();
    CHECK(place.files().size() == 1);
    CHECK(place.usage->bytes() == storage::spool_bytes(place.options));
    CHECK(place.usage->bytes() == fs::file_size(place.files().front()));

    CHECK(reader.finish(end));
    CHECK(place.files().empty());
    CHECK(place.usage->bytes() == 0);
}

TEST_CASE("finish keeps what was not released", "[storage][spool]") {
    const spool_place place;
    auto writer = place.writer();
    auto reader = place.reader();
    write_numbers(writer, 1, 2);
    CHECK(read(reader, writer.flushed(), numbered(1).id).size() == 1);
    reader.release();
    CHECK_FALSE(reader.finish(writer.flushed()));
    CHECK(place.files().size() == 1);
}

TEST_CASE("a new reader starts at the oldest segment that is left", "[storage][spool]") {
    spool_place place;
    place.options.segment_bytes_max = 1'000;
    auto writer = place.writer();
    write_numbers(writer, 1, 20);
    const auto end = writer.flushed();
    std::uint64_t seen = 0;
    {
        auto reader = place.reader();
        seen = number_of(read(reader, end, no_cutoff, 11).back());
        reader.release();
    }
    auto reader = place.reader();
    const auto rest = read(reader, end);
    REQUIRE_FALSE(rest.empty());
    CHECK(number_of(rest.front()) <= seen + 1);
    CHECK(number_of(rest.front()) > 1);
    CHECK(number_of(rest.back()) == 20);
}

TEST_CASE("a hundred thousand records pass through many segments", "[storage][spool]") {
    constexpr std::uint64_t count = 100'000;
    spool_place place;
    place.options.segment_bytes_max = 2 * 1024 * 1024;
    auto writer = place.writer();
    auto reader = place.reader();
    std::uint64_t next = 1;
    for (std::uint64_t number = 1; number <= count; ++number) {
        REQUIRE(writer.append(numbered(number)));
        if (number % 64 != 0 && number != count) {
            continue;
        }
        flush(writer);
        for (const auto& record : read(reader, writer.flushed(), no_cutoff, 50)) {
            REQUIRE(number_of(record) == next++);
        }
    }
    CHECK(writer.flushed().segment > 5);
    for (const auto& record : read(reader, writer.flushed())) {
        REQUIRE(number_of(record) == next++);
    }
    CHECK(next == count + 1);
    CHECK(reader.damaged() == 0);
    reader.release();
    CHECK(place.files().size() == 1);
}

TEST_CASE("the live reader skips a damaged record and counts it once", "[storage][spool]") {
    const spool_place place;
    auto writer = place.writer();
    auto reader = place.reader();
    write_numbers(writer, 1, 5);
    const auto file = place.files().front();
    std::string bytes = content_of(file);
    bytes[bytes.find("cccc")] = '?';
    replace_content(file, bytes);
    CHECK(numbers_of(read(reader, writer.flushed())) == std::vector<std::uint64_t>{1, 3, 4, 5});
    CHECK(reader.damaged() == 1);
    reader.rewind();
    CHECK(reader.damaged() == 0);
    CHECK(read(reader, writer.flushed()).size() == 4);
    reader.release();
    CHECK(reader.damaged() == 1);
}

TEST_CASE("a lost segment is counted and the next one is read", "[storage][spool]") {
    spool_place place;
    place.options.segment_bytes_max = 1'000;
    auto writer = place.writer();
    auto reader = place.reader();
    write_numbers(writer, 1, 12);
    const auto files = place.files();
    REQUIRE(files.size() > 3);
    SECTION("deleted") { fs::remove(files[1]); }
    SECTION("overwritten") { replace_content(files[1], "nonsense"); }
    const auto records = read(reader, writer.flushed());
    CHECK(number_of(records.front()) == 1);
    CHECK(number_of(records.back()) == 12);
    CHECK(records.size() < 12);
    CHECK(reader.damaged() == 1);
}

TEST_CASE("a live segment that was cut from outside ends the reading there", "[storage][spool]") {
    const spool_place place;
    auto writer = place.writer();
    auto reader = place.reader();
    write_numbers(writer, 1, 5);
    const auto file = place.files().front();
    fs::resize_file(file, fs::file_size(file) - 10);
    CHECK(numbers_of(read(reader, writer.flushed())) == range(1, 4));
    CHECK(reader.damaged() == 1);
    CHECK(read(reader, writer.flushed()).empty());
    CHECK(reader.damaged() == 1);
}

TEST_CASE("records wider than the reading window come back", "[storage][spool]") {
    const spool_place place;
    auto writer = place.writer();
    auto reader = place.reader();
    for (const std::size_t size : {10U, 300'000U, 1'500'000U, 20U, 262'144U}) {
        REQUIRE(writer.append(numbered(size, size)));
        flush(writer);
    }
    const auto records = read(reader, writer.flushed());
    REQUIRE(records.size() == 5);
    for (const auto& record : records) {
        CHECK(record.arguments.bytes.size() == number_of(record));
    }
}

TEST_CASE("the spool is full at its limit and free again after deletion", "[storage][spool]") {
    spool_place place;
    place.options.segment_bytes_max = 1'000;
    place.usage = std::make_shared<storage::spool_usage>(5'000);
    auto writer = place.writer(0);
    const auto other = place.writer(1);
    auto reader = place.reader(0);
    CHECK_FALSE(writer.full());
    std::uint64_t number = 0;
    while (!writer.full() && number < 1'000) {
        ++number;
        write_numbers(writer, number, number);
    }
    CHECK(number < 30);
    CHECK(other.full());
    CHECK(place.usage->bytes() == storage::spool_bytes(place.options));
    write_numbers(writer, number + 1, number + 1);
    CHECK(read(reader, writer.flushed()).size() == number + 1);
    reader.release();
    CHECK_FALSE(writer.full());
    CHECK_FALSE(other.full());
}

TEST_CASE("a buffer over its bound is flushed by append", "[storage][spool]") {
    const spool_place place;
    auto writer = place.writer();
    auto reader = place.reader();
    for (std::uint64_t number = 1; number <= 30; ++number) {
        REQUIRE(writer.append(numbered(number, 100'000)));
    }
    CHECK(writer.flushed().offset > 1'000'000);
    flush(writer);
    CHECK(numbers_of(read(reader, writer.flushed())) == range(1, 30));
    CHECK(writer.refused() == 0);
}

TEST_CASE("a record above the format's limit is refused and counted", "[storage][spool]") {
    const spool_place place;
    auto writer = place.writer();
    CHECK_FALSE(writer.append(numbered(1, 17 * 1024 * 1024)));
    CHECK(writer.refused() == 1);
    CHECK_FALSE(writer.dirty());
}

TEST_CASE("a writer that goes away writes what it holds", "[storage][spool]") {
    const spool_place place;
    {
        auto writer = place.writer();
        REQUIRE(writer.append(numbered(1)));
    }
    CHECK(numbers_of(read_remains(place.files().front()).records) == range(1, 1));
}
