#!/usr/bin/env python3
"""Writes the golden files of this folder from the silero-vad package (6.2.3, torch).

    pip install silero-vad==6.2.3 torch numpy scipy
    make_goldens.py SPEECH_DIR      # beckett.wav, two_cities.wav, endgame_nagg_nell.wav

span_rules.json      random probability tracks (seed 1) with the spans that the package finds in them
probabilities.json   every 10th probability, their sum, and the spans, for the three recordings
"""
import json
import math
import pathlib
import sys

import numpy as np
import torch
from silero_vad import get_speech_timestamps, load_silero_vad
from silero_vad.utils_vad import get_speech_timestamps_from_probs

HERE = pathlib.Path(__file__).parent
sys.path.append(str(HERE.parent / "speech"))
from read_16k import read_16k  # noqa: E402


def random_track(rng, chunks):
    p, level = [], 0.1
    for _ in range(chunks):
        if rng.random() < 0.12:
            level = rng.choice([0.02, 0.2, 0.42, 0.6, 0.97])
        p.append(int(round(100 * min(1, max(0, level + rng.normal(0, 0.08))))))
    return p


def main():
    rng = np.random.default_rng(1)
    cases = []
    for i in range(120):
        percent = random_track(rng, int(rng.integers(1, 220)))
        samples = len(percent) * 512 - int(rng.integers(0, 512))
        max_s = 0 if i < 60 else float(rng.choice([1.0, 1.5, 2.5]))
        spans = get_speech_timestamps_from_probs(
            [float(np.float32(v) / np.float32(100)) for v in percent],
            max_speech_duration_s=max_s or math.inf,
            audio_length_samples=samples)
        cases.append({"percent": percent, "samples": samples, "max_speech": int(max_s * 16000),
                      "spans": [[s["start"], s["end"]] for s in spans]})
    (HERE / "span_rules.json").write_text(
        "[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")

    if len(sys.argv) < 2:
        return
    model = load_silero_vad()
    result = {}
    for name in ["beckett", "two_cities", "endgame_nagg_nell"]:
        x = torch.from_numpy(read_16k(pathlib.Path(sys.argv[1]) / (name + ".wav")))
        model.reset_states()
        p = []
        for at in range(0, len(x), 512):
            chunk = x[at:at + 512]
            p.append(model(torch.nn.functional.pad(chunk, (0, 512 - len(chunk))), 16000).item())
        spans = get_speech_timestamps(x, model)
        result[name] = {"samples": len(x), "chunks": len(p), "sum": round(sum(p), 5),
                        "every_10th": [round(v, 6) for v in p[::10]],
                        "spans": [[s["start"], s["end"]] for s in spans]}
    (HERE / "probabilities.json").write_text(
        "{\n" + ",\n".join(f'"{k}": ' + json.dumps(v, separators=(",", ":")) for k, v in result.items()) + "\n}\n")


main()
