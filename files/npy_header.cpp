#include "files/npy_header.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "problem/errors.hpp"

namespace ncverify::files {

namespace {

constexpr std::size_t largest_header = 65536;  // NumPy itself refuses more than 10000 unless told otherwise
const std::string magic = "\x93NUMPY";

// np.save leaves of ml_dtypes' bfloat16 that it takes two bytes; no other type in use is left so. Some write
// the name instead.
bool is_brain_float(const std::string& text) {
    return text == "<V2" || text == "|V2" || text == "bfloat16";
}

// The same of float8: np.save writes ml_dtypes' float8_e5m2 as f1, others as a single byte without a type.
std::optional<EightBitFloat> eight_bit_float(const std::string& text,
                                             const std::optional<EightBitFloat>& unnamed) {
    const std::string bare = text.substr(text.find_first_of("<>=|") == 0 ? 1 : 0);
    if (bare == "f1" || bare == "float8_e5m2") {
        return EightBitFloat::e5m2;
    }
    if (bare == "float8_e4m3fn") {
        return EightBitFloat::e4m3fn;
    }
    return bare == "V1" ? unnamed : std::nullopt;
}

// What is meant by floating-point types that are not read; "" for others.
std::string foreign_type(const std::string& text) {
    const std::string bare = text.substr(text.find_first_of("<>=|") == 0 ? 1 : 0);
    if (bare == "f10" || bare == "f12" || bare == "f16") {
        return "a long double, whose format differs between machines";
    }
    return "";
}

// The Python dictionary in a header: the little of Python's syntax that np.save writes.
class Literal {
  public:
    Literal(std::string text, const std::string& where, std::optional<EightBitFloat> eight_bits)
        : text_(std::move(text)), where_(where), eight_bits_(eight_bits) {}

