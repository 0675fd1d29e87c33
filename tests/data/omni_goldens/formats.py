"""The stored number formats, decoded by tables of their own: what a reader must get from the bytes."""
import numpy as np
import torch

E2M1 = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6], np.float64)


def e4m3_table():
    table = np.empty(256)
    for byte in range(256):
        sign, exponent, mantissa = byte >> 7, byte >> 3 & 15, byte & 7
        value = mantissa / 8 * 2.0**-6 if exponent == 0 else (1 + mantissa / 8) * 2.0**(exponent - 7)
        table[byte] = np.nan if byte & 127 == 127 else -value if sign else value
    return table


E4M3 = e4m3_table()


def check_tables():
    theirs = torch.arange(256, dtype=torch.uint8).view(torch.float8_e4m3fn).double().numpy()
    assert np.array_equal(theirs, E4M3, equal_nan=True)


def to_e4m3(values):
    """Bytes of the nearest E4M3 values, ties to even; values beyond 448 must not come."""
    values = torch.as_tensor(np.asarray(values), dtype=torch.float32)
    assert values.abs().max() <= 448
    return values.to(torch.float8_e4m3fn)


def fp8_encode(weight):
    scale = np.float32(np.abs(weight).max() / 448)
    return to_e4m3(np.clip(weight / scale, -448, 448)), scale


def fp8_decode(stored, scale):
    return (E4M3[stored.view(torch.uint8).numpy()] * np.float64(scale)).astype(np.float32)


def nvfp4_encode(weight):
    rows, columns = weight.shape
    assert columns % 16 == 0
    scale_2 = np.float32(np.abs(weight).max() / (6 * 448))
    blocks = weight.astype(np.float64).reshape(rows, columns // 16, 16)
    scale = to_e4m3(np.clip(np.abs(blocks).max(-1) / (6 * np.float64(scale_2)), 2.0**-9, 448))
    magnitude = np.abs(blocks) / (E4M3[scale.view(torch.uint8).numpy()] * np.float64(scale_2))[..., None]
    code = np.zeros(blocks.shape, np.uint8)
    # At a midpoint the even code wins: down at 0.25, 1.25, 2.5, 5; up at 0.75, 1.75, 3.5.
    for middle, up in ((0.25, 0), (0.75, 1), (1.25, 0), (1.75, 1), (2.5, 0), (3.5, 1), (5.0, 0)):
        code += (magnitude >= middle if up else magnitude > middle).astype(np.uint8)
    code = (code | (np.signbit(blocks).astype(np.uint8) << 3)).reshape(rows, columns)
    return torch.from_numpy(code[:, 0::2] | code[:, 1::2] << 4), scale, scale_2


def nvfp4_decode(packed, scale, scale_2):
    packed = packed.numpy()
    code = np.stack([packed & 15, packed >> 4], -1).reshape(packed.shape[0], -1)
    block = np.repeat(E4M3[scale.view(torch.uint8).numpy()], 16, axis=1)
    return (E2M1[code] * block * np.float64(scale_2)).astype(np.float32)
