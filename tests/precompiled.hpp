// What every test includes, parsed once.
#pragma once

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include <rapidcheck/catch.h>

#include "problem/precompiled.hpp"
