#include "api/admin/handlers.hpp"
#include "api/problem.hpp"
#include "api/rest_types.hpp"

#include "actors/bridge/ask.hpp"
#include "core/json_writer.hpp"

namespace orch::api {

void about(const context& context, const incoming_ptr& in) {
    if (auto page = context.pages.answer(in->request)) {
        in->exchange->respond(std::move(*page));
        return;
    }
    std::string body;
    json_writer(body)
        .begin_object()
        .key("name")
        .string("mcp-orch")
        .key("version")
        .string(context.options.version)
        .key("description")
        .string("Orchestrator for MCP servers")
        .end_object();
    in->exchange->respond(json_response(std::move(body)));
}

namespace {

constexpr auto refusing_text = "the spool takes no more call records, so new calls are refused";

bool serves_calls(const actors::runtime& runtime) {
    return runtime.state() == actors::readiness::ready && !runtime.refusing_calls();
}

} // namespace

void health(const context& context, const incoming_ptr& in) {
    const auto& runtime = context.runtime;
    const bool ready = runtime.state() == actors::readiness::ready;
    const bool database = ready && runtime.database_up();
    const bool spool = !runtime.spool_usage->full();
    const bool serving = serves_calls(runtime);
    health_view view;
    view.status = !serving ? "unhealthy" : database && spool ? "healthy" : "warning";
    view.condition = ready && !serving ? refusing_text : runtime.condition();
    view.version = context.options.version;
    view.checks = {{"ready", ready}, {"database", database}, {"spool", spool}};
    view.client_sessions = runtime.sessions.size();
    view.spool_bytes = runtime.spool_usage->bytes();
    in->exchange->respond(json_response(to_json(view), serving ? 200 : 503));
}

void livez(const context& /*context*/, const incoming_ptr& in) {
    in->exchange->respond(text_response("ok\n"));
}

void readyz(const context& context, const incoming_ptr& in) {
    const auto& runtime = context.runtime;
    const auto condition = runtime.condition();
    if (runtime.state() != actors::readiness::ready) {
        in->exchange->respond(text_response(condition + "\n", 503));
    } else if (runtime.refusing_calls()) {
        in->exchange->respond(text_response(fmt::format("{}\n", refusing_text), 503));
    } else if (condition != actors::ready_text) {
        in->exchange->respond(text_response("degraded: " + condition + "\n"));
    } else if (!runtime.database_up()) {
        in->exchange->respond(
            text_response("degraded: the database is away, call records wait in the spool\n"));
    } else {
        in->exchange->respond(text_response("ready\n"));
    }
}

void metrics(const context& context, const incoming_ptr& in) {
    if (context.runtime.state() != actors::readiness::ready) {
        in->exchange->respond(text_response(context.runtime.condition() + "\n", 503));
        return;
    }
    actors::bridge::ask<actors::metrics_text>(
        context.system, context.unit(in->request.unit), context.runtime.metrics,
        actors::render_metrics{}, std::chrono::seconds(5),
        [in](result<actors::metrics_text> rendered) {
            if (rendered) {
                in->exchange->respond({200,
                                       "text/plain; version=0.0.4; charset=utf-8",
                                       std::move(rendered->text),
                                       {}});
            } else {
                in->exchange->respond(problem(rendered.error()));
            }
        });
}

} // namespace orch::api
