#include "properties/dependencies.hpp"

#include <algorithm>

namespace ncverify::properties {

const std::vector<Dependency>& dependencies() {
    static const std::vector<Dependency> table = {
        // Section 7, Steps 1 to 3.
        {"proof.step1",
         {"proof.jensen24", "proof.jensen25"},
         "Step 1: 'The first inequality above follows from Jensen'"},
        {"proof.eq28", {"proof.eq27"}, "end of Step 2: 'The inequality becomes an equality when'"},
        {"proof.eq30", {"proof.eq27"}, "(29): 'By using the inequality (27)'"},
        {"proof.eq34", {"proof.eq32", "proof.eq33"}, "'We lower bound the second term of Eqn. (32)'; 'Thus'"},
        {"proof.eq36",
         {"proof.eq30", "proof.eq34", "lemma1"},
         "'at critical points of L1, from Lemma 1'; 'Hence'"},
        {"proof.eq37",
         {"proof.eq30", "proof.eq34", "lemma1"},
         "'From the equality conditions (31) and (34)'"},
        {"proof.eq38", {"proof.eq36", "proof.eq37"}, "'In summary, from (36)'"},
        // Section 7.1. Lemma 1 sets dL1/dH = 0, which the remark justifies at the optimum.
        {"remark.gradient", {"remark.duals"}, "'and hence, we have'"},
        {"lemma1", {"remark.gradient"}, "proof of Lemma 1: dL1/dH = 0"},
        {"proof.eq48", {"proof.eq30", "proof.eq37"}, "proof of Lemma 2: 'to obey (31)'; 'Thus'"},
        {"proof.eq49", {"proof.eq34", "proof.eq37"}, "proof of Lemma 2, with (45) and orthogonal features"},
        {"proof.eq50", {"proof.eq28", "proof.eq48", "proof.eq49"}, "proof of Lemma 2: 'We further have'"},
        {"lemma2",
         {"proof.eq38", "proof.eq48", "proof.eq49", "proof.eq50"},
         "'The lower bound (38) is attained'"},
        // Step 4.
        {"proof.step4.identity", {"proof.eq27"}, "'We note that', of the c_{2,k} of (27)"},
        {"proof.eq40", {"proof.step4.identity"}, "'Hence'"},
        {"proof.eq42", {"proof.eq40", "eq6.sign"}, "'g'(x) = 0 =>', 'or equivalently'"},
        {"proof.step4",
         {"proof.eq38", "lemma1", "lemma2", "proof.eq42"},
         "'Now, we use the lower bound of g(WH)'"},
        {"proof.step4.constants", {"proof.step4.identity", "proof.eq42"}, "'with t_k = sqrt(n_k)/c_1 - 1'"},
        {"lemma2.minimum",
         {"lemma2", "proof.step4.constants"},
         "'for any (W,H) that the equality conditions do not hold'"},
        // Step 5 and Theorem 1: 'by summarizing all equality conditions'.
        {"thm1.minimum", {"proof.step1", "proof.step4", "lemma2.minimum"}, "Step 5: 'L0 >= L1 >= const'"},
        {"thm1.a", {"proof.jensen25", "thm1.minimum"}, "i)"},
        {"thm1.b", {"lemma2.minimum", "thm1.minimum"}, "ii)"},
        {"thm1.c", {"proof.eq42", "thm1.minimum"}, "iv)"},
        {"thm1.d", {"lemma2.minimum", "thm1.minimum"}, "iii)"},
        {"thm1.d.sum", {"thm1.d"}, "iii)"},
        {"thm1.e", {"thm1.b", "thm1.c", "thm1.d"}, "v)"},
        {"thm1.e.sum", {"thm1.d.sum"}, "(50)"},
        {"thm1.collapse", {"proof.eq42", "thm1.minimum"}, "Step 4: 'and thus, x* = 0'"},
        // Section 4.
        {"eq13.margin", {"thm1.e"}, "(13)"},
        {"text4.gof", {"thm1.b"}, "'As we observe from Theorem 1'"},
        {"text4.seli", {"thm1.e"}, "'the factors are different among classes. Thus'"},
        {"cor1.of", {"thm1.b", "thm1.c"}, "'directly obtained from Theorem 1'"},
        {"cor1.duality", {"thm1.d"}, "'directly obtained from Theorem 1'"},
        {"cor1.etf.w", {"cor1.duality", "cor1.of"}, "'When H forms an OF'"},
        {"cor1.etf.z", {"cor1.duality", "cor1.of"}, "'The logit matrix Z also forms an ETF'"},
        {"prop1.norm", {"thm1.b", "thm1.c", "thm1.d"}, "end of Step 5"},
        {"prop1.inner", {"thm1.b", "thm1.c", "thm1.d"}, "end of Step 5"},
        {"prop1.cosine", {"prop1.norm", "prop1.inner"}, "Proposition 1"},
        {"text41.norm.decreasing", {"thm1.d"}, "'indicating that its norm'"},
        {"text41.cosine.decreasing", {"thm1.d"}, "'indicating that its norm and the cosine'"},
        {"text41.norm.increasing", {"prop1.norm"}, "'Our result in Proposition 1 is in agreement'"},
        {"text41.balanced", {"prop1.cosine"}, "after Proposition 1"},
        {"cor2.classifiers", {"prop1.norm"}, "'direct consequences of Proposition 1'"},
        {"cor2.features", {"thm1.c"}, "Corollary 2"},
        {"cor2.monotone", {"cor2.classifiers"}, "'As a consequence'"},
        {"text41.feature.monotone", {"cor2.features"}, "'because the function M_i/sqrt(n_i)'"},
        {"cor3.major", {"prop1.cosine"}, "'direct consequences of Proposition 1'"},
        {"cor3.minor", {"prop1.cosine"}, "'direct consequences of Proposition 1'"},
        {"cor3.order", {"cor3.major", "cor3.minor"}, "'Consequently'"},
        {"cor3.same", {"cor3.major", "cor3.minor"}, "'Additionally, since Eqn. (15) and (16) are true'"},
        {"cor4.threshold", {"thm1.collapse"}, "'direct consequences of Theorem 1'"},
        {"cor4.equal", {"cor4.threshold", "thm1.d"}, "'direct consequences of Theorem 1'"},
        {"cor4.minority", {"cor4.threshold"}, "'direct consequences of Theorem 1'"},
        {"cor4.complete", {"cor4.threshold"}, "'direct consequences of Theorem 1'"},
        // Section 5.1: the metrics measure what Theorem 1 says.
        {"metric.nc1", {"thm1.a"}, "'Feature collapse'"},
        {"metric.nc2", {"thm1.d"}, "'To verify the relation in Eqn. (10)'"},
        {"metric.nc3", {"thm1.e"}, "'the UFM+ structure described in Theorem 1'"},
    };
    return table;
}

std::vector<std::string> rests_on(const std::string& claim) {
    const auto found = std::find_if(dependencies().begin(), dependencies().end(),
                                    [&](const Dependency& each) { return each.claim == claim; });
    return found == dependencies().end() ? std::vector<std::string>{} : found->rests_on;
}

}  // namespace ncverify::properties
