// What `claims`, `mutants` and `prove` print as JSON.
#pragma once

#include "files/json.hpp"
#include "trial/claim.hpp"
#include "trial/mutation.hpp"
#include "trial/proofs.hpp"

namespace ncverify::trial {

/// An entry of the registry: {"id":..,"source":..,"statement":..,"domain":..,"kind":..,"reading":..}.
Json to_json(const Claim& claim);

/// What became of each mutant, and what each claim can see.
Json to_json(const MutationResult& result, const MutationOptions& options);

/// One proof over boxes, part by part.
Json to_json(const BoxProof& proof);

/// What `PartProof::box` is: "fails_on" or "smallest_open_box".
const char* box_name(const PartProof& part);

}  // namespace ncverify::trial
