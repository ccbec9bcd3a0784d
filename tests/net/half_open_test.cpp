#include "net/http_server.hpp"

#include "tests/net/server_fixture.hpp"
#include "tests/support/catch.hpp"

#include <cstring>
#include <future>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

using namespace orch::net;
using namespace orch::net::test;
using namespace std::chrono_literals;

namespace {

/// A network of the calling thread alone; ends with the thread and its sockets.
class private_network {
public:
    /// False where the system lets nobody, or only others, have one.
    [[nodiscard]] bool enter() { return ::unshare(CLONE_NEWNET) == 0 && set_loopback(IFF_UP); }

    /// From now on nothing arrives anywhere, not even a refusal.
    void cut() { REQUIRE(set_loopback(0)); }

private:
    static bool set_loopback(short flags) {
        const owned_fd socket{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
        ifreq wanted{};
        std::strcpy(wanted.ifr_name, "lo");
        wanted.ifr_flags = flags;
        return ::ioctl(socket.get(), SIOCSIFFLAGS, &wanted) == 0;
    }
};

/// Runs `test` in a thread with a network of its own, or says why it cannot.
template <class Test>
void in_private_network(Test test) {
    std::async(std::launch::async, [&] {
        private_network network;
        if (!network.enter()) {
            WARN("skipped: this account may not have a network of its own");
            return;
        }
        test(network);
    }).get();
}

/// Opens a stream for its only client and tells how that ends.
struct streaming {
    explicit streaming(http_options options)
        : fixture{[this](request&&, const exchange_ptr& reply) {
                      stream = reply->open_stream({}, message_frame("1"));
                      stream->on_end([this](stream_end why) { ended.set_value(why); });
                      opened.set_value();
                  },
                  std::move(options)},
          client{fixture.server().port()} {
        client.send(get("/"));
        static_cast<void>(client.read_until("\n\n\r\n"));
        await(opened.get_future());
    }

    event_stream_ptr stream;
    std::promise<void> opened;
    std::promise<stream_end> ended;
    server_fixture fixture;
    raw_client client;
};

} // namespace

TEST_CASE("a peer that vanished without a word is found on a silent stream", "[net][stream]") {
    in_private_network([](private_network& network) {
        streaming silent{options_with([](auto& o) { o.peer_timeout = 1s; })};
        auto end = silent.ended.get_future();
        network.cut();
        CHECK(await(std::move(end)) == stream_end::peer_closed);
        CHECK(silent.fixture.server().streams() == 0);
    });
}

TEST_CASE("a peer that vanished without a word is found by what it never acknowledges",
          "[net][stream]") {
    in_private_network([](private_network& network) {
        streaming busy{options_with([](auto& o) {
            o.peer_timeout = 1s;
            o.keep_alive_interval = 100ms;
        })};
        auto end = busy.ended.get_future();
        network.cut();
        busy.stream->send(message_frame("2"));
        CHECK(await(std::move(end)) == stream_end::peer_closed);
    });
}
