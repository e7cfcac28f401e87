#!/usr/bin/env bash
# The screen on a GPU: builds with CUDA, checks that GPU and CPU compute the same bits case by case, measures both, and
# writes FOLDER/gpu.json and gpu.md: `bench/gpu.sh [FOLDER]` (default bench/results).
set -euo pipefail
cd "$(dirname "$0")/.."
results=${1:-bench/results}
if ! command -v nvidia-smi >/dev/null || ! nvidia-smi -L >/dev/null 2>&1; then
    echo "bench/gpu.sh: no GPU here (nvidia-smi finds none)" >&2
    exit 1
fi
scripts/install
cmake --preset release -DNCVERIFY_CUDA=ON >/dev/null
cmake --build --preset release --target ncverify trial_tests screen_bench
build/release/bin/trial_tests "Where there is a GPU, it computes the CPU's bits"
mkdir -p "$results"
python3 bench/gpu.py build/release/bin/ncverify build/release/bin/screen_bench "$results"
