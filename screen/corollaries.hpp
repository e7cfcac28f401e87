// Corollaries 1 to 4, as a point of the kernel shows them; screen/claims.cpp says which is which.
#pragma once

#include "screen/claims.hpp"

namespace ncverify::screen::corollaries {

void duality(const Subject& subject, Reading& reading);
void orthogonal_frame(const Subject& subject, Reading& reading);
void classifier_frame(const Subject& subject, Reading& reading);
void logit_frame(const Subject& subject, Reading& reading);
void classifier_ratios(const Subject& subject, Reading& reading);
void feature_ratios(const Subject& subject, Reading& reading);
void monotone_norms(const Subject& subject, Reading& reading);
void major_cosines(const Subject& subject, Reading& reading);
void minor_cosines(const Subject& subject, Reading& reading);
void cosine_order(const Subject& subject, Reading& reading);
void same_cosines(const Subject& subject, Reading& reading);
void threshold(const Subject& subject, Reading& reading);
void shared_classifier(const Subject& subject, Reading& reading);
void minority(const Subject& subject, Reading& reading);
void complete(const Subject& subject, Reading& reading);

}  // namespace ncverify::screen::corollaries
