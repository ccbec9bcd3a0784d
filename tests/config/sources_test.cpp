#include "config/sources.hpp"

#include "tests/config/probe.hpp"
#include "tests/support/temporary_directory.hpp"

#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

using namespace orch::config;

namespace {

/// A directory with files that everybody can read.
class file_directory : public orch::test::temporary_directory {
public:
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(file(name)) << text;
        ::chmod(file(name).c_str(), 0644);
    }
};

} // namespace

TEST_CASE("the named configuration file is read", "[config][sources]") {
    const file_directory scratch;
    scratch.write("my.toml", "[log]\nlevel = 'debug'\n");
    const auto from = gather({}, scratch.file("my.toml"));
    REQUIRE(from.file.has_value());
    CHECK(from.file->path == scratch.file("my.toml"));
    CHECK(from.file->text == "[log]\nlevel = 'debug'\n");
    CHECK(from.mistakes.empty());
    CHECK(from.on.processors >= 1);
}

TEST_CASE("a named configuration file that cannot be read is a mistake", "[config][sources]") {
    const file_directory scratch;
    const auto missing = gather({}, scratch.file("none.toml"));
    CHECK(probe::mentions(missing.mistakes, scratch.file("none.toml"), "No such file"));
    CHECK(probe::mentions(gather({}, scratch.path()).mistakes, scratch.path(), "is not a file"));
    scratch.write("huge.toml", std::string(1024 * 1024 + 1, '#'));
    CHECK(probe::mentions(gather({}, scratch.file("huge.toml")).mistakes, scratch.file("huge.toml"),
                          "larger"));
}

TEST_CASE("a configuration file in the data directory is found", "[config][sources]") {
    const file_directory scratch;
    scratch.write("config.toml", "[log]\nlevel = 'debug'\n");
    const auto from = gather({{"--data-dir", scratch.path()}}, std::nullopt);
    REQUIRE(from.file.has_value());
    CHECK(from.file->path == scratch.file("config.toml"));
}

TEST_CASE("root does not believe a file that other accounts can write", "[config][sources]") {
    const file_directory scratch;
    scratch.write("config.toml", "");
    ::chmod(scratch.file("config.toml").c_str(), 0666);
    const auto from = gather({{"--data-dir", scratch.path()}}, std::nullopt);
    if (::geteuid() == 0) {
        CHECK_FALSE(from.file.has_value());
        CHECK(probe::mentions(from.mistakes, scratch.file("config.toml"), "other accounts"));
    } else {
        CHECK(from.file.has_value());
    }
}
