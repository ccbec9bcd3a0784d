#include "config/setting_table.hpp"

#include "config/codecs.hpp"
#include "config/web_names.hpp"
#include "core/byte_sizes.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace orch::config {

namespace {

constexpr std::array<std::pair<std::string_view, auth_mode>, 2> auth_modes{
    {{"keys", auth_mode::keys}, {"none", auth_mode::none}}};
constexpr std::array<std::pair<std::string_view, stdio_servers_mode>, 5> stdio_modes{
    {{"auto", stdio_servers_mode::automatic},
     {"developer", stdio_servers_mode::developer},
     {"owner", stdio_servers_mode::owner},
     {"admin", stdio_servers_mode::admin},
     {"templates", stdio_servers_mode::templates}}};
constexpr std::array<std::pair<std::string_view, remote_servers_mode>, 3> remote_modes{
    {{"auto", remote_servers_mode::automatic},
     {"all", remote_servers_mode::all},
     {"internet", remote_servers_mode::internet}}};
constexpr std::array<std::pair<std::string_view, log::level>, 4> log_levels{
    {{"debug", log::level::debug},
     {"info", log::level::info},
     {"warning", log::level::warning},
     {"error", log::level::error}}};
constexpr std::array<std::pair<std::string_view, log::format>, 2> log_formats{
    {{"text", log::format::text}, {"json", log::format::json}}};
constexpr std::array<std::pair<std::string_view, storage::full_spool_policy>, 2> spool_policies{
    {{"refuse", storage::full_spool_policy::refuse}, {"gap", storage::full_spool_policy::gap}}};

/// An empty text takes the URL away.
struct base_url : codec::text {
    static std::string accepts() { return "URL"; }
    static result<void> assign(std::string& to, std::string_view value) {
        if (value.empty()) {
            to.clear();
            return {};
        }
        auto checked = check_base_url(value);
        if (!checked) {
            return checked.error();
        }
        to = std::move(*checked);
        return {};
    }
};

/// What a person reads and decides of one setting; the rest follows from its type.
struct wording {
    std::string_view key;
    std::string_view flag;
    std::string_view help;
    std::string_view default_note = {};
    secrecy privacy = secrecy::open;
};

template <class Codec, auto... Path>
constexpr setting row(wording says) {
    return {says.key,
            says.flag,
            says.help,
            says.default_note,
            says.privacy,
            Codec::shape,
            &Codec::accepts,
            [](settings& target, std::string_view text) {
                return Codec::assign((target.*....*Path), text);
            },
            [](const settings& source) {
                return Codec::show((source.*....*Path));
            }};
}

using s = settings;
using http = net::http_options;
using child = net::child_options;
using database = storage::database_options;
using spool = storage::spool_options;
using actor = actors::actor_options;
using codec::boolean;
using codec::bytes;
using codec::choice;
using codec::count;
using codec::duration;
using codec::list;
using codec::listener;
using codec::path;
using codec::text;

constexpr std::int64_t second = 1'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;

constexpr std::array table{
    row<path, &s::data_dir>({"data_dir", "--data-dir",
                             "Directory of the private database, the spool and admin.sock.",
                             "`/var/lib/mcp-orch/data` as root, else "
                             "`${XDG_STATE_HOME:-~/.local/state}/mcp-orch/data`"}),

    row<listener, &s::http>({"server.listen", "--listen",
                             "Numeric address and port of the HTTP listener; port 0 takes a free "
                             "one."}),
    row<base_url, &s::public_url>({"server.public_url", "",
                                   "Base URL that generated client configurations print.",
                                   "the address of the listener"}),
    row<list<host_name>, &s::allowed_hosts>(
        {"server.allowed_hosts", "",
         "Values of Host that are served; required when other machines reach the listener.",
         "loopback names only"}),
    row<list<web_origin>, &s::allowed_origins>(
        {"server.allowed_origins", "", "Values of Origin that browsers may send besides our own.",
         "none"}),
    row<list<network_address>, &s::http, &http::trusted_proxies>(
        {"server.trusted_proxies", "", "Reverse proxies whose X-Forwarded-For is believed.",
         "none"}),
    row<count<1, 64>, &s::io_threads>({"server.io_threads", "--io-threads",
                                       "Threads that serve connections and servers.",
                                       "processors − 1, at least 1"}),

    row<choice<auth_modes>, &s::auth>(
        {"security.auth", "--auth",
         "Who may use MCP endpoints: holders of a project key, or everybody on this machine."}),
    row<boolean, &s::allow_public>(
        {"security.allow_public", "",
         "Allow clients without a key (security.auth = none, or a project that asks for none) on a "
         "listener that other machines reach."}),

    row<choice<stdio_modes>, &s::stdio_servers>(
        {"security.stdio_servers", "",
         "Who may say what a stdio server runs: each developer, owners, administrators, or "
         "(templates) the administrator token alone. auto: owners where only this machine reaches "
         "the listener, else administrators."}),
    row<choice<remote_modes>, &s::remote_servers>(
        {"security.remote_servers", "",
         "Where remote servers may be: all addresses, or only those on the internet and not this "
         "machine and its network. auto: all where only this machine reaches the listener, else "
         "internet. Over the internet it takes https; link-local addresses are never asked."}),

    row<text, &s::master_key>({"security.master_key", "",
                               "Encrypts the secrets in the database, instead of a key file: 64 "
                               "hex digits. More keys may "
                               "follow, with commas between them; they only open what is older.",
                               "", secrecy::secret}),
    row<path, &s::master_key_file>({"security.master_key_file", "",
                                    "Holds the key that encrypts the secrets in the database; made "
                                    "when it is absent.",
                                    "`<data_dir>/master-key`"}),

    row<text, &s::database, &database::connection>(
        {"database.url", "--database-url",
         "PostgreSQL to use, as a libpq URL or connection string.",
         "a private PostgreSQL in the data directory", secrecy::secret}),
    row<count<1, 64>, &s::database, &database::connections>(
        {"database.connections", "", "Database connections for short queries."}),
    row<count<1, 65'536>, &s::database, &database::queue_max>(
        {"database.queue_max", "", "Queries that may wait for a connection; more are refused."}),
    row<duration<100, 10 * minute>, &s::database, &database::statement_timeout>(
        {"database.statement_timeout", "", "Longest run of one query."}),

