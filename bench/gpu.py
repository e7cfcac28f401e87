#!/usr/bin/env python3
"""The screen on GPU and CPU: equal results, and configurations a second.

Usage: gpu.py NCVERIFY SCREEN_BENCH FOLDER. Writes FOLDER/gpu.json and FOLDER/gpu.md.
"""

import json
import pathlib
import subprocess
import sys

SHAPES = ((8, 8), (16, 16))
TIMED = ("device", "engine", "timing")


def screen(ncverify, device, classes, dimension, number):
    command = [ncverify, "screen", "--device", device, "--classes", classes, "--dim", dimension, "--random", number,
               "--seed", 1, "--format", "json"]
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def kernel_rate(bench, classes, dimension):
    """Configurations a second that two CPU threads solve, without looking at claims."""
    pattern = f"solve/K:{classes}/d:{dimension}/.*/threads:2"
    result = subprocess.run([bench, f"--benchmark_filter={pattern}", "--benchmark_format=json"], capture_output=True,
                            text=True, check=True)
    return json.loads(result.stdout)["benchmarks"][0]["configurations"]


def main(ncverify, bench, folder):
    gpu = subprocess.run(["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"],
                         capture_output=True, text=True, check=True).stdout.strip()
    rows = []
    for classes, dimension in SHAPES:
        small = {device: screen(ncverify, device, classes, dimension, 20000) for device in ("cpu", "cuda")}
        assert small["cuda"]["device"] == "cuda", "the GPU was not used"
        for answer in small.values():
            for key in TIMED:
                answer.pop(key)
        assert small["cpu"] == small["cuda"], f"K={classes}: the devices' results differ"
        for device, number in (("cpu", 500_000), ("cuda", 5_000_000)):
            answer = screen(ncverify, device, classes, dimension, number)
            rows.append({"device": device, "engine": answer["engine"], "classes": classes, "dimension": dimension,
                         "configurations": number, "per_second": float(answer["timing"]["per_second"]),
                         "solving_per_second": number / float(answer["timing"]["gpu_s"]) if device == "cuda"
                         else kernel_rate(bench, classes, dimension)})
    folder = pathlib.Path(folder)
    (folder / "gpu.json").write_text(json.dumps({"gpu": gpu, "rows": rows}, indent=2) + "\n", encoding="utf-8")
    lines = [f"GPU: {gpu}. The results of both devices were equal, byte for byte.", "",
             "| device | K | d | configurations a second, solving | with the claims |", "|---|---|---|---|---|"]
    lines += [f"| {row['device']} ({row['engine']}) | {row['classes']} | {row['dimension']} | "
              f"{row['solving_per_second']:.3g} | {row['per_second']:.3g} |" for row in rows]
    (folder / "gpu.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main(*sys.argv[1:4])
