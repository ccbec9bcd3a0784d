#include "app/application.hpp"

#include "actors/bridge/ask.hpp"
#include "actors/bridge/coordinator.hpp"
#include "actors/runtime.hpp"
#include "actors/supervisor.hpp"
#include "api/context.hpp"
#include "api/front.hpp"
#include "app/access_log.hpp"
#include "app/account.hpp"
#include "app/cli/version.hpp"
#include "app/data_directory.hpp"
#include "app/first_steps.hpp"
#include "app/stop_signals.hpp"
#include "config/endpoint.hpp"
#include "core/byte_sizes.hpp"
#include "core/log.hpp"
#include "crypto/digest.hpp"
#include "crypto/encoding.hpp"
#include "crypto/random.hpp"
#include "net/http_server.hpp"
#include "web/files.hpp"

#include <fmt/format.h>

#include <caf/actor_system.hpp>
#include <caf/scoped_actor.hpp>

#include <cstdlib>
#include <filesystem>
#include <memory>

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace orch::app {

namespace {

constexpr std::chrono::seconds shut_down_timeout{120};
/// How long a signal may go unnoticed while the orchestrator starts.
constexpr std::chrono::milliseconds signal_interval{100};

/// Ten thousand sessions need as many descriptors.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

std::string variable(const char* name, std::string fallback) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : std::move(fallback);
}

/// What every MCP server sees besides its own variables.
model::name_value_list base_environment() {
    const std::string system_path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    return {{"PATH", variable("PATH", system_path)},
            {"HOME", home_directory()},
            {"LANG", variable("LANG", "C.UTF-8")},
            {"TZ", variable("TZ", "UTC")},
            {"TMPDIR", "/tmp"}};
}

std::string launcher_path() {
    std::error_code failure;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failure);
    return (self.parent_path() / "mcp-orch-launch").string();
}

net::client_addresses remote_addresses_of(const config::settings& settings) {
    using mode = config::remote_servers_mode;
    const bool everywhere = settings.remote_servers == mode::all ||
                            (settings.remote_servers == mode::automatic &&
                             config::is_loopback(settings.http.address));
    return everywhere ? net::client_addresses::all : net::client_addresses::global;
}

actors::runtime_options runtime_options_of(const config::settings& settings) {
    actors::runtime_options options;
    options.child = settings.child;
    options.actors = settings.actors;
    options.database = settings.database;
    options.spool = settings.spool;
    options.data_dir = settings.data_dir;
    options.launcher = launcher_path();
    options.base_environment = base_environment();
    options.version = cli::version();
    options.remote.addresses = remote_addresses_of(settings);
    options.remote.body_bytes_max = settings.child.line_bytes_max;
    return options;
}

/// What the set-up link carries: derived, so that the token itself stands in no link.
std::string set_up_token(const std::string& admin_token) {
    return crypto::to_hex(crypto::sha256("set-up:" + admin_token));
}

api::stdio_policy stdio_policy_of(const config::settings& settings) {
    using mode = config::stdio_servers_mode;
    switch (settings.stdio_servers) {
    case mode::developer: return api::stdio_policy::developer;
    case mode::owner: return api::stdio_policy::owner;
    case mode::admin: return api::stdio_policy::admin;
    case mode::templates: return api::stdio_policy::templates;
    case mode::automatic: break;
    }
    return config::is_loopback(settings.http.address) ? api::stdio_policy::owner
                                                      : api::stdio_policy::admin;
}

api::api_options api_options_of(const config::settings& settings, const std::string& admin_token) {
    api::api_options options;
    options.anonymous = settings.auth == config::auth_mode::none ? api::anonymous_access::allowed
                                                                 : api::anonymous_access::refused;
    options.allowed_hosts = settings.allowed_hosts;
    options.allowed_origins = settings.allowed_origins;
    options.public_url = settings.public_url;
    options.public_allowed = settings.allow_public || config::is_loopback(settings.http.address);
    options.stdio_servers = stdio_policy_of(settings);
    options.sign_up = settings.sign_up;
    options.set_up_token_sha256 = crypto::sha256(set_up_token(admin_token));
    options.admin_token_sha256 = crypto::sha256(admin_token);
    options.version = cli::version();
    return options;
}

/// What the HTTP server hands requests and their log lines to.
struct answering {
    answering(actors::runtime& runtime, caf::actor_system& system, api::api_options options)
        : context{runtime, system, std::move(options), api::pages(web::files())}, front(context),
          log(actors::bridge::coordinator::of(system)) {}

    api::context context;
    api::front front;
    access_log log;
};

