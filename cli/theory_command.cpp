#include "cli/options.hpp"
namespace ncverify::cli { void add_theory(CLI::App&, int&) {} }
