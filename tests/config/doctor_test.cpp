#include "app/cli/doctor.hpp"
#include "app/cli/program.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

#include <filesystem>
#include <fstream>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace orch::app::cli;
namespace fs = std::filesystem;

namespace {

/// A directory with programs.
class program_directory : public orch::test::temporary_directory {
public:
    [[nodiscard]] std::string script(const std::string& name, const std::string& body) const {
        const fs::path path = file(name);
        fs::create_directories(path.parent_path());
        std::ofstream(path) << "#!/bin/sh\n" << body << "\n";
        ::chmod(path.c_str(), 0755);
        return path.string();
    }
};

/// A TCP port of the loopback that somebody listens on.
class taken_port {
public:
    taken_port() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        void* generic = &address;
        socklen_t size = sizeof address;
        REQUIRE(::bind(socket_, static_cast<sockaddr*>(generic), size) == 0);
        REQUIRE(::listen(socket_, 1) == 0);
        REQUIRE(::getsockname(socket_, static_cast<sockaddr*>(generic), &size) == 0);
        number = ntohs(address.sin_port);
    }
    ~taken_port() { ::close(socket_); }
    taken_port(const taken_port&) = delete;
    taken_port& operator=(const taken_port&) = delete;

    unsigned short number = 0;

private:
    int socket_;
};

orch::net::http_options listener_at(const std::string& address, unsigned short port) {
    orch::net::http_options options;
    options.address = address;
    options.port = port;
    return options;
}

} // namespace

TEST_CASE("doctor finds the newest complete PostgreSQL", "[app][doctor]") {
    const program_directory root;
    CHECK(check_postgres(root.path(), "").level == severity::fail);
    CHECK(check_postgres(root.path() + "/missing", "").level == severity::fail);
    CHECK(check_postgres(root.path(), "postgresql://db/orch").level == severity::ok);
    for (const auto* file : {"9/bin/postgres", "9/bin/initdb", "15/bin/postgres", "15/bin/initdb",
                             "16/bin/postgres", "old/bin/postgres"}) {
        (void)root.script(file, "");
    }
    const auto found = check_postgres(root.path(), "");
    CHECK(found.level == severity::ok);
    CHECK_THAT(found.text, Catch::Contains("version 15 "));
}

TEST_CASE("doctor tells programs apart that are there, broken and missing", "[app][doctor]") {
    const program_directory root;
    const auto program = root.script("node", "");
    const auto path = "/nowhere::" + root.path();
    std::string asked;
    const auto there = check_program("node", "servers", path, [&](const std::string& which) {
        asked = which;
        return std::optional<std::string>{"v22"};
    });
    CHECK(there.level == severity::ok);
    CHECK(there.text == "v22 (" + program + ")");
    CHECK(asked == program);
    const auto none = [](const std::string&) {
        return std::optional<std::string>{};
    };
    CHECK(check_program("node", "servers", path, none).level == severity::warn);
    const auto relative = fs::relative(root.path()).string();
    CHECK(check_program("node", "servers", relative, none).text == "not in PATH");
    const auto missing = check_program("uvx", "Python servers", path, none);
    CHECK(missing.level == severity::warn);
    CHECK_THAT(missing.advice, Catch::Contains("Python servers"));
}

TEST_CASE("the version of a program is the first line it prints", "[app][program]") {
    const program_directory root;
    constexpr std::chrono::seconds guard{15};
    CHECK(program_version(root.script("good", "echo \"v1 $1\"; echo more; echo noise >&2"),
                          guard) == "v1 --version");
    CHECK(program_version(root.script("silent", ""), guard) == "");
    CHECK_FALSE(program_version(root.script("bad", "echo v1; exit 3"), guard).has_value());
    CHECK_FALSE(program_version(root.path() + "/missing", guard).has_value());
    const auto chatty = program_version(
        root.script("chatty", "i=0; while [ $i -lt 2000 ]; do printf 0123456789; i=$((i+1)); done"),
        guard);
    REQUIRE(chatty.has_value());
    CHECK(chatty->size() == 4096);
}

