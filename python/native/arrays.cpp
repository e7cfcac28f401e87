#include "python/native/arrays.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <optional>

#include "problem/cancellation.hpp"
#include "problem/errors.hpp"
#include "python/native/dlpack.hpp"

namespace py = pybind11;

namespace ncverify::python {

namespace {

using files::ElementKind;
using files::ElementType;

// Where an array's numbers stand, and what keeps them there.
struct View {
    const std::byte* values = nullptr;
    ElementType type;
    std::vector<long long> shape, strides;  // strides in bytes
    std::shared_ptr<void> keeper;
};

// The array as one run of bytes, last index fastest, gathered from where they stand.
class Gathered : public files::ByteSource {
  public:
    Gathered(View view, const std::atomic<bool>& cancelled)
        : view_(std::move(view)), run_(view_.type.size), cancelled_(cancelled) {
        total_ = view_.type.size;
        for (const long long extent : view_.shape) {
            total_ *= static_cast<std::uint64_t>(extent);
        }
        // What lies side by side in memory too is copied at once.
        while (!view_.shape.empty() &&
               (view_.shape.back() == 1 || view_.strides.back() == static_cast<long long>(run_))) {
            run_ *= static_cast<std::uint64_t>(view_.shape.back());
            view_.shape.pop_back();
            view_.strides.pop_back();
        }
    }
    bool random_access() const override { return true; }

  protected:
    std::uint64_t total() const override { return total_; }

    void read_raw(std::uint64_t offset, std::byte* to, std::size_t size) override {
        if (cancelled_) {
            throw Cancelled();
        }
        if (size == 0) {
            return;
        }
        std::uint64_t within = offset % run_, rest = offset / run_;
        std::vector<long long> index(view_.shape.size());
        const std::byte* from = view_.values;
        for (std::size_t axis = index.size(); axis-- > 0;) {
            const auto extent = static_cast<std::uint64_t>(view_.shape[axis]);
            index[axis] = static_cast<long long>(rest % extent);
            from += index[axis] * view_.strides[axis];
            rest /= extent;
        }
        for (;;) {
            const std::size_t piece = std::min<std::size_t>(size, run_ - within);
            std::memcpy(to, from + within, piece);
            to += piece;
            size -= piece;
            within = 0;
            if (size == 0) {
                return;
            }
            for (std::size_t axis = index.size(); axis-- > 0;) {
                from += view_.strides[axis];
                if (++index[axis] < view_.shape[axis]) {
                    break;
                }
                from -= view_.shape[axis] * view_.strides[axis];
                index[axis] = 0;
            }
        }
    }

