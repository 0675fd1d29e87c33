"""WAV files at 16 kHz, with the windowed sinc of engine/sound/resampler.h rewritten in numpy, so that goldens are made from
the samples that the engine hears."""
import math

import numpy as np
from scipy.io import wavfile


def resample(x, rate, to=16000, zeros=64, beta=10.0, passband=0.95):
    if rate == to:
        return x.astype(np.float32)
    g = math.gcd(rate, to)
    up, down = to // g, rate // g
    cutoff = passband * min(rate, to) / rate
    half = zeros / cutoff
    reach = math.ceil(half)
    count = -(-len(x) * up // down)
    padded = np.concatenate([np.zeros(2 * reach), x.astype(np.float64), np.zeros(2 * reach)])
    y = np.zeros(count)
    k = np.arange(count)
    whole, rest = (k * down) // up, (k * down) % up
    for r in np.unique(rest):
        t = np.arange(-reach, reach + 2) - r / up
        u = np.clip(np.abs(t / half), 0, 1)
        taps = cutoff * np.sinc(cutoff * t) * np.i0(beta * np.sqrt(1 - u * u)) / np.i0(beta)
        taps[np.abs(t) >= half] = 0
        rows = np.flatnonzero(rest == r)
        for chunk in np.array_split(rows, max(1, len(rows) // 20000)):
            at = whole[chunk, None] + np.arange(-reach, reach + 2)[None, :] + 2 * reach
            y[chunk] = padded[at] @ taps.astype(np.float32).astype(np.float64)
    return y.astype(np.float32)


def read_16k(path):
    rate, x = wavfile.read(path)
    return resample(x.astype(np.float32) / 32768, rate)
