// What every parser promises, whatever it is given.
#pragma once

#include <optional>
#include <string>

#include "problem/errors.hpp"

namespace ncverify::fuzz {

/// Gives one input to the parser that a harness is about; each file of targets/ defines it. Ends the program
/// where a promise is broken.
void try_input(const std::string& input);

/// Ends the program, naming the promise, where it is not kept.
void require(bool kept, const char* promise);

/// Of a refusal: that its text is one line of printable characters, and not a long one.
void require_one_line(const InputError& refusal);

/// What `parse` makes of its input; nothing where it refuses, as input is refused: by an InputError. Whatever
/// else it throws ends the program.
template <typename Parse>
auto accepted(const Parse& parse) -> std::optional<decltype(parse())> {
    try {
        return parse();
    } catch (const InputError& refusal) {
        require_one_line(refusal);
        return std::nullopt;
    }
}

}  // namespace ncverify::fuzz