TEST_CASE("a program that does not answer is ended", "[app][program]") {
    const program_directory root;
    const auto hanging = root.script("hanging", "echo v1; sleep 600 & wait");
    CHECK_FALSE(program_version(hanging, std::chrono::milliseconds{50}).has_value());
}

TEST_CASE("doctor tells a free port from a taken one", "[app][doctor]") {
    const taken_port port;
    const auto options = listener_at("127.0.0.1", port.number);
    const auto taken = check_port(options, orchestrator_state::stopped);
    CHECK(taken.level == severity::fail);
    CHECK_THAT(taken.advice, Catch::Contains("--listen"));
    CHECK(check_port(options, orchestrator_state::running).level == severity::ok);
    CHECK(check_port(listener_at("127.0.0.1", 0), orchestrator_state::stopped).level ==
          severity::ok);
    // Addresses for documentation belong to no machine.
    CHECK(check_port(listener_at("192.0.2.1", 8000), orchestrator_state::stopped).level ==
          severity::fail);
}

TEST_CASE("doctor looks at the data directory and its mode", "[app][doctor]") {
    const program_directory root;
    CHECK(check_data_dir(root.path()).level == severity::ok);
    ::chmod(root.path().c_str(), 0755);
    const auto open = check_data_dir(root.path());
    CHECK(open.level == severity::warn);
    CHECK(open.advice == "chmod 0700 " + root.path());
    const auto absent = check_data_dir(root.path() + "/a/b");
    CHECK(absent.level == severity::ok);
    CHECK_THAT(absent.text, Catch::Contains("will be created"));
    const auto file = root.script("file", "");
    CHECK(check_data_dir(file).level == severity::fail);
    CHECK(check_data_dir(file + "/data").level == severity::fail);
}

TEST_CASE("doctor knows the limit of socket paths", "[app][doctor]") {
    CHECK(check_socket_path(std::string(107, 'x')).level == severity::ok);
    CHECK(check_socket_path(std::string(108, 'x')).level == severity::fail);
}

TEST_CASE("doctor compares the limit of open files with the need", "[app][doctor]") {
    CHECK(check_open_files(65'536, 24'096).level == severity::ok);
    CHECK(check_open_files(1'024, 24'096).level == severity::warn);
    CHECK(check_open_files(256, 24'096).level == severity::fail);
    CHECK(check_open_files(256, 200).level == severity::ok);
}

TEST_CASE("doctor wants an account to become when it is root", "[app][doctor]") {
    CHECK(check_account(0, service_account::missing).level == severity::fail);
    CHECK(check_account(0, service_account::present).level == severity::ok);
    CHECK(check_account(1000, service_account::missing).level == severity::ok);
}

TEST_CASE("doctor looks for the launcher beside the executable", "[app][doctor]") {
    const program_directory root;
    CHECK(check_launcher(root.path()).level == severity::fail);
    (void)root.script("mcp-orch-launch", "");
    CHECK(check_launcher(root.path()).level == severity::ok);
}

TEST_CASE("doctor reports every mistake of the configuration", "[app][doctor]") {
    orch::config::sources from;
    CHECK(check_config(from, {}).front().level == severity::ok);
    const auto found = check_config(from, {{"a.toml:1:1", "wrong"}, {"env X", "unknown"}});
    REQUIRE(found.size() == 2);
    CHECK(found.front().level == severity::fail);
    CHECK(found.front().text == "a.toml:1:1: wrong");
}

TEST_CASE("a diagnosis has one line per finding and fails with one of them", "[app][doctor]") {
    std::vector<finding> findings{{severity::ok, "port", "free", ""},
                                  {severity::warn, "uvx", "not in\nPATH", "install it"}};
    auto done = diagnosis(findings);
    CHECK(done.code == exit_code::ok);
    CHECK(done.out == "ok    port            free\n"
                      "warn  uvx             not in PATH — install it\n");
    findings.push_back({severity::fail, "launcher", "missing", "install it"});
    done = diagnosis(findings);
    CHECK(done.code == exit_code::failed);
    CHECK_THAT(done.out, Catch::Contains("fail  launcher"));
}
