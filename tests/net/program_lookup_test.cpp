#include "net/child_process.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

#include <filesystem>
#include <fstream>

using namespace orch;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

/// A folder with a program `tool`, a file `data` that is not executable and a folder `folder`.
struct program_folder {
    program_folder() {
        fs::create_directory(path / "folder");
        std::ofstream{path / "tool"} << "#!/bin/sh\n";
        fs::permissions(path / "tool", fs::perms::owner_all);
        std::ofstream{path / "data"} << "text";
    }

    orch::test::temporary_directory directory;
    fs::path path = directory.path();
};

} // namespace

TEST_CASE("a program is found in the PATH that is given", "[net][program_lookup]") {
    const program_folder folder;
    const auto path = "relative::/nowhere:" + folder.path.string();
    CHECK(net::find_program("tool", {{"PATH", path}}).value() == folder.path / "tool");
}

TEST_CASE("a program that is not there is named with the places", "[net][program_lookup]") {
    SECTION("in PATH") {
        const auto found = net::find_program("no-such-tool", {{"PATH", "/nowhere:/bin"}});
        REQUIRE_FALSE(found.has_value());
        CHECK(found.error().code == errc::not_found);
        CHECK_THAT(found.error().detail, Contains("no-such-tool") && Contains("/nowhere:/bin"));
    }
    SECTION("without PATH") {
        const auto found = net::find_program("sh", {});
        REQUIRE_FALSE(found.has_value());
        CHECK_THAT(found.error().detail, Contains("sh") && Contains("no PATH"));
    }
    SECTION("by path") {
        const auto found = net::find_program("/no/such/tool", {});
        REQUIRE_FALSE(found.has_value());
        CHECK(found.error().code == errc::not_found);
        CHECK_THAT(found.error().detail, Contains("/no/such/tool"));
    }
    SECTION("without name") {
        CHECK(net::find_program("", {}).error().code == errc::invalid_argument);
    }
}

TEST_CASE("what is no program is refused with the reason", "[net][program_lookup]") {
    const program_folder folder;
    const auto in_path = [&](const char* name) {
        return net::find_program(name, {{"PATH", folder.path.string()}});
    };
    SECTION("a file without the right to run it") {
        CHECK(in_path("data").error().code == errc::io_failure);
        CHECK_THAT(in_path("data").error().detail,
                   Contains((folder.path / "data").string()) && Contains("Permission denied"));
    }
    SECTION("a directory") {
        CHECK(in_path("folder").error().code == errc::not_found);
        const auto found = net::find_program((folder.path / "folder").string(), {});
        CHECK_THAT(found.error().detail, Contains("is a directory"));
    }
}
