#include "tests/actors/session_fixture.hpp"

#include "tests/support/registry_of.hpp"

#include <algorithm>
#include <stdexcept>

namespace orch::test {

actors::encoded_message fake_port::encode(const actors::json_pieces& message) const {
    std::string text;
    text.append(message.head).append(message.middle).append(message.tail);
    return {nullptr, std::move(text)};
}

void fake_port::answer(actors::encoded_message message) {
    if (on_answer) {
        on_answer();
    }
    answers.push_back(std::move(message.text));
}

spool_place::spool_place(std::size_t bytes_max)
    : usage(std::make_shared<storage::spool_usage>(bytes_max)) {
    options.directory = directory.file("spool");
    options.bytes_max = bytes_max;
}

std::unique_ptr<actors::call_recorder>
spool_place::recorder(actors::bridge::io_unit& unit, uuid_sequence& sequence,
                      actors::call_recorder::listeners told) const {
    auto writer = storage::spool_writer::open(options, instance, unit.index(), usage);
    return std::make_unique<actors::call_recorder>(
        unit, std::move(writer.value()),
        actors::call_recorder::policy{options.when_full, keeps_rows}, sequence, std::move(told));
}

std::vector<model::call_record> spool_place::records() const {
    std::vector<model::call_record> all;
    for (const auto& file : storage::find_remains(options, instance_id{}).files) {
        std::uint64_t damaged = 0;
        auto some = storage::read_remains(file, damaged).value();
        if (damaged > 0) {
            throw std::runtime_error{"damaged records in " + file};
        }
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    return all;
}

session_fixture::session_fixture(std::size_t spool_bytes_max) : spool(spool_bytes_max) {
    project.id = project_id::random();
    project.name = "home";
    project.retention_days = 7;
    std::vector<model::server_entry> servers;
    for (const auto* name : {"files", "web"}) {
        model::server_entry server;
        server.definition.id = server_id::random();
        server.definition.project = project.id;
        server.definition.name = name;
        servers.push_back(std::move(server));
    }
    board.put_actor(servers[0].definition.id, probe(files));
    board.put_actor(servers[1].definition.id, probe(web));
    registry.store(
        std::make_shared<const model::registry>(test::registry_of({project}, std::move(servers))));
    const auto session_writer = probe(writer);
    recorders.push_back(spool.recorder(unit(), sequence, {probe(metrics), session_writer}));
    services = std::make_unique<actors::session_services>(actors::session_services{
        board, registry, sessions, recorders, sequence, session_writer, {}, spool.instance, "1.2"});
    settle();
}

session_fixture::~session_fixture() {
    end_actors();
    board.clear_actors();
    recorders.front()->detach();
    services->session_writer = nullptr;
}

caf::actor session_fixture::open(actors::session_kind kind, const std::string& server) {
    actors::session_setup setup;
    setup.kind = kind;
    setup.transport_id = kind == actors::session_kind::one_call ? "" : uuid::random().to_hex();
    setup.row.id = session_id::random();
    setup.row.project = project.id;
    setup.row.server = server.empty() ? server_id{} : entry(server).definition.id;
    setup.row.path = server.empty() ? model::entry_path::unified_sse
                                    : model::entry_path::server_sse;
    setup.row.caller.session = setup.row.id;
    setup.row.caller.principal = "key:1";
    if (kind == actors::session_kind::stream) {
        setup.stream = stream;
    }
    auto opened = actors::open_session(system, unit(), *services, std::move(setup));
    adopt(opened.value());
    settle();
    return opened.value();
}

caf::actor session_fixture::open_ready(actors::session_kind kind, const std::string& server) {
    auto session = open(kind, server);
    post(session, hello(),
         kind == actors::session_kind::stream ? nullptr : std::make_shared<fake_port>());
    stream->answers.clear();
    return session;
}

void session_fixture::post(const caf::actor& session, std::string body,
                           std::shared_ptr<fake_port> to) {
    actors::client_message message;
    auto parts = mcp::parse_client_message(body);
    if (!parts) {
        throw std::runtime_error{parts.error().detail};
    }
    message.parts = *parts;
    message.body = std::move(body);
    message.port = std::move(to);
    message.received = clock.wall();
    message.authorised = clock.wall();
    tell(session, std::move(message));
    settle();
}

void session_fixture::answer_call(inbox& server, const std::string& result,
                                  const caf::actor& session) {
    answer_call_with(server, R"("result":)" + result, session);
}

void session_fixture::answer_call_with(inbox& server, const std::string& member,
                                       const caf::actor& session) {
    tell_answer(server, member, session);
    settle();
}

void session_fixture::tell_answer(inbox& server, const std::string& member,
                                  const caf::actor& session) {
    const auto number = server.of<actors::forward_request>().back().number;
    actors::request_answered answer;
    answer.number = number;
    answer.line = R"({"jsonrpc":"2.0","id":)" + std::to_string(number) + "," + member + "}";
    answer.parts = mcp::parse_server_line(answer.line).value();
    answer.marks.sent = clock.wall();
    answer.marks.answered = clock.wall();
    tell(session, std::move(answer));
}

actors::session_streams_ptr session_fixture::streams_of(const caf::actor& session) {
    actors::session_streams_ptr streams;
    static_cast<void>(sessions.matching([&](const actors::session_entry& entry) {
        streams = entry.actor == session ? entry.streams : streams;
        return false;
    }));
    return streams;
}

const model::server_entry& session_fixture::entry(const std::string& server) const {
    return *registry.load()->find_server(project.id, server);
}

} // namespace orch::test
