#include "storage/key_store.hpp"

#include "storage/ip_range_column.hpp"

#include <pqxx/connection>
#include <pqxx/result>
#include <pqxx/transaction>

#include <algorithm>

namespace orch::storage {

namespace {

/// A server that cannot be read is the nil one, which no server is.
std::vector<server_id> read_servers(const pqxx::field& field) {
    std::vector<server_id> servers;
    for (const auto& text : read_array(field)) {
        servers.push_back(server_id::parse(text).value_or(server_id{}));
    }
    return servers;
}

std::vector<std::string> texts_of_servers(const std::vector<server_id>& servers) {
    std::vector<std::string> texts;
    std::transform(servers.begin(), servers.end(), std::back_inserter(texts),
                   [](const server_id& id) { return id.to_string(); });
    return texts;
}

model::api_key read_key(const pqxx::row& row) {
    model::api_key key;
    key.id.value = read_id(row[0]);
    key.project.value = read_id(row[1]);
    key.name = read_text(row[2]);
    key.sha256 = read_bytes(row[3]);
    key.prefix = read_text(row[4]);
    key.active = row[5].as<bool>();
    key.expires_at = read_optional_time(row[6]);
    key.created_at = read_time(row[7]);
    key.suffix = read_text(row[8]);
    key.description = read_text(row[9]);
    key.quarantined = row[10].as<bool>();
    key.scope.may_call = row[11].as<bool>();
    key.scope.servers = read_servers(row[12]);
    key.scope.tools = read_array(row[13]);
    key.scope.ip_ranges = read_ip_ranges(row[14]);
    key.scope.client_types = read_array(row[15]);
    key.limits = {row[16].as<int>(), row[17].as<int>(), row[18].as<int>()};
    key.created_by.value = read_id(row[19]);
    key.rotated_from.value = read_id(row[20]);
    key.last_used_at = read_optional_time(row[21]);
    key.last_used_ip = read_text(row[22]);
    return key;
}

/// The values that an insert and an update have in common, id first.
parameter_list values_of(const model::api_key& key) {
    parameter_list values;
    values.id(key.id.value);
    values.text(key.name);
    values.text(key.description);
    values.boolean(key.active);
    values.boolean(key.quarantined);
    values.time(key.expires_at);
    values.boolean(key.scope.may_call);
    values.array(texts_of_servers(key.scope.servers));
    values.array(key.scope.tools);
    values.array(texts_of(key.scope.ip_ranges));
    values.array(key.scope.client_types);
    values.integer(key.limits.calls_per_minute);
    values.integer(key.limits.calls_per_day);
    values.integer(key.limits.calls_at_once);
    return values;
}

} // namespace

std::vector<model::api_key> load_keys(pqxx::transaction_base& work) {
    std::vector<model::api_key> out;
    for (const auto& row :
         work.exec("SELECT id, project_id, name, sha256, prefix, active, " +
                   time_column("expires_at") + ", " + time_column("created_at") +
                   ", suffix, description, quarantined, may_call, scope_servers, scope_tools,"
                   " ip_ranges, client_types, calls_per_minute, calls_per_day, calls_at_once,"
                   " created_by, rotated_from, " +
                   time_column("last_used_at") +
                   ", last_used_ip FROM api_keys ORDER BY created_at, id")) {
        out.push_back(read_key(row));
    }
    return out;
}

void insert_key(pqxx::transaction_base& work, const model::api_key& key) {
    auto values = values_of(key);
    values.id(key.project.value);
    values.text(key.prefix);
    values.text(key.suffix);
    values.time(key.created_at);
    values.optional_id(key.created_by.value);
    values.optional_id(key.rotated_from.value);
    work.exec_params0(
        "INSERT INTO api_keys (id, name, description, active, quarantined, expires_at, may_call,"
        " scope_servers, scope_tools, ip_ranges, client_types, calls_per_minute, calls_per_day,"
        " calls_at_once, project_id, prefix, suffix, created_at, created_by, rotated_from, sha256)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
        " $19, $20, $21)",
        values.dynamic(), binary(key.sha256));
}

void update_key(pqxx::transaction_base& work, const model::api_key& key) {
    const auto values = values_of(key);
    work.exec_params0(
        "UPDATE api_keys SET (name, description, active, quarantined, expires_at, may_call,"
        " scope_servers, scope_tools, ip_ranges, client_types, calls_per_minute, calls_per_day,"
        " calls_at_once) = ($2, $3, $4, $5, $6::timestamptz, $7, $8::text[], $9::text[],"
        " $10::text[], $11::text[], $12::integer, $13::integer, $14::integer) WHERE id = $1",
        values.dynamic());
}

void delete_key(pqxx::transaction_base& work, const key_id& key) {
    work.exec_params0("DELETE FROM api_keys WHERE id = $1", key.to_string());
}

void save_key_uses(pqxx::connection& connection, const std::vector<key_use>& uses) {
    pqxx::work work{connection};
    for (const auto& use : uses) {
        parameter_list values;
        values.id(use.key.value);
        values.time(use.at);
        values.text(use.ip_address);
        work.exec_params0("UPDATE api_keys SET last_used_at = $2, last_used_ip = $3"
                          " WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $2)",
                          values.dynamic());
    }
    work.commit();
}

} // namespace orch::storage
