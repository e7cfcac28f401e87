// What lets one source be compiled for the CPU and, by nvcc, for a GPU as well.
#pragma once

#ifdef __CUDACC__
#define NCVERIFY_DEVICE __host__ __device__
#else
#define NCVERIFY_DEVICE
#endif
