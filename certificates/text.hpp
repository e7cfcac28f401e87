// Text: a decimal as a file has it, kept once however often it occurs.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ncverify::certificates {

/// Text that never changes. Copies share it, so that a matrix of which few entries differ takes a pointer for
/// each; "0", which most entries of sparse features are, takes nothing else.
class Text {
  public:
    Text() = default;         ///< "0"
    Text(std::string text) {  // NOLINT: stands for its text
        if (text != "0") {
            shared_ = std::make_shared<const std::string>(std::move(text));
        }
    }
    Text(const char* text) : Text(std::string(text)) {}  // NOLINT

    const std::string& str() const {
        static const std::string zero = "0";
        return shared_ ? *shared_ : zero;
    }
    operator const std::string&() const { return str(); }  // NOLINT

    bool is_zero() const { return !shared_; }  ///< "0": not "-0" or "0.0"
    /// Whether the two are copies of one: equal texts that were made apart are not.
    bool shares(const Text& other) const { return shared_ == other.shared_; }
    friend bool operator==(const Text& one, const Text& other) {
        return one.shares(other) || one.str() == other.str();
    }

  private:
    std::shared_ptr<const std::string> shared_;
};

/// A matrix of decimals, by rows.
using TextRows = std::vector<std::vector<Text>>;

}  // namespace ncverify::certificates
