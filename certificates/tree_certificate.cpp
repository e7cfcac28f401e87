#include "certificates/tree_certificate.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "certificates/fields.hpp"
#include "problem/configuration_json.hpp"
#include "problem/errors.hpp"

namespace ncverify::certificates {

namespace {

constexpr const char* format_name = "ncverify-tree-1";
constexpr long largest_tree_classes = 6;
constexpr double largest_chambers = 100'000;  // tuples: (K!)^d
// Halvings from a tree's root to a node. With each of them a generator of one more bit takes the place of
// another, so that a few million of them, each within the other, would take memory and time without end;
// cones whose generators are doubles have at most 53 d (K-1), which is 636 for the largest d and K above.
constexpr std::size_t largest_halvings = 1000;
using Type = Json::value_t;

[[noreturn]] void refuse(const std::string& what, const std::string& where) {
    throw InputError(what, where, "the nodes of certificates/README.md");
}

long long whole(const Json& value, long long largest, const std::string& where) {
    if (!value.is_number_unsigned() ||
        value.get<unsigned long long>() > static_cast<unsigned long long>(largest)) {
        refuse("'" + printable(value.dump()) + "' is no whole number from 0 to " + std::to_string(largest),
               where);
    }
    return value.get<long long>();
}

// The numbers 0..size-1, each once.
Permutation permutation_of(const Json& list, long size, const std::string& where) {
    Permutation result;
    for (const Json& entry : list) {
        result.push_back(static_cast<int>(whole(entry, size - 1, where)));
    }
    Permutation sorted = result;
    std::sort(sorted.begin(), sorted.end());
    if (static_cast<long>(result.size()) != size ||
        std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
        refuse("no permutation of 0.." + std::to_string(size - 1), where);
    }
    return result;
}

ConeNode split_of(const Json& list, const Configuration& configuration, const std::string& where) {
    if (list.size() != 3) {
        refuse("a split of " + std::to_string(list.size()) + " numbers", where);
    }
    const long long generators = configuration.classes() - 1;
    ConeNode node;
    node.split = ConeEdge{static_cast<long>(whole(list[0], configuration.dimension - 1, where)),
                          static_cast<long>(whole(list[1], generators - 1, where)),
                          static_cast<long>(whole(list[2], generators - 1, where))};
    if (node.split->first >= node.split->second) {
        refuse("a split that is no edge", where);
    }
    return node;
}

ConeNode leaf_of(const Json& object, const Configuration& configuration, const std::string& where) {
    require_known(object, {"bits", "off_diagonal", "image"}, where);
    ConeNode node;
    const long classes = configuration.classes();
    node.bits =
        static_cast<long>(whole(member(object, "bits", Type::number_unsigned, where, "a whole number"),
                                most_probability_bits, where));
    const Json& rows = member(object, "off_diagonal", Type::array, where, "K rows of K-1 whole numbers");
    for (const Json& row : rows) {
        std::vector<long long>& entries = node.off_diagonal.emplace_back();
        for (const Json& entry : row) {
            entries.push_back(whole(entry, 1LL << node.bits, where));
        }
        if (!row.is_array() || static_cast<long>(entries.size()) + 1 != classes) {
            refuse("a row of probabilities that is not K-1 long", where);
        }
    }
    if (static_cast<long>(node.off_diagonal.size()) != classes) {
        refuse("not K rows of probabilities", where);
    }
    if (object.contains("image")) {
        const Json& image = member(object, "image", Type::object, where, "an object");
        require_known(image, {"classes", "coordinates"}, where);
        node.image =
            PointImage{permutation_of(member(image, "classes", Type::array, where, "a list"), classes, where),
                       permutation_of(member(image, "coordinates", Type::array, where, "a list"),
                                      static_cast<long>(configuration.dimension), where)};
    }
    return node;
}

ConeTree tree_of(const Json& object, const Configuration& configuration, const std::string& where) {
    if (!object.is_object()) {
        refuse("a tree that is no object", where);
    }
    require_known(object, {"chambers", "nodes"}, where);
    ConeTree tree;
    for (const Json& order : member(object, "chambers", Type::array, where, "an order for each coordinate")) {
        if (!order.is_array()) {
            refuse("an order that is no list", where);
        }
        tree.chambers.push_back(permutation_of(order, configuration.classes(), where));
    }
    if (static_cast<long long>(tree.chambers.size()) != configuration.dimension) {
        refuse("not an order for each coordinate", where);
    }
    // In preorder every split makes two of one, and the last leaf ends the tree.
    std::vector<std::size_t> open = {0};  // the halvings above the nodes to come, the next one last
    for (const Json& node : member(object, "nodes", Type::array, where, "a list of nodes")) {
        if (!node.is_array() && !node.is_object()) {
            refuse("a node that is neither split nor leaf", where);
        }
        if (open.empty()) {
            refuse("nodes after the end of the tree", where);
        }
        const std::size_t halvings = open.back();
        open.pop_back();
        if (node.is_array()) {
            if (halvings == largest_halvings) {
                refuse("more than " + std::to_string(largest_halvings) + " halvings, one within the other",
                       where);
            }
            open.insert(open.end(), 2, halvings + 1);
        }
        tree.nodes.push_back(node.is_array() ? split_of(node, configuration, where)
                                             : leaf_of(node, configuration, where));
    }
    if (!open.empty()) {
        refuse("a tree that ends before its leaves do", where);
    }
    return tree;
}

Json json_of(const ConeNode& node) {
    if (node.split) {
        return Json::array({node.split->coordinate, node.split->first, node.split->second});
    }
    Json json = {{"bits", node.bits}, {"off_diagonal", node.off_diagonal}};
    if (node.image) {
        json["image"] = {{"classes", node.image->classes}, {"coordinates", node.image->coordinates}};
    }
    return json;
}

}  // namespace

bool is_tree_certificate(const std::string& text) {
    try {
        return parse_document(text, "").value("format", Json()) == format_name;
    } catch (const InputError&) {  // neither: whoever parses it says why
        return false;
    }
}

std::string to_text(const TreeCertificate& certificate) {
    const Certificate& claim = certificate.claim;
    Json document;
    document["format"] = format_name;
    document["config"] = to_json(claim.configuration, DecayText::exact);
    document["digits"] = claim.digits;
    document["gap"] = certificate.gap;
    document["upper_bound"] = claim.upper_bound;
    document["lower_bound"] = claim.lower_bound;
    document["classifier"] = claim.classifier;
    document["features"] = claim.features;
    std::string text = document.dump(1);
    text.resize(text.size() -
                2);  // without the closing brace: a node a line, which JSON's own writer does not do
    text += ",\n \"trees\": [";
    for (std::size_t i = 0; i < certificate.trees.size(); ++i) {
        const ConeTree& tree = certificate.trees[i];
        text += std::string(i == 0 ? "" : ",") + "\n  {\"chambers\": " + Json(tree.chambers).dump() +
                ", \"nodes\": [";
        for (std::size_t j = 0; j < tree.nodes.size(); ++j) {
            text += std::string(j == 0 ? "" : ",") + "\n   " + json_of(tree.nodes[j]).dump();
        }
        text += "]}";
    }
    return text + "\n ]\n}\n";
}

TreeCertificate parse_tree_certificate(const std::string& text, const std::string& where) {
    const Json document = parse_document(text, where);
    require_known(document,
                  {"format", "config", "digits", "gap", "upper_bound", "lower_bound", "classifier",
                   "features", "trees"},
                  where);
    if (member(document, "format", Type::string, where, "a certificate").get<std::string>() != format_name) {
        throw InputError("unknown format", where, format_name);
    }
    TreeCertificate certificate;
    Certificate& claim = certificate.claim;
    claim.configuration = configuration_of(
        member(document, "config", Type::object, where, "an object with counts, lambda_w, lambda_h, dim"),
        where + ": config");
    const Configuration& configuration = claim.configuration;
    const double orders = std::tgamma(static_cast<double>(configuration.classes()) + 1);
    if (configuration.classes() > largest_tree_classes ||
        std::pow(orders, static_cast<double>(configuration.dimension)) > largest_chambers) {
        throw InputError("K or d is too large", where + ": config",
                         "at most 6 classes, and (K!)^d at most 100000: cones that can be listed");
    }
    claim.digits =
        digits_of(member(document, "digits", Type::number_integer, where, "a whole number"), where);
    for (const auto& [key, text_of] :
         {std::pair("gap", &certificate.gap), std::pair("upper_bound", &claim.upper_bound),
          std::pair("lower_bound", &claim.lower_bound)}) {
        *text_of = decimal_of(member(document, key, Type::string, where, "a decimal"), where + ": " + key,
                              claim.digits);
    }
    claim.classifier =
        table_of(member(document, "classifier", Type::array, where, "K rows of d decimals"),
                 configuration.classes(), configuration.dimension, claim.digits, where + ": classifier");
    claim.features =
        table_of(member(document, "features", Type::array, where, "K rows of d decimals"),
                 configuration.classes(), configuration.dimension, claim.digits, where + ": features");
    for (const Json& tree : member(document, "trees", Type::array, where, "a list of trees")) {
        certificate.trees.push_back(
            tree_of(tree, configuration, where + ": tree " + std::to_string(certificate.trees.size() + 1)));
    }
    return certificate;
}

}  // namespace ncverify::certificates