  private:
    View view_;
    std::uint64_t run_, total_ = 0;
    const std::atomic<bool>& cancelled_;
};

[[noreturn]] void refuse(const std::string& problem, const std::string& where) {
    throw InputError(problem, where,
                     "an array of float16, bfloat16, float32, float64, whole numbers or bool, in this "
                     "machine's memory");
}

// The type of a buffer's format, as Python's struct has them; nothing for what is no real number.
std::optional<ElementType> buffer_type(const std::string& format, std::size_t size) {
    const bool ordered = !format.empty() && std::strchr("<>=@!", format.front()) != nullptr;
    const std::string code = format.substr(ordered ? 1 : 0);
    const bool big = ordered && (format.front() == '>' || format.front() == '!');
    if (code.size() != 1 || size > 8 || !std::has_single_bit(size)) {
        return std::nullopt;
    }
    if (std::strchr("efd", code[0]) != nullptr) {
        return ElementType{.kind = ElementKind::floating, .size = size, .big_endian = big};
    }
    if (std::strchr("bhilqn", code[0]) != nullptr) {
        return ElementType{.kind = ElementKind::signed_integer, .size = size, .big_endian = big};
    }
    if (std::strchr("BHILQN", code[0]) != nullptr) {
        return ElementType{.kind = ElementKind::unsigned_integer, .size = size, .big_endian = big};
    }
    if (code[0] == '?') {
        return ElementType{.kind = ElementKind::boolean, .size = size};
    }
    return std::nullopt;
}

View of_buffer(const py::object& array, const std::string& where) {
    auto* buffer = new Py_buffer;
    if (PyObject_GetBuffer(array.ptr(), buffer, PyBUF_RECORDS_RO) != 0) {
        delete buffer;
        PyErr_Clear();
        refuse("is of type " + std::string(Py_TYPE(array.ptr())->tp_name), where);
    }
    View view;
    view.keeper = std::shared_ptr<void>(buffer, [](void* held) {
        PyBuffer_Release(static_cast<Py_buffer*>(held));
        delete static_cast<Py_buffer*>(held);
    });
    const std::string format = buffer->format == nullptr ? "B" : buffer->format;
    const auto type = buffer_type(format, static_cast<std::size_t>(buffer->itemsize));
    if (!type) {
        refuse("has elements of type '" + printable(format) + "'", where);
    }
    view.type = *type;
    view.values = static_cast<const std::byte*>(buffer->buf);
    view.shape.assign(buffer->shape, buffer->shape + buffer->ndim);
    view.strides.assign(buffer->strides, buffer->strides + buffer->ndim);
    return view;
}

std::optional<ElementType> dlpack_type(const dlpack::DataType& type) {
    if (type.lanes != 1 || type.bits % 8 != 0 || type.bits > 64) {
        return std::nullopt;
    }
    const std::size_t size = type.bits / 8u;
    switch (type.code) {
        case dlpack::signed_integer:
            return ElementType{.kind = ElementKind::signed_integer, .size = size};
        case dlpack::unsigned_integer:
            return ElementType{.kind = ElementKind::unsigned_integer, .size = size};
        case dlpack::floating:
            return size >= 2 ? std::optional(ElementType{.kind = ElementKind::floating, .size = size})
                             : std::nullopt;
        case dlpack::brain_floating:
            return size == 2 ? std::optional(ElementType{.kind = ElementKind::brain_floating, .size = size})
                             : std::nullopt;
        case dlpack::boolean:
            return ElementType{.kind = ElementKind::boolean, .size = size};
        default:
            return std::nullopt;
    }
}

View of_dlpack(const py::object& array, const std::string& where) {
    py::object capsule;
    try {
        capsule = array.attr("__dlpack__")();
    } catch (py::error_already_set& error) {
        if (!error.matches(PyExc_Exception)) {
            throw;  // Ctrl-C
        }
        refuse("cannot be handed over: " + printable(py::str(error.value()).cast<std::string>()), where);
    }
    auto* tensor = static_cast<dlpack::ManagedTensor*>(PyCapsule_GetPointer(capsule.ptr(), "dltensor"));
    if (tensor == nullptr) {
        PyErr_Clear();
        refuse("offers a __dlpack__ of another kind", where);
    }
    View view;
    view.keeper = std::shared_ptr<void>(tensor, [](void* held) {
        auto* given = static_cast<dlpack::ManagedTensor*>(held);
        if (given->deleter != nullptr) {
            given->deleter(given);
        }
    });
    PyCapsule_SetName(capsule.ptr(), "used_dltensor");
    const dlpack::Tensor& given = tensor->tensor;
    if (given.device.type != dlpack::cpu && given.device.type != dlpack::pinned) {
        refuse("stands on another device", where);
    }
    const auto type = dlpack_type(given.type);
    if (!type) {
        refuse("has elements of DLPack type " + std::to_string(given.type.code) + " of " +
                   std::to_string(given.type.bits) + " bits",
               where);
    }
    view.type = *type;
    view.values = static_cast<const std::byte*>(given.data) + given.byte_offset;
    view.shape.assign(given.shape, given.shape + given.dimensions);
    view.strides.resize(view.shape.size());
    auto packed = static_cast<long long>(type->size);
    for (std::size_t axis = view.shape.size(); axis-- > 0;) {
        view.strides[axis] =
            given.strides == nullptr ? packed : given.strides[axis] * static_cast<long long>(type->size);
        packed *= view.shape[axis];
    }
    return view;
}

// Column after column, which files may be too.
bool by_columns(const View& view) {
    const auto size = static_cast<long long>(view.type.size);
    return view.shape.size() == 2 && view.shape[0] > 1 && view.shape[1] > 1 && view.strides[0] == size &&
           view.strides[1] == size * view.shape[0];
}

}  // namespace

files::StoredArray stored_array(const py::object& array, const std::string& where,
                                const std::atomic<bool>& cancelled) {
    View view = PyObject_CheckBuffer(array.ptr()) != 0 ? of_buffer(array, where)
                : py::hasattr(array, "__dlpack__")     ? of_dlpack(array, where)
                                                       : of_buffer(array, where);
    files::ArrayHeader header{view.type, view.shape, by_columns(view)};
    if (header.fortran_order) {
        std::swap(view.shape[0], view.shape[1]);
        std::swap(view.strides[0], view.strides[1]);
    }
    return {.file = "in memory",
            .key = "",
            .where = where,
            .header = std::move(header),
            .bytes = std::make_shared<Gathered>(std::move(view), cancelled)};
}

}  // namespace ncverify::python
