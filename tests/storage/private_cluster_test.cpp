#include "storage/private_cluster.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace orch;
using namespace orch::storage;
using namespace orch::test;

namespace {

bool has(const command_line& command, const std::string& argument) {
    return std::find(command.arguments.begin(), command.arguments.end(), argument) !=
           command.arguments.end();
}

/// A live process of this account that is no PostgreSQL.
class bystander {
public:
    bystander() : pid_(::fork()) {
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            for (;;) {
                ::pause();
            }
        }
    }
    ~bystander() {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    bystander(const bystander&) = delete;
    bystander& operator=(const bystander&) = delete;

    [[nodiscard]] int pid() const noexcept { return pid_; }

private:
    int pid_;
};

/// An empty directory beside the shared cluster, which the test account can write.
std::string fresh_directory(const std::string& name) {
    auto path = database_cluster::shared().directory() + "/" + name;
    std::filesystem::create_directory(path);
    return path;
}

} // namespace

TEST_CASE("without server programs the missing package is named", "[storage][private_cluster]") {
    const auto found = private_cluster::locate("/tmp/none", "/nonexistent");
    REQUIRE(found.has_error());
    CHECK(found.error().code == errc::not_found);
    CHECK(found.error().detail.find("postgresql-15") != std::string::npos);
}

TEST_CASE("the commands ask for peer authentication and no network", "[storage][private_cluster]") {
    const auto cluster = private_cluster::locate("/tmp/some").value();
    CHECK(has(cluster.initdb(), "--auth-local=peer"));
    CHECK(has(cluster.initdb(), "--auth-host=reject"));
    CHECK(has(cluster.initdb(), "--data-checksums"));
    CHECK(has(cluster.server(), "listen_addresses="));
    CHECK(has(cluster.server(), "unix_socket_permissions=0700"));
    CHECK(has(cluster.server(), "fsync=on"));
}

TEST_CASE("sockets of a deep data directory move where their path is short",
          "[storage][private_cluster]") {
    const auto near = private_cluster::locate("/tmp/some").value();
    CHECK(near.connection().find("host='/tmp/some/postgres/run'") != std::string::npos);
    const auto deep = private_cluster::locate("/tmp/" + std::string(120, 'd')).value();
    CHECK(deep.connection().find("ddd") == std::string::npos);
    CHECK(deep.connection().find("mcp-orch-") != std::string::npos);
}

TEST_CASE("a killed initdb leaves no cluster and no obstacle", "[storage][private_cluster]") {
    const auto cluster = private_cluster::locate(fresh_directory("half")).value();
    REQUIRE(cluster.prepare().has_value());
    const auto half = database_cluster::shared().directory() + "/half/postgres/data.new";
    std::filesystem::create_directory(half);
    std::ofstream{half + "/PG_VERSION"} << "15\n";
    CHECK_FALSE(cluster.initialized());
    REQUIRE(cluster.prepare().has_value());
    CHECK_FALSE(std::filesystem::exists(half));
    CHECK(cluster.finish_initdb().has_error());
}

TEST_CASE("directories are private and links are refused", "[storage][private_cluster]") {
    const auto place = fresh_directory("private");
    const auto cluster = private_cluster::locate(place).value();
    REQUIRE(cluster.prepare().has_value());
    struct stat found {};
    REQUIRE(::stat((place + "/postgres/run").c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0700);
    std::filesystem::remove_all(place + "/postgres/run");
    std::filesystem::create_directory_symlink("/tmp", place + "/postgres/run");
    CHECK(cluster.prepare().has_error());
}

TEST_CASE("the server of the data directory is recognised, other programs are not",
          "[storage][private_cluster]") {
    auto& shared = database_cluster::shared();
    CHECK(shared.layout().initialized());
    CHECK(shared.layout().leftover_pid() == shared.pid());
    const auto place = fresh_directory("stale");
    const auto cluster = private_cluster::locate(place).value();
    CHECK(cluster.leftover_pid() == 0);
    std::filesystem::create_directories(place + "/postgres/data");
    // A live process with another program, then a postgres with another data directory.
    for (const int pid : {static_cast<int>(::getpid()), shared.pid()}) {
        std::ofstream{place + "/postgres/data/postmaster.pid"} << pid << "\n";
        CHECK(cluster.leftover_pid() == 0);
    }
}

TEST_CASE("a server starts over stale lock files whose pid another program has now",
          "[storage][private_cluster]") {
    auto& shared = database_cluster::shared();
    const auto place = shared.directory() + "/postgres";
    shared.stop();
    const bystander other;
    for (const auto& lock : {place + "/data/postmaster.pid", place + "/run/.s.PGSQL.5432.lock"}) {
        std::ofstream{lock} << other.pid() << "\n" << place << "/data\n";
    }
    CHECK(shared.layout().leftover_pid() == 0);
    // The positive control: PostgreSQL itself takes the other program for a server.
    CHECK_THROWS(shared.start());
    shared.stop();
    REQUIRE(shared.layout().prepare().has_value());
    CHECK_NOTHROW(shared.start());
}
