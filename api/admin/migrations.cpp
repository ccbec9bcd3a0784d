#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/fault_list.hpp"
#include "api/migration/apply.hpp"
#include "api/migration_types.hpp"
#include "api/text_rules.hpp"

#include "storage/database.hpp"

#include <memory>

// Projects, people, servers and keys come over from the Python system: all of them in one
// transaction, or, in a dry run, none.

namespace orch::api {

namespace {

using migration::migration_plan;

constexpr std::size_t source_max = 4'096;

using rows_ptr = std::shared_ptr<result<storage::original_rows>>;

struct migration_job {
    bool dry_run = false;
    std::optional<crypto::fernet_key> key;
};

migration_view view_of(const migration_plan& plan, bool dry_run) {
    migration_view view{dry_run, {}, {}, plan.notes_left_out};
    for (const auto& [object, count] : plan.counts) {
        view.objects.push_back(
            {object, count.found, count.added, count.already_here, count.left_out});
    }
    for (const auto& note : plan.notes) {
        view.notes.push_back({note.object, note.id, note.detail});
    }
    return view;
}

change_list counts_of(const migration_plan& plan) {
    change_list changes;
    for (const auto& [object, count] : plan.counts) {
        changes.number(object, 0, static_cast<std::int64_t>(count.added));
    }
    return changes;
}

void apply_rows(const context& context, const incoming_ptr& in, const migration_job& job,
                const rows_ptr& rows) {
    const auto plan = std::make_shared<migration_plan>();
    answer_after_change(
        context, in,
        [&context, in, job, rows, plan](const actors::registry_change& change) {
            *plan = migration::plan_migration(**rows, change.registry, job.key, change.at);
            migration::apply(*plan, change);
            record_activity(context, *in, change, {}, model::activity_type::data_migrated,
                            {"migration", "", "Python mcp-orch"}, counts_of(*plan));
            return result<void>{};
        },
        [plan](const model::registry& /*registry*/) {
            return json_response(to_json(view_of(*plan, false)));
        });
}

void use_rows(const context& context, const incoming_ptr& in, const migration_job& job,
              const rows_ptr& rows) {
    if (!*rows) {
        in->exchange->respond(problem(rows->error()));
    } else if (job.dry_run) {
        const auto plan = migration::plan_migration(**rows, *context.runtime.registry.load(),
                                                    job.key, context.runtime.clock.wall());
        in->exchange->respond(json_response(to_json(view_of(plan, true))));
    } else {
        apply_rows(context, in, job, rows);
    }
}

/// What the source holds, or why that is not known.
result<storage::original_rows> read_source(const std::string& url) {
    storage::database_options options;
    options.connection = url;
    storage::session source(options);
    result<storage::original_rows> rows = error{};
    const auto ran = source.run(
        [&](pqxx::connection& connection) { rows = storage::read_original(connection); });
    if (!ran) {
        return error{ran.error().code, "source: " + ran.error().detail};
    }
    return rows;
}

result<migration_job> job_of(const migration_request& wanted) {
    fault_list faults;
    check_line("source", wanted.source, {source_max, 1}, faults);
    migration_job job{wanted.dry_run.value_or(false), std::nullopt};
    if (wanted.fernet_key) {
        if (const auto key = crypto::fernet_key::parse(*wanted.fernet_key)) {
            job.key = *key;
        } else {
            faults.add("fernet_key", "fernet_key: " + key.error().detail);
        }
    }
    if (!faults.empty()) {
        return faults.to_error();
    }
    return job;
}

} // namespace

void migrate(const context& context, const incoming_ptr& in) {
    if (in->who.kind != principal::kind::local_admin) {
        in->exchange->respond(problem(403, "Only the administrator token may do this: it makes the "
                                           "orchestrator connect to another database."));
        return;
    }
    auto wanted = take_body<migration_request>(*in);
    if (!wanted) {
        return;
    }
    const auto job = job_of(*wanted);
    if (!job) {
        in->exchange->respond(problem(job.error()));
        return;
    }
    const auto rows = std::make_shared<result<storage::original_rows>>(error{});
    context.runtime.database->submit([rows, url = std::move(wanted->source)](
                                         pqxx::connection& /*own*/) { *rows = read_source(url); },
                                     [&context, in, job = *job, rows](const result<void>& done) {
                                         if (done) {
                                             use_rows(context, in, job, rows);
                                         } else {
                                             in->exchange->respond(problem(done.error()));
                                         }
                                     });
}

} // namespace orch::api
