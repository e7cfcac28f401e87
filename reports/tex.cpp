#include "reports/tex.hpp"

#include <cctype>
#include <map>

#include "reports/text.hpp"

namespace ncverify::reports {
namespace {

constexpr int deepest_nesting = 24;

bool is_letter(char character) {
    return std::isalpha(static_cast<unsigned char>(character)) != 0;
}

/// Commands that stand for a sign or for nothing.
const std::map<std::string, std::string, std::less<>>& signs() {
    static const std::map<std::string, std::string, std::less<>> table = {{"alpha", "α"},
                                                                          {"beta", "β"},
                                                                          {"gamma", "γ"},
                                                                          {"delta", "δ"},
                                                                          {"epsilon", "ε"},
                                                                          {"varepsilon", "ε"},
                                                                          {"lambda", "λ"},
                                                                          {"mu", "μ"},
                                                                          {"nu", "ν"},
                                                                          {"phi", "φ"},
                                                                          {"varphi", "φ"},
                                                                          {"pi", "π"},
                                                                          {"sigma", "σ"},
                                                                          {"tau", "τ"},
                                                                          {"theta", "θ"},
                                                                          {"Sigma", "Σ"},
                                                                          {"Delta", "Δ"},
                                                                          {"Lambda", "Λ"},
                                                                          {"cdot", " · "},
                                                                          {"times", " × "},
                                                                          {"pm", "±"},
                                                                          {"ne", " ≠ "},
                                                                          {"neq", " ≠ "},
                                                                          {"le", " ≤ "},
                                                                          {"leq", " ≤ "},
                                                                          {"ge", " ≥ "},
                                                                          {"geq", " ≥ "},
                                                                          {"lt", " &lt; "},
                                                                          {"gt", " &gt; "},
                                                                          {"propto", " ∝ "},
                                                                          {"approx", " ≈ "},
                                                                          {"equiv", " ≡ "},
                                                                          {"in", " ∈ "},
                                                                          {"notin", " ∉ "},
                                                                          {"subset", " ⊂ "},
                                                                          {"cup", " ∪ "},
                                                                          {"cap", " ∩ "},
                                                                          {"setminus", " ∖ "},
                                                                          {"emptyset", "∅"},
                                                                          {"forall", "∀"},
                                                                          {"exists", "∃"},
                                                                          {"infty", "∞"},
                                                                          {"partial", "∂"},
                                                                          {"nabla", "∇"},
                                                                          {"to", " → "},
                                                                          {"rightarrow", " → "},
                                                                          {"mapsto", " ↦ "},
                                                                          {"implies", " ⇒ "},
                                                                          {"Rightarrow", " ⇒ "},
                                                                          {"Leftarrow", " ⇐ "},
                                                                          {"iff", " ⇔ "},
                                                                          {"Leftrightarrow", " ⇔ "},
                                                                          {"land", " ∧ "},
                                                                          {"wedge", " ∧ "},
                                                                          {"lor", " ∨ "},
                                                                          {"perp", " ⊥ "},
                                                                          {"top", "⊤"},
                                                                          {"sum", "∑"},
                                                                          {"prod", "∏"},
                                                                          {"ldots", "…"},
                                                                          {"dots", "…"},
                                                                          {"cdots", "⋯"},
                                                                          {"langle", "⟨"},
                                                                          {"rangle", "⟩"},
                                                                          {"lVert", "‖"},
                                                                          {"rVert", "‖"},
                                                                          {"Vert", "‖"},
                                                                          {"|", "‖"},
                                                                          {"vert", "|"},
                                                                          {"mid", " | "},
                                                                          {"lfloor", "⌊"},
                                                                          {"rfloor", "⌋"},
                                                                          {"circ", "∘"},
                                                                          {"odot", " ⊙ "},
                                                                          {"star", "⋆"},
                                                                          {"ast", "∗"},
                                                                          {"ell", "ℓ"},
                                                                          {"colon", ": "},
                                                                          {"prime", "′"},
                                                                          {"dagger", "†"},
                                                                          {"quad", "  "},
                                                                          {"qquad", "   "},
                                                                          {",", " "},
                                                                          {";", " "},
                                                                          {":", " "},
                                                                          {" ", " "},
                                                                          {"!", ""},
                                                                          {"{", "{"},
                                                                          {"}", "}"},
                                                                          {"%", "%"},
                                                                          {"#", "#"},
                                                                          {"&", "&amp;"},
                                                                          {"_", "_"},
                                                                          {"$", "$"},
                                                                          {"\\", " "},
                                                                          {"left", ""},
                                                                          {"right", ""},
                                                                          {"bigl", ""},
                                                                          {"bigr", ""},
                                                                          {"Bigl", ""},
                                                                          {"Bigr", ""},
                                                                          {"big", ""},
                                                                          {"Big", ""},
                                                                          {"bigg", ""},
                                                                          {"biggl", ""},
                                                                          {"biggr", ""},
                                                                          {"displaystyle", ""},
                                                                          {"limits", ""}};
    return table;
}

/// Commands whose name is what is printed.
bool is_function_name(std::string_view name) {
    static const std::map<std::string, int, std::less<>> names = {
        {"log", 0}, {"exp", 0}, {"min", 0}, {"max", 0}, {"cos", 0}, {"sin", 0}, {"arg", 0},
        {"lim", 0}, {"det", 0}, {"tr", 0},  {"dim", 0}, {"sup", 0}, {"inf", 0}, {"deg", 0}};
    return names.find(name) != names.end();
}

/// Marks over a letter, as combining characters.
const std::map<std::string, std::string, std::less<>>& accents() {
    static const std::map<std::string, std::string, std::less<>> table = {
        {"bar", "\u0304"},   {"overline", "\u0304"},  {"hat", "\u0302"}, {"widehat", "\u0302"},
        {"tilde", "\u0303"}, {"widetilde", "\u0303"}, {"dot", "\u0307"}, {"vec", "\u20d7"}};
    return table;
}

class Translator {
  public:
    explicit Translator(std::string_view text) : text_(text) {
        const bool dollars = text.find('$') != std::string_view::npos;
        mathematics_ = !dollars && text.find_first_of("\\_^") != std::string_view::npos;
    }