    row<path, &s::spool, &spool::directory>(
        {"spool.directory", "", "Where call records wait for the database.", "`<data_dir>/spool`"}),
    row<bytes<64 * kib, gib>, &s::spool, &spool::segment_bytes_max>(
        {"spool.segment_bytes_max", "", "Size at which a new spool file is begun."}),
    row<bytes<mib, 1024 * gib>, &s::spool, &spool::bytes_max>(
        {"spool.bytes_max", "", "Size of the whole spool."}),
    row<choice<spool_policies>, &s::spool, &spool::when_full>(
        {"spool.when_full", "",
         "When the spool is full: refuse new calls, or serve them and leave a counted gap."}),

    row<bytes<kib, mib>, &s::http, &http::header_bytes_max>(
        {"http.header_bytes_max", "", "Largest request head."}),
    row<bytes<kib, gib>, &s::http, &http::body_bytes_max>(
        {"http.body_bytes_max", "", "Largest request body."}),
    row<count<1, 1'000'000>, &s::http, &http::connections_max>(
        {"http.connections_max", "", "Connections at a time; more are refused."}),
    row<duration<100, hour>, &s::http, &http::header_timeout>(
        {"http.header_timeout", "", "Longest wait for a whole request head."}),
    row<duration<100, hour>, &s::http, &http::body_timeout>(
        {"http.body_timeout", "", "Longest wait for a whole request body."}),
    row<duration<100, 24 * hour>, &s::http, &http::idle_timeout>(
        {"http.idle_timeout", "", "How long an unused connection stays open."}),
    row<bytes<64 * kib, gib>, &s::http, &http::stream_queue_bytes_max>(
        {"http.stream_queue_bytes_max", "",
         "Unsent bytes of an event stream beyond which it is closed."}),
    row<duration<100, hour>, &s::http, &http::stream_stall_timeout>(
        {"http.stream_stall_timeout", "",
         "How long an event stream may be unable to send before it is closed."}),
    row<duration<100, minute>, &s::http, &http::keep_alive_interval>(
        {"http.keep_alive_interval", "", "Pause between keep-alive comments on event streams."}),
    row<duration<second, hour>, &s::http, &http::peer_timeout>(
        {"http.peer_timeout", "",
         "A client that acknowledges nothing for this long, not even probes, is gone."}),

