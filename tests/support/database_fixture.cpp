#include "tests/support/database_fixture.hpp"

#include "storage/migrator.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace orch::test {

namespace {

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error{"database fixture: " + what};
}

void leave_root() {
    if (::geteuid() != 0) {
        return;
    }
    const passwd* account = ::getpwnam("postgres");
    if (account == nullptr || ::setgroups(0, nullptr) != 0 || ::setgid(account->pw_gid) != 0 ||
        ::setuid(account->pw_uid) != 0) {
        fail("cannot become the account postgres");
    }
    // The change of account hides the process from itself, and the leak checker reads /proc.
    ::prctl(PR_SET_DUMPABLE, 1);
}

std::string make_directory() {
    leave_root();
    std::string path = "/tmp/orch-db-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) {
        fail("cannot create " + path);
    }
    return path;
}

/// Starts a program whose output goes to `output`; it ends with this program.
int spawn(const storage::command_line& command, int output) {
    std::vector<char*> arguments{const_cast<char*>(command.program.c_str())};
    for (const auto& argument : command.arguments) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    const int pid = ::fork();
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
        ::dup2(output, STDOUT_FILENO);
        ::dup2(output, STDERR_FILENO);
        ::execv(command.program.c_str(), arguments.data());
        ::_exit(127);
    }
    return pid;
}

void run_to_end(const storage::command_line& command) {
    const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    const int pid = spawn(command, null);
    ::close(null);
    int status = 0;
    if (::waitpid(pid, &status, 0) != pid || status != 0) {
        fail(command.program + " failed");
    }
}

/// Reads the server's log to its end; `ready` is kept at the line that says so, or broken.
void follow_log(int fd, std::promise<void> ready) {
    std::string text;
    bool told = false;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(fd, buffer, sizeof buffer)) > 0;) {
        if (!told) {
            text.append(buffer, static_cast<std::size_t>(got));
            told = text.find("ready to accept connections") != std::string::npos;
            if (told) {
                ready.set_value();
            }
        }
    }
    ::close(fd);
    if (!told) {
        ready.set_exception(std::make_exception_ptr(std::runtime_error{"no server: " + text}));
    }
}

void execute(const std::string& connection, const std::string& sql) {
    pqxx::connection live{connection};
    pqxx::nontransaction work{live};
    work.exec(sql);
}

void make_template(const database_cluster& cluster) {
    execute(cluster.connection("postgres"), "CREATE DATABASE orch_template");
    storage::session session{{.connection = cluster.connection("orch_template")}};
    result<int> applied = error{errc::internal, "not run"};
    const auto ran = session.run(
        [&](pqxx::connection& connection) { applied = storage::migrate(connection); });
    if (!ran || !applied) {
        fail("migration: " + (ran ? applied.error().detail : ran.error().detail));
    }
}

} // namespace

database_cluster::database_cluster(std::vector<std::string> settings)
    : directory_(make_directory()), layout_(storage::private_cluster::locate(directory_).value()),
      settings_(std::move(settings)) {
    layout_.prepare().value();
    auto initdb = layout_.initdb();
    initdb.arguments.emplace_back("--no-sync");
    run_to_end(initdb);
    layout_.finish_initdb().value();
    start();
}

database_cluster::~database_cluster() {
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

database_cluster& database_cluster::shared() {
    static database_cluster cluster{{"-c", "fsync=off"}};
    static const bool made = (make_template(cluster), true);
    static_cast<void>(made);
    return cluster;
}

void database_cluster::start() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        fail("no pipe");
    }
    auto server = layout_.server();
    server.arguments.insert(server.arguments.end(), settings_.begin(), settings_.end());
    pid_ = spawn(server, ends[1]);
    ::close(ends[1]);
    std::promise<void> ready;
    auto started = ready.get_future();
    log_ = std::async(std::launch::async, follow_log, ends[0], std::move(ready));
    if (started.wait_for(std::chrono::seconds{30}) != std::future_status::ready) {
        fail("the server does not start");
    }
    started.get();
}

void database_cluster::stop() {
    if (pid_ > 0) {
        ::kill(pid_, SIGINT);
        ::waitpid(pid_, nullptr, 0);
        pid_ = 0;
        log_.wait();
    }
}

std::string database_cluster::connection(const std::string& database) const {
    return layout_.connection() + " dbname=" + database;
}

database_fixture::database_fixture(schema wanted) {
    static int count = 0;
    auto& cluster = database_cluster::shared();
    name_ = "orch_test_" + std::to_string(++count);
    execute(cluster.connection("postgres"),
            "CREATE DATABASE " + name_ + " TEMPLATE " +
                (wanted == schema::migrated ? "orch_template" : "template0"));
    session_ = std::make_unique<storage::session>(options());
}

storage::database_options database_fixture::options() const {
    return {.connection = database_cluster::shared().connection(name_)};
}

void database_fixture::run(const std::function<void(pqxx::connection&)>& work) {
    if (const auto ran = session_->run(work); !ran) {
        fail(ran.error().detail);
    }
}

void database_fixture::apply(const std::string& sql) {
    run([&](pqxx::connection& connection) {
        pqxx::nontransaction work{connection};
        work.exec(sql);
    });
}

std::string database_fixture::value(const std::string& sql) {
    std::string out;
    run([&](pqxx::connection& connection) {
        pqxx::nontransaction work{connection};
        out = work.exec1(sql)[0].c_str();
    });
    return out;
}

} // namespace orch::test