    /// The whole text; empty `ok` where it is not the TeX this class knows.
    std::string run() {
        std::string result = until('\0');
        failed_ = failed_ || position_ < text_.size();
        return result;
    }
    bool failed() const { return failed_; }

  private:
    bool at_end() const { return position_ >= text_.size(); }

    std::string until(char closing) {
        if (++depth_ > deepest_nesting) {
            failed_ = true;
        }
        std::string result;
        while (!failed_ && !at_end() && text_[position_] != closing) {
            result += item();
        }
        --depth_;
        return result;
    }

    std::string group() {
        ++position_;
        std::string result = until('}');
        failed_ = failed_ || at_end();
        ++position_;
        return result;
    }

    /// A command's argument: a group, a command or one character.
    std::string argument() {
        while (!at_end() && text_[position_] == ' ') {
            ++position_;
        }
        if (at_end()) {
            failed_ = true;
            return "";
        }
        if (text_[position_] == '{') {
            return group();
        }
        if (text_[position_] == '\\') {
            return item();
        }
        return character(1);
    }

    /// The next `length` bytes, escaped; a lone letter of mathematics in italics.
    std::string character(std::size_t length) {
        const std::string_view piece = text_.substr(position_, length);
        position_ += length;
        if (mathematics_ && piece == "'") {
            return "′";
        }
        if (mathematics_ && piece == "-") {
            return "−";
        }
        const bool upper = piece.size() == 2 && std::isupper(static_cast<unsigned char>(piece[0])) != 0 &&
                           std::isupper(static_cast<unsigned char>(piece[1])) != 0;
        const bool variable = is_letter(piece.front()) && (piece.size() == 1 || upper);
        return mathematics_ && variable ? "<i>" + markup(piece) + "</i>" : markup(piece);
    }

    std::string item() {
        const char next = text_[position_];
        if (next == '\\') {
            ++position_;
            return command();
        }
        if (next == '{') {
            return group();
        }
        if (next == '}') {
            failed_ = true;
            return "";
        }
        if (next == '$') {
            ++position_;
            mathematics_ = !mathematics_;
            return "";
        }
        if (mathematics_ && (next == '_' || next == '^')) {
            ++position_;
            const char* tag = next == '_' ? "sub" : "sup";
            return std::string("<") + tag + ">" + argument() + "</" + tag + ">";
        }
        if (next == '~') {
            ++position_;
            return " ";
        }
        std::size_t length = 1;
        const auto same_run = [&](char character) {
            return is_letter(next) ? is_letter(character)
                                   : (static_cast<unsigned char>(character) & 0xc0U) == 0x80U;
        };
        while (position_ + length < text_.size() && same_run(text_[position_ + length])) {
            ++length;
        }
        return character(length);
    }

    std::string name() {
        std::size_t length = 0;
        while (position_ + length < text_.size() && is_letter(text_[position_ + length])) {
            ++length;
        }
        length = length == 0 && !at_end() ? 1 : length;
        const std::string_view found = text_.substr(position_, length);
        position_ += length;
        return std::string(found);
    }

    /// An argument set upright, as words.
    std::string words() {
        const bool former = mathematics_;
        mathematics_ = false;
        std::string result = argument();
        mathematics_ = former;
        return result;
    }

    std::string command() {
        const std::string found = name();
        if (const auto sign = signs().find(found); sign != signs().end()) {
            if ((found == "left" || found == "right") && !at_end() && text_[position_] == '.') {
                ++position_;
            }
            return sign->second;
        }
        if (is_function_name(found)) {
            return found + " ";
        }
        if (const auto accent = accents().find(found); accent != accents().end()) {
            const std::string base = argument();
            const auto end = base.rfind("</i>");
            const bool italic = end != std::string::npos && end + 4 == base.size();
            return italic ? base.substr(0, end) + accent->second + "</i>" : base + accent->second;
        }
        if (found == "frac" || found == "tfrac" || found == "dfrac") {
            const std::string above = argument();
            const std::string below = argument();
            return "<span class=\"fraction\"><span>" + above + "</span><span class=\"bar\">/</span><span>" +
                   below + "</span></span>";
        }
        if (found == "sqrt") {
            return "<span class=\"root\">√<span>" + argument() + "</span></span>";
        }
        if (found == "text" || found == "mathrm" || found == "operatorname" || found == "textrm" ||
            found == "emph") {
            return words();
        }
        if (found == "mathbf" || found == "boldsymbol" || found == "bm") {
            return "<b>" + argument() + "</b>";
        }
        if (found == "mathbb" || found == "mathcal") {
            const std::string set = words();
            return set == "R" ? "ℝ" : set == "N" ? "ℕ" : "<b>" + set + "</b>";
        }
        failed_ = true;
        return "";
    }

    std::string_view text_;
    std::size_t position_ = 0;
    int depth_ = 0;
    bool mathematics_ = false;
    bool failed_ = false;
};

}  // namespace

std::string tex_to_html(std::string_view tex) {
    const std::string clean = visible(tex);
    if (clean == tex) {
        Translator translator(clean);
        std::string result = translator.run();
        if (!translator.failed()) {
            return result;
        }
    }
    return "<code>" + markup(tex) + "</code>";
}

}  // namespace ncverify::reports
