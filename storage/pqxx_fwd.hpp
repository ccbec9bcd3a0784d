#pragma once

// The types of libpqxx that our headers name. In version 6 a connection is an alias.
namespace pqxx {
class connect_direct;
template <typename Policy>
class basic_connection_base;
class transaction_base;
using connection = basic_connection_base<connect_direct>;
} // namespace pqxx
