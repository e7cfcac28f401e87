// Matrices of Arb's balls: FLINT 3 holds Arb, which was a library of its own before.
#pragma once

#include "problem/enclosure.hpp"

#if __has_include(<flint/arb_mat.h>)
#include <flint/arb_mat.h>
#else
#include <arb_mat.h>
#endif
