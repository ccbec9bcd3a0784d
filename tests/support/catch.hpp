#pragma once

// The only include of Catch2: version 2 of Debian 12 and version 3 have different headers.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