/// Everything that lives while the orchestrator serves; made bottom-up, destroyed top-down.
class application {
public:
    application(const config::settings& settings, const data_directory& directory,
                crypto::secret_box box, const std::string& admin_token)
        : settings_(settings), directory_(directory), set_up_token_(set_up_token(admin_token)),
          runtime_(runtime_options_of(settings), clock_, std::move(box)),
          config_(settings.io_threads, actors::bridge::unit_threads::own, clock_), system_(config_),
          server_(contexts(), settings.http, hooks()) {
        answering_ = std::make_unique<answering>(runtime_, system_,
                                                 api_options_of(settings, admin_token));
    }

    result<void> run(stop_signals& signals) {
        if (auto started = server_.start(); !started) {
            return started;
        }
        supervisor_ = system_.spawn<actors::supervisor>(std::ref(unit(0)), std::ref(runtime_));
        actors::bridge::tell(supervisor_, actors::start_up{});
        auto served = serve_until(signals);
        stop(signals);
        return served;
    }

private:
    actors::bridge::io_unit& unit(std::size_t index) {
        return actors::bridge::coordinator::of(system_).unit(index);
    }

    std::vector<boost::asio::io_context*> contexts() {
        std::vector<boost::asio::io_context*> all;
        for (std::size_t i = 0; i < settings_.io_threads; ++i) {
            all.push_back(&unit(i).context());
        }
        return all;
    }

    net::http_server::hooks hooks() {
        return {[this](net::request&& request, const net::exchange_ptr& exchange) {
                    answering_->front.handle(std::move(request), exchange);
                },
                [this](const net::access_entry& entry) { answering_->log.write(entry); },
                [this](const net::request& request) {
                    return answering_->front.refuse_early(request);
                }};
    }

    result<void> serve_until(stop_signals& signals) {
        const auto url = fmt::format("http://{}:{}", settings_.http.address, server_.port());
        while (!runtime_.wait_while(actors::readiness::starting, signal_interval)) {
            if (signals.wait_for(std::chrono::milliseconds(0))) {
                return {};
            }
        }
        if (runtime_.state() == actors::readiness::failed) {
            return error{errc::unavailable, runtime_.condition()};
        }
        const first_steps steps{settings_, directory_, runtime_, system_, url, set_up_token_};
        if (auto taken = steps.take(); !taken) {
            return taken;
        }
        log::info("app", "ready at {}", url);
        signals.wait();
        return {};
    }

    void stop(stop_signals& signals) {
        log::info("app", "stopping");
        signals.exit_on_next();
        {
            caf::scoped_actor self{system_};
            self->request(supervisor_, shut_down_timeout, actors::shut_down{})
                .receive([](actors::stopped) {},
                         [](const caf::error&) {
                             log::error("app", "not everything stopped in time");
                             std::_Exit(1);
                         });
        }
        supervisor_ = nullptr;
        // Only now: until here open streams took their last answers, and others heard 503.
        server_.stop();
        runtime_.close();
        log::info("app", "stopped");
    }

    const config::settings& settings_;
    const data_directory& directory_;
    const std::string set_up_token_;
    system_clock_source clock_;
    actors::runtime runtime_;
    actors::bridge::system_config config_;
    /// Before the actor system, whose threads may use it until they are joined.
    std::unique_ptr<answering> answering_;
    caf::actor_system system_;
    net::http_server server_;
    caf::actor supervisor_;
};

/// Bursts of calls come and go many times a second. Left to itself the C library would give their
/// memory back after each and take it again page by page; so it keeps some.
void keep_some_memory() {
    ::mallopt(M_TRIM_THRESHOLD, 16 * mib);
    ::mallopt(M_TOP_PAD, 1 * mib);
    ::mallopt(M_MMAP_THRESHOLD, 4 * mib);
}

} // namespace

result<void> serve(const config::settings& settings) {
    keep_some_memory();
    log::configure(settings.log_level, settings.log_format);
    raise_descriptor_limit();
    // A launcher that is killed leaves its descendants to us.
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    stop_signals signals;
    if (auto left = leave_root(settings.data_dir); !left) {
        return left;
    }
    auto directory = data_directory::open(settings.data_dir);
    if (!directory) {
        return directory.error();
    }
    const auto token = directory->secret_file("admin-token",
                                              [] { return "adm_" + crypto::random_token(48); });
    if (!token) {
        return token.error();
    }
    auto box = crypto::secret_box::open({settings.master_key_file, settings.master_key});
    if (!box) {
        return box.error();
    }
    application app(settings, *directory, std::move(*box), *token);
    return app.run(signals);
}

} // namespace orch::app
