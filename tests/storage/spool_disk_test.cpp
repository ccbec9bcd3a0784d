#include "tests/storage/spool_fixture.hpp"

#include <algorithm>
#include <csignal>
#include <functional>

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace spool_test;

namespace {

constexpr int passed = 0;
constexpr int skipped = 77;

/// Runs `script` in a child, so that limits and mounts end with it. It answers `passed`,
/// `skipped`, or the number of the step that went wrong.
int in_child(const std::function<int()>& script) {
    const pid_t child = ::fork();
    if (child == 0) {
        // An exception must not run the rest of the tests a second time.
        [&]() noexcept {
            ::_exit(script());
        }();
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

bool limit_file_size(rlim_t bytes) {
    struct rlimit limit {};
    if (::getrlimit(RLIMIT_FSIZE, &limit) != 0) {
        return false;
    }
    limit.rlim_cur = std::min(bytes, limit.rlim_max);
    return ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

/// Appends numbered records and flushes each until the disk refuses; the last number tried.
std::uint64_t write_until_refused(storage::spool_writer& writer) {
    std::uint64_t number = 1;
    while (writer.append(numbered(number, 1'000)) && writer.flush() && number < 10'000) {
        ++number;
    }
    return number;
}

/// After space is back: everything, the refused record included, is there once and in order.
int check_recovery(const spool_place& place, storage::spool_writer& writer, std::uint64_t count) {
    if (!writer.append(numbered(count + 1)) || !writer.flush() || writer.full()) {
        return 11;
    }
    auto opened = storage::spool_reader::open(place.options, place.instance, 0, place.usage);
    std::vector<model::call_record> records;
    if (!opened || !opened->read(writer.flushed(), no_cutoff, 100'000, records)) {
        return 12;
    }
    std::uint64_t next = 1;
    for (const auto& record : records) {
        if (number_of(record) != next++) {
            return 13;
        }
    }
    if (next != count + 2 || opened->damaged() != 0) {
        return 14;
    }
    return place.usage->bytes() == storage::spool_bytes(place.options) ? passed : 15;
}

int fill_to_the_limit(const spool_place& place) {
    constexpr rlim_t limit = 20'000;
    std::signal(SIGXFSZ, SIG_IGN);
    auto writer = place.writer();
    if (!limit_file_size(limit)) {
        return 1;
    }
    const std::uint64_t tried = write_until_refused(writer);
    if (tried >= 10'000 || !writer.dirty() || !writer.full()) {
        return 2;
    }
    // The half record is cut off: the file ends where the writer says.
    if (fs::file_size(place.files().front()) != writer.flushed().offset) {
        return 3;
    }
    if (read_remains(place.files().front()).records.size() != tried - 1) {
        return 4;
    }
    return limit_file_size(RLIM_INFINITY) ? check_recovery(place, writer, tried) : 5;
}

int fill_the_buffer(const spool_place& place) {
    std::signal(SIGXFSZ, SIG_IGN);
    auto writer = place.writer();
    if (!limit_file_size(100)) {
        return 1;
    }
    std::uint64_t taken = 0;
    while (writer.append(numbered(taken + 1, 1'000)) && taken < 10'000) {
        ++taken;
    }
    // About one mebibyte of them, and not one more.
    if (taken < 700 || taken > 1'100 || writer.append(numbered(taken + 1, 1'000))) {
        return 2;
    }
    if (writer.refused() != 2 || !writer.full() || writer.flush()) {
        return 3;
    }
    return limit_file_size(RLIM_INFINITY) ? check_recovery(place, writer, taken) : 4;
}

int fill_a_file_system(const spool_place& place) {
    const char* const directory = place.options.directory.c_str();
    fs::create_directories(directory);
    if (::unshare(CLONE_NEWNS) != 0 ||
        ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", directory, "tmpfs", 0, "size=256k") != 0) {
        return skipped;
    }
    const std::string ballast = place.options.directory + "/ballast";
    replace_content(ballast, std::string(100'000, 'x'));
    auto writer = place.writer();
    const std::uint64_t tried = write_until_refused(writer);
    if (tried >= 10'000 || !writer.dirty() || !writer.full()) {
        return 1;
    }
    // No space for a new segment either: that is refused, too, and leaves nothing behind.
    if (writer.flush() || place.files().size() != writer.flushed().segment + 1) {
        return 2;
    }
    fs::remove(ballast);
    return check_recovery(place, writer, tried);
}

} // namespace

TEST_CASE("a refused write is cut off, kept and written later", "[storage][spool]") {
    const spool_place place;
    CHECK(in_child([&] { return fill_to_the_limit(place); }) == passed);
}

TEST_CASE("a refused write lets the buffer grow to its bound only", "[storage][spool]") {
    const spool_place place;
    CHECK(in_child([&] { return fill_the_buffer(place); }) == passed);
}

TEST_CASE("a full file system stalls the writer until there is space", "[storage][spool]") {
    spool_place place;
    SECTION("in the middle of a segment") {}
    SECTION("between two segments") { place.options.segment_bytes_max = 10'000; }
    const int outcome = in_child([&] { return fill_a_file_system(place); });
    if (outcome == skipped) {
        WARN("skipped: a file system of its own needs root");
        return;
    }
    CHECK(outcome == passed);
}
