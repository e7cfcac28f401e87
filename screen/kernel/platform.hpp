// What lets one source be compiled for the CPU and, by nvcc, for a GPU as well.
#pragma once

#ifdef __CUDACC__
#define NCVERIFY_DEVICE __host__ __device__
#define NCVERIFY_UNROLL _Pragma("unroll")
#else
#define NCVERIFY_DEVICE
#define NCVERIFY_UNROLL _Pragma("GCC unroll 16")  // small constant loops, whose arrays then live in registers
#endif
