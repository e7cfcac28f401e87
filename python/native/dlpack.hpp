// DLPack's structures (https://dmlc.github.io/dlpack, version 0.x, what __dlpack__() gives), under our names:
// how array libraries hand arrays to each other in memory. Layout and numbers are the standard's.
#pragma once

#include <cstdint>

namespace ncverify::python::dlpack {

// Device types.
inline constexpr std::int32_t cpu = 1;
inline constexpr std::int32_t pinned = 3;  // of the CPU, for a GPU to read

// Codes of element types.
inline constexpr std::uint8_t signed_integer = 0;
inline constexpr std::uint8_t unsigned_integer = 1;
inline constexpr std::uint8_t floating = 2;
inline constexpr std::uint8_t brain_floating = 4;
inline constexpr std::uint8_t boolean = 6;

struct Device {
    std::int32_t type;
    std::int32_t number;
};

struct DataType {
    std::uint8_t code;
    std::uint8_t bits;
    std::uint16_t lanes;
};

struct Tensor {
    void* data;
    Device device;
    std::int32_t dimensions;
    DataType type;
    std::int64_t* shape;
    std::int64_t* strides;  // in elements; null: last index fastest
    std::uint64_t byte_offset;
};

struct ManagedTensor {
    Tensor tensor;
    void* context;
    void (*deleter)(ManagedTensor* self);
};

}  // namespace ncverify::python::dlpack
