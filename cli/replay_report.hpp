// Replay of a report: what `ncverify verify --replay report.json` does.
#pragma once

#include "cli/verify_plan.hpp"

namespace ncverify::cli {

/// Whether what --replay was given is a report's file and no token.
bool names_report(const std::string& replay);

/// Runs every failure of the report again and prints a line for each. @returns the exit status: 0 where all
/// are fixed. Throws InputError, before any work, for a bad file, or where something else is asked for too.
int replay_report(const VerifyArguments& arguments);

}  // namespace ncverify::cli
