// What every test includes, parsed once.
#pragma once

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "problem/precompiled.hpp"
