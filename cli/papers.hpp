// Papers: what can be put on trial.
#pragma once

#include <string>
#include <vector>

#include "trial/paper.hpp"

namespace ncverify::cli {

/// All of them, the one that is on trial unless told otherwise first. CMakeLists.txt lists their folders.
const std::vector<const trial::Paper*>& papers();

/// The paper of this identifier, the first for ""; throws InputError naming --paper.
const trial::Paper& paper_named(const std::string& id);

/// The paper whose replay tokens begin as this one does; the first where none does.
const trial::Paper& paper_of_token(const std::string& token);

}  // namespace ncverify::cli
