// ncverify as a library: the theory of neural collapse for imbalanced cross-entropy learning, computed,
// solved and certified. Plain values in, plain values out; real numbers are decimal strings, as exact as was
// asked for.
#pragma once

#include "ncverify/certify.hpp"
#include "ncverify/measure.hpp"
#include "ncverify/solve.hpp"
#include "ncverify/theory.hpp"
#include "ncverify/verify.hpp"
#include "ncverify/weights.hpp"
