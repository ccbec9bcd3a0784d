#include "net/process_usage.hpp"

#include "tests/support/catch.hpp"

#include <sys/wait.h>
#include <unistd.h>

using orch::net::usage_of_tree;

namespace {

/// A child that waits until it is let go.
class waiting_child {
public:
    waiting_child() {
        REQUIRE(::pipe(ends_) == 0);
        pid_ = ::fork();
        if (pid_ == 0) {
            ::close(ends_[1]);
            char ignored = 0;
            const auto got = ::read(ends_[0], &ignored, 1);
            ::_exit(got == 0 ? 0 : 1);
        }
    }
    ~waiting_child() { end(); }
    void end() {
        if (pid_ > 0) {
            ::close(ends_[0]);
            ::close(ends_[1]);
            ::waitpid(pid_, nullptr, 0);
            pid_ = 0;
        }
    }
    [[nodiscard]] int pid() const noexcept { return pid_; }

private:
    int ends_[2]{};
    int pid_ = 0;
};

} // namespace

TEST_CASE("a process counts with its descendants", "[net][process]") {
    const auto alone = usage_of_tree(::getpid());
    CHECK(alone.processes == 1);
    CHECK(alone.memory_bytes > 100'000);
    waiting_child child;
    const auto both = usage_of_tree(::getpid());
    CHECK(both.processes == 2);
    CHECK(both.memory_bytes > alone.memory_bytes);
    CHECK(usage_of_tree(child.pid()).processes == 1);
    child.end();
    CHECK(usage_of_tree(::getpid()).processes == 1);
}

TEST_CASE("a process that is gone takes nothing", "[net][process]") {
    waiting_child child;
    const auto pid = child.pid();
    child.end();
    for (const int gone : {pid, 0, -1}) {
        CHECK(usage_of_tree(gone).processes == 0);
        CHECK(usage_of_tree(gone).memory_bytes == 0);
    }
}
