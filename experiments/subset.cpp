#include "experiments/subset.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "problem/errors.hpp"
#include "problem/random.hpp"

namespace ncverify::experiments {

Subset draw_subset(const Images& images, const std::vector<long long>& counts, std::uint64_t seed,
                   const std::string& where) {
    std::vector<std::vector<long long>> of_class(counts.size());
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (images.labels[i] < counts.size()) {
            of_class[images.labels[i]].push_back(static_cast<long long>(i));
        }
    }
    Subset subset;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        auto& mine = of_class[k];
        if (counts[k] > static_cast<long long>(mine.size())) {
            throw InputError("class " + std::to_string(k) + " has " + std::to_string(mine.size()) +
                                 " images, not " + std::to_string(counts[k]),
                             where, "at most as many of each class as " + images.source + " has");
        }
        Random random(split_seed(seed, k));
        const auto wanted = static_cast<std::size_t>(counts[k]);
        for (std::size_t i = 0; i < wanted; ++i) {
            const auto left = static_cast<double>(mine.size() - i);
            std::swap(mine[i], mine[i + static_cast<std::size_t>(random.uniform() * left)]);
        }
        std::sort(mine.begin(), mine.begin() + static_cast<std::ptrdiff_t>(wanted));
        subset.indices.insert(subset.indices.end(), mine.begin(),
                              mine.begin() + static_cast<std::ptrdiff_t>(wanted));
        subset.labels.insert(subset.labels.end(), wanted, static_cast<std::int64_t>(k));
    }
    return subset;
}

Inputs standardised(const Images& images, const Subset& subset) {
    const std::size_t each = images.pixels_each(), plane = each / static_cast<std::size_t>(images.channels);
    Inputs inputs;
    inputs.values.resize(subset.indices.size() * each);
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(images.channels); ++channel) {
        long long sum = 0, squares = 0;
        const auto for_each_pixel = [&](const auto& use) {
            for (std::size_t i = 0; i < subset.indices.size(); ++i) {
                const std::size_t from = static_cast<std::size_t>(subset.indices[i]) * each + channel * plane;
                for (std::size_t p = 0; p < plane; ++p) {
                    use(i * each + channel * plane + p, images.pixels[from + p]);
                }
            }
        };
        for_each_pixel([&](std::size_t, std::uint8_t pixel) {
            sum += pixel;
            squares += pixel * pixel;
        });
        const auto pixels = static_cast<double>(subset.indices.size() * plane);
        const double mean = static_cast<double>(sum) / pixels;
        const double variance = static_cast<double>(squares) / pixels - mean * mean;
        const double spread = variance > 0 ? std::sqrt(variance) : 1;
        for_each_pixel([&](std::size_t place, std::uint8_t pixel) {
            inputs.values[place] = static_cast<float>((pixel - mean) / spread);
        });
        inputs.means.push_back(mean);
        inputs.spreads.push_back(spread);
    }
    return inputs;
}

}  // namespace ncverify::experiments
