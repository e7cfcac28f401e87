#include "certificates/losses.hpp"

#include "certificates/point.hpp"

namespace ncverify::certificates {

template <typename Table>
ColumnLosses column_losses(const std::vector<FeatureColumn>& columns, const Table& classifier,
                           const Table& features) {
    const long classes = classifier.rows(), precision = Enclosure::precision();
    ColumnLosses losses;
    Vector<Enclosure> logits(classes);
    for (std::size_t j = 0; j < columns.size(); ++j) {
        logits.setConstant(Enclosure(0));
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            const Enclosure& entry = features(i, static_cast<Eigen::Index>(j));
            if (arb_is_zero(entry.data()) == 0) {
                for (long m = 0; m < classes; ++m) {
                    arb_addmul(logits[m].data(), classifier(m, i).data(), entry.data(), precision);
                }
            }
        }
        const long label = columns[j].label;
        Enclosure others(0);
        for (long m = 0; m < classes; ++m) {
            if (m != label) {
                others += logits[m];
            }
        }
        losses.cross_entropies.push_back(cross_entropy(logits, label));
        losses.margins.push_back(logits[label] - others / Enclosure(classes - 1));
    }
    return losses;
}

template ColumnLosses column_losses(const std::vector<FeatureColumn>&, const Matrix<Enclosure>&,
                                    const Matrix<Enclosure>&);
template ColumnLosses column_losses(const std::vector<FeatureColumn>&, const EnclosedTable&,
                                    const EnclosedTable&);

Enclosure data_term(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                    const ColumnLosses& losses) {
    Enclosure sum(0);
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const Enclosure weight = from_integer<Enclosure>(columns[j].weight);
        const Enclosure loss = weight * losses.cross_entropies[j];
        sum +=
            configuration.weighted()
                ? weight_value<Enclosure>(configuration.weights[static_cast<std::size_t>(columns[j].label)]) *
                      loss
                : loss;
    }
    return sum / from_integer<Enclosure>(configuration.samples());
}

}  // namespace ncverify::certificates