    ArrayHeader dictionary() {
        ArrayHeader header;
        std::vector<std::string> seen;
        expect('{');
        while (!accept('}')) {
            const std::string key = word();
            expect(':');
            if (std::find(seen.begin(), seen.end(), key) != seen.end()) {
                fail("its header says '" + printable(key) + "' twice");
            }
            seen.push_back(key);
            if (key == "descr") {
                header.type = type();
            } else if (key == "fortran_order") {
                header.fortran_order = boolean();
            } else if (key == "shape") {
                header.shape = tuple();
            } else {
                fail("its header has the unknown key '" + printable(key) + "'");
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        if (seen.size() != 3) {
            fail("its header lacks descr, fortran_order or shape");
        }
        skip();
        if (place_ != text_.size()) {
            fail("its header goes on after the dictionary");
        }
        return header;
    }

  private:
    [[noreturn]] void fail(const std::string& what) const {
        throw InputError(what, where_, "an array as np.save writes it");
    }
    void skip() {
        while (place_ < text_.size() && std::strchr(" \n\t", text_[place_]) != nullptr &&
               text_[place_] != 0) {
            ++place_;
        }
    }
    bool accept(char character) {
        skip();
        const bool there = place_ < text_.size() && text_[place_] == character;
        place_ += there ? 1 : 0;
        return there;
    }
    void expect(char character) {
        if (!accept(character)) {
            fail("its header stops making sense at character " + std::to_string(place_));
        }
    }
    std::string word() {
        skip();
        const char quote = place_ < text_.size() ? text_[place_] : ' ';
        const std::size_t end =
            quote == '\'' || quote == '"' ? text_.find(quote, place_ + 1) : std::string::npos;
        if (end == std::string::npos) {
            fail("its header stops making sense at character " + std::to_string(place_));
        }
        std::string result = text_.substr(place_ + 1, end - place_ - 1);
        place_ = end + 1;
        return result;
    }
    bool boolean() {
        skip();
        for (const bool value : {false, true}) {
            const std::string name = value ? "True" : "False";
            if (text_.compare(place_, name.size(), name) == 0) {
                place_ += name.size();
                return value;
            }
        }
        fail("its header says neither True nor False for fortran_order");
    }
    std::vector<long long> tuple() {
        std::vector<long long> entries;
        expect('(');
        while (!accept(')')) {
            skip();
            std::size_t end = place_;
            while (end < text_.size() && text_[end] >= '0' && text_[end] <= '9') {
                ++end;
            }
            if (end == place_ || end - place_ > 18 || entries.size() == 64) {
                fail("its header has no usable shape");
            }
            entries.push_back(std::stoll(text_.substr(place_, end - place_)));
            place_ = end;
            accept('L');  // as Python 2 wrote it
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return entries;
    }
    ElementType type() {
        skip();
        if (place_ < text_.size() && text_[place_] == '[') {
            throw InputError("holds records with named fields", where_, "plain numbers");
        }
        return element_type(word());
    }
    ElementType element_type(const std::string& text) const {
        const std::string expected =
            "float16, bfloat16, float32, float64 or float8 (labels: any integer type); convert with astype "
            "before saving";
        std::size_t place = text.find_first_of("<>=|") == 0 ? 1 : 0;
        const char kind = place < text.size() ? text[place] : ' ';
        if (kind == 'O') {
            throw InputError("holds Python objects (a pickle), which are never loaded", where_, expected);
        }
        const std::string digits = place < text.size() ? text.substr(place + 1) : "";
        const std::size_t size = digits.size() == 1 && digits[0] >= '1' && digits[0] <= '8'
                                     ? static_cast<std::size_t>(digits[0] - '0')
                                     : 0;
        ElementType type;
        type.size = size;
        type.big_endian = text[0] == '>';
        const bool power = size == 1 || size == 2 || size == 4 || size == 8;
        if (const std::string other = foreign_type(text); !other.empty()) {
            throw InputError("holds elements of type '" + printable(text) + "', " + other, where_, expected);
        }
        if (const auto eight_bits = eight_bit_float(text, eight_bits_)) {
            return files::element_type(*eight_bits);
        }
        if (text == "<V1" || text == "|V1") {
            throw InputError(
                "holds elements of type '" + printable(text) +
                    "', as np.save writes float8_e4m3fn and others of ml_dtypes, without saying which",
                where_, "--float8 e4m3fn or --float8 e5m2 beside it, or " + expected);
        }
        if (is_brain_float(text)) {
            return {.kind = ElementKind::brain_floating, .size = 2};
        }
        if (kind == 'f' && power && size > 1) {
            type.kind = ElementKind::floating;
        } else if (kind == 'i' && power) {
            type.kind = ElementKind::signed_integer;
        } else if (kind == 'u' && power) {
            type.kind = ElementKind::unsigned_integer;
        } else if (kind == 'b' && size == 1) {
            type.kind = ElementKind::boolean;
        } else {
            throw InputError("holds elements of type '" + printable(text) + "'", where_, expected);
        }
        return type;
    }

    std::string text_;
    std::size_t place_ = 0;
    const std::string& where_;
    std::optional<EightBitFloat> eight_bits_;
};

}  // namespace

std::optional<std::uint64_t> data_bytes(const ArrayHeader& header) {
    constexpr std::uint64_t largest = std::uint64_t{1} << 62;
    std::uint64_t bytes = header.type.size;
    for (const long long extent : header.shape) {
        const auto factor = static_cast<std::uint64_t>(extent);
        if (factor != 0 && bytes > largest / factor) {
            return std::nullopt;
        }
        bytes *= factor;
    }
    return bytes;
}

std::string shape_text(const std::vector<long long>& shape) {
    std::string text;
    for (const long long extent : shape) {
        text += (text.empty() ? "" : " x ") + std::to_string(extent);
    }
    return text.empty() ? "a single number" : text;
}

bool looks_like_npy(ByteSource& source) {
    std::string start(magic.size(), ' ');
    if (source.size() < start.size()) {
        return false;
    }
    source.read(0, reinterpret_cast<std::byte*>(start.data()), start.size());
    return start == magic;
}

ArrayHeader read_npy_header(ByteSource& source, const std::string& where,
                            std::optional<EightBitFloat> eight_bits) {
    const std::string expected = "a complete .npy array as np.save writes it";
    const auto require_bytes = [&](std::uint64_t bytes) {
        if (source.size() < bytes) {
            throw InputError("ends inside the header", where, expected);
        }
    };
    if (!looks_like_npy(source)) {
        throw InputError("is not in NumPy's .npy format", where, expected);
    }
    require_bytes(12);
    unsigned char start[12];
    source.read(0, reinterpret_cast<std::byte*>(start), sizeof start);
    const int version = start[6];
    if (version < 1 || version > 3 || start[7] != 0) {
        throw InputError(
            "has version " + std::to_string(version) + "." + std::to_string(start[7]) + " of the .npy format",
            where, "version 1.0, 2.0 or 3.0");
    }
    std::size_t length = start[8] + (std::size_t{start[9]} << 8);
    const std::size_t prefix = version == 1 ? 10 : 12;
    if (version > 1) {
        length += (std::size_t{start[10]} << 16) + (std::size_t{start[11]} << 24);
    }
    if (length > largest_header) {
        throw InputError("has a header of " + std::to_string(length) + " bytes", where,
                         "at most " + std::to_string(largest_header));
    }
    require_bytes(prefix + length);
    std::string text(length, ' ');
    source.read(prefix, reinterpret_cast<std::byte*>(text.data()), length);
    ArrayHeader header = Literal(text, where, eight_bits).dictionary();
    source.start_at(prefix + length);
    const auto bytes = data_bytes(header);
    if (!bytes || *bytes != source.size()) {
        throw InputError("holds " + std::to_string(source.size()) + " bytes of data for " +
                             shape_text(header.shape) + " elements of " + header.type.name(),
                         where, bytes ? std::to_string(*bytes) + " bytes" : "a shape that can exist");
    }
    return header;
}

}  // namespace ncverify::files
