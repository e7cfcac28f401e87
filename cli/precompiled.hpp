// What every command includes, parsed once.
#pragma once

#include <CLI/CLI.hpp>

#include "problem/precompiled.hpp"
