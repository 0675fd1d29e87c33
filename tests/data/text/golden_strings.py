"""Random numbers and hashes of the golden strings; tests/engine/text/golden_text.cpp has them again in C++."""
M = 2**64 - 1


def splitmix(state):
    state = (state + 0x9E3779B97F4A7C15) & M
    z = state
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
    return state, z ^ (z >> 31)


def block_hashes(make, encode, blocks):
    """For strings make(0), make(1), ... the FNV-1a hash of the ids of every hundred."""
    result = []
    for block in range(blocks):
        h = 0xCBF29CE484222325
        for seed in range(block * 100, block * 100 + 100):
            for i in encode(make(seed)) + [0x7FFFFFFF]:
                for byte in i.to_bytes(4, "little"):
                    h = ((h ^ byte) * 0x100000001B3) & M
        result.append(f"{h:016x}")
    return result