    row<bytes<kib, gib>, &s::child, &child::line_bytes_max>(
        {"child.line_bytes_max", "", "Longest message of a stdio server."}),
    row<bytes<kib, 4 * gib>, &s::child, &child::stdin_queue_bytes_max>(
        {"child.stdin_queue_bytes_max", "",
         "Bytes that may wait for a stdio server to read them; more are refused."}),
    row<bytes<256, mib>, &s::child, &child::stderr_line_bytes_max>(
        {"child.stderr_line_bytes_max", "", "Longest line of a stdio server's stderr; cut there."}),

    row<duration<100, hour>, &s::actors, &actor::handshake_timeout>(
        {"servers.handshake_timeout", "",
         "How long a server may take from its start to the end of the handshake."}),
    row<duration<0, 24 * hour>, &s::actors, &actor::server_idle_stop>(
        {"servers.idle_stop", "",
         "A server without calls for this long is stopped; 0ms keeps it."}),
    row<duration<100, hour>, &s::actors, &actor::server_stop_grace>(
        {"servers.stop_grace", "",
         "Between closing a server's stdin and SIGTERM, and again before SIGKILL."}),
    row<count<1, 1'024>, &s::actors, &actor::processes_per_server_max>(
        {"servers.processes_max", "",
         "Processes of one server for single sessions or users, beside the one that all share; "
         "clients beyond it wait, for handshake_timeout at most."}),
    row<count<0, 1'000'000'000>, &s::actors, &actor::process_calls_max>(
        {"servers.process_calls_max", "",
         "A process of a stdio server that was sent so many calls and other requests gives way to "
         "a fresh one; 0 for no limit."}),
    row<duration<0, 30 * 24 * hour>, &s::actors, &actor::process_age_max>(
        {"servers.process_age_max", "", "The same for one that is so old; 0ms for no limit."}),
    row<bytes<0, 1024 * gib>, &s::actors, &actor::process_memory_max>(
        {"servers.process_memory_max", "",
         "The same for one that takes so much memory with its descendants; 0 for no limit."}),
    row<count<1, 1'000'000>, &s::actors, &actor::queued_calls_max>(
        {"servers.queued_calls_max", "",
         "Calls that may wait for one starting server, and for one of its processes_max; more are "
         "refused."}),
    row<bytes<kib, 4 * gib>, &s::actors, &actor::queued_bytes_max>(
        {"servers.queued_bytes_max", "",
         "Bytes of calls that may wait so; more are refused, but for one."}),
    row<count<1, 1'000'000>, &s::actors, &actor::open_calls_max>(
        {"servers.open_calls_max", "", "Calls that one server may have open; more are refused."}),
    row<count<1, 1'000'000>, &s::actors, &actor::tools_per_server_max>(
        {"servers.tools_max", "", "Tools of one server that are listed."}),
    row<count<1, 1'000'000>, &s::actors, &actor::stderr_lines_per_second>(
        {"servers.stderr_lines_per_second", "",
         "Lines of one server's stderr that are logged; the rest is counted."}),
    row<duration<second, 24 * hour>, &s::actors, &actor::session_idle_timeout>(
        {"sessions.idle_timeout", "",
         "A Streamable HTTP session without an open request ends when its client sent nothing for "
         "this long."}),
    row<duration<second, 7 * 24 * hour>, &s::actors, &actor::session_listening_timeout>(
        {"sessions.listening_timeout", "", "The same while the client has its stream open."}),
    row<duration<0, hour>, &s::actors, &actor::stream_after>(
        {"sessions.stream_after", "",
         "A request of a client of 2025-11-25 that is open for this long is answered by an event "
         "stream, which outlives its connection."}),
    row<duration<10, minute>, &s::actors, &actor::stream_retry>(
        {"sessions.stream_retry", "",
         "How long such a client waits before it comes back to a broken stream."}),
    row<duration<second, 24 * hour>, &s::actors, &actor::replay_time>(
        {"sessions.replay_time", "", "How long sent events are kept for clients that come back."}),
    row<count<1, 65'536>, &s::actors, &actor::replay_events_max>(
        {"sessions.replay_events_max", "",
         "Events that one session keeps so; the oldest go first."}),
    row<bytes<kib, gib>, &s::actors, &actor::replay_session_bytes_max>(
        {"sessions.replay_session_bytes_max", "",
         "Bytes of those events, but for one larger event."}),
    row<bytes<kib, 1024 * gib>, &s::actors, &actor::replay_bytes_max>(
        {"sessions.replay_bytes_max", "", "Bytes of such events of all sessions."}),
    row<count<1, 1'000'000>, &s::actors, &actor::sessions_max>(
        {"sessions.open_max", "", "Client sessions that may be open; more are refused."}),
    row<count<1, 1'000'000>, &s::actors, &actor::sessions_of_principal_max>(
        {"sessions.of_principal_max", "", "Of those, how many one principal may have."}),
    row<count<1, 1'000'000>, &s::actors, &actor::session_calls_max>(
        {"sessions.calls_max", "", "Calls that one session may have open; more are refused."}),
    row<boolean, &s::actors, &actor::records_calls>(
        {"call_log.enabled", "",
         "Whether calls are recorded. Without it all that is read from the log stays empty, usage "
         "too; `/metrics` counts on."}),
    row<bytes<0, mib>, &s::actors, &actor::logged_body_bytes_max>(
        {"call_log.body_bytes_max", "", "Bytes of arguments and of the result that a row keeps."}),
    row<duration<10, minute>, &s::actors, &actor::ship_interval>(
        {"call_log.ship_interval", "",
         "Pause between two writes of call records to the database."}),

    row<boolean, &s::sign_up>(
        {"security.sign_up", "", "Whether people may make accounts by themselves."}),
    row<path, &s::import_file>({"startup.import", "--import",
                                "Client configuration (mcpServers) to import at start.", "none"}),
    row<boolean, &s::demo_key>(
        {"startup.demo_key", "--demo-key", "Create and print a project key at start."}),

    row<choice<log_levels>, &s::log_level>(
        {"log.level", "--log-level", "Least severity that is logged."}),
    row<choice<log_formats>, &s::log_format>(
        {"log.format", "--log-format", "Shape of a log line on stderr."}),
};

} // namespace

std::span<const setting> setting_table() { return table; }

const setting* find_setting(std::string_view key) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const setting& each) { return each.key == key; });
    return found == table.end() ? nullptr : &*found;
}

const setting* find_flag(std::string_view flag) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const setting& each) {
        return !each.flag.empty() && each.flag == flag;
    });
    return found == table.end() ? nullptr : &*found;
}

std::string environment_name(const setting& row_of) {
    std::string name = "MCP_ORCH_";
    for (const char c : row_of.key) {
        const bool lower = c >= 'a' && c <= 'z';
        name.push_back(lower ? static_cast<char>(c - 'a' + 'A') : c == '.' ? '_' : c);
    }
    return name;
}

} // namespace orch::config
