"""Section 3 of the published description in double precision: the language model alone, for traces and as a second opinion.

Written from the equations, not from the library; the state-space layers run in their recurrent form, which is the definition.
"""
import numpy as np


def rms_norm(x, weight, eps):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + eps) * weight


def silu(x):
    return x / (1 + np.exp(-x))


def relu2(x):
    return np.maximum(x, 0) ** 2


class Reference:
    """Tensors by their published names without `language_model.`."""

    def __init__(self, llm, tensors):
        self.c = llm
        self.t = {name: np.asarray(value, np.float64) for name, value in tensors.items()}
        self.trace = {}

    def w(self, layer, name):
        return self.t[f"backbone.layers.{layer}.mixer.{name}"]

    def forward(self, embedded):
        """Logits of all positions. `self.trace` then holds `what/layer`."""
        c, self.trace = self.c, {}
        h = np.asarray(embedded, np.float64)
        mixers = {"M": self.mamba, "*": self.attention, "E": self.experts}
        for n, kind in enumerate(c["hybrid_override_pattern"]):
            x = rms_norm(h, self.t[f"backbone.layers.{n}.norm.weight"], c["layer_norm_epsilon"])
            h = h + mixers[kind](n, x)
            self.trace[f"residual/{n}"] = h
        self.final = rms_norm(h, self.t["backbone.norm_f.weight"], c["layer_norm_epsilon"])
        return self.final @ self.t["lm_head.weight"].T

    def embed(self, ids):
        return self.t["backbone.embeddings.weight"][ids]

    def attention(self, n, x):
        c, length = self.c, len(x)
        heads, kv, size = c["num_attention_heads"], c["num_key_value_heads"], c["head_dim"]
        q = (x @ self.w(n, "q_proj.weight").T).reshape(length, heads, size)
        k = (x @ self.w(n, "k_proj.weight").T).reshape(length, kv, size)
        v = (x @ self.w(n, "v_proj.weight").T).reshape(length, kv, size)
        out = np.empty((length, heads, size))
        future = np.triu(np.ones((length, length), bool), 1)
        for h in range(heads):
            group = h // (heads // kv)
            score = q[:, h] @ k[:, group].T / np.sqrt(size)
            score[future] = -np.inf
            p = np.exp(score - score.max(-1, keepdims=True))
            out[:, h] = p / p.sum(-1, keepdims=True) @ v[:, group]
        out = out.reshape(length, heads * size)
        self.trace[f"attention/{n}"] = out
        return out @ self.w(n, "o_proj.weight").T

    def mamba(self, n, x):
        c, length = self.c, len(x)
        heads, size, groups, state = c["mamba_num_heads"], c["mamba_head_dim"], c["n_groups"], c["ssm_state_size"]
        inner, taps = heads * size, c["conv_kernel"]
        channels = inner + 2 * groups * state
        p = x @ self.w(n, "in_proj.weight").T
        z, raw, dt = p[:, :inner], p[:, inner:inner + channels], p[:, inner + channels:]
        padded = np.concatenate([np.zeros((taps - 1, channels)), raw])
        weight = self.w(n, "conv1d.weight")
        u = silu(self.w(n, "conv1d.bias") + sum(weight[:, 0, j] * padded[j:j + length] for j in range(taps)))
        X = u[:, :inner].reshape(length, heads, size)
        B = u[:, inner:inner + groups * state].reshape(length, groups, state).repeat(heads // groups, axis=1)
        C = u[:, inner + groups * state:].reshape(length, groups, state).repeat(heads // groups, axis=1)
        delta = np.logaddexp(0, dt + self.w(n, "dt_bias"))
        decay = np.exp(delta * -np.exp(self.w(n, "A_log")))
        S, y = np.zeros((heads, size, state)), np.empty((length, heads, size))
        for t in range(length):
            S = decay[t][:, None, None] * S + (delta[t][:, None] * X[t])[:, :, None] * B[t][:, None, :]
            y[t] = np.einsum("hps,hs->hp", S, C[t]) + self.w(n, "D")[:, None] * X[t]
        y = y.reshape(length, inner)
        g = (y * silu(z)).reshape(length, groups, inner // groups)
        g = rms_norm(g, 1, c["layer_norm_epsilon"]).reshape(length, inner) * self.w(n, "norm.weight")
        for what, value in dict(in_proj=p, conv=u, delta=delta, scan=y, state=S, gated=g).items():
            self.trace[f"{what}/{n}"] = value
        return g @ self.w(n, "out_proj.weight").T

    def experts(self, n, x):
        c = self.c
        score = 1 / (1 + np.exp(-(x @ self.w(n, "gate.weight").T)))
        biased = score + self.w(n, "gate.e_score_correction_bias")
        order = np.argsort(-biased, axis=-1, kind="stable")
        k = c["num_experts_per_tok"]
        chosen = order[:, :k]
        weight = np.take_along_axis(score, chosen, -1)
        weight = weight / (weight.sum(-1, keepdims=True) + 1e-20) * c["routed_scaling_factor"]
        ranked = np.take_along_axis(biased, order, -1)
        self.trace[f"router_scores/{n}"], self.trace[f"router_ids/{n}"] = score, chosen
        self.trace[f"router_weights/{n}"], self.trace[f"router_distance/{n}"] = weight, ranked[:, k - 1] - ranked[:, k]
        out = relu2(x @ self.w(n, "shared_experts.up_proj.weight").T) @ self.w(n, "shared_experts.down_proj.weight").T
        for e in range(c["n_routed_experts"]):
            row, slot = np.nonzero(chosen == e)
            if len(row):
                up = relu2(x[row] @ self.w(n, f"experts.{e}.up_proj.weight").T)
                out[row] += weight[row, slot][:, None] * (up @ self.w(n, f"experts.{e}.down_proj.weight").T)
        return out


def appendix_model():
    """The tiny model of the description's appendix, whose weights are a formula: (sizes, tensors)."""
    llm = dict(hidden_size=16, vocab_size=32, hybrid_override_pattern="ME*E", layer_norm_epsilon=1e-5, mamba_num_heads=4,
               mamba_head_dim=4, n_groups=2, ssm_state_size=8, conv_kernel=4, num_attention_heads=4, num_key_value_heads=2,
               head_dim=8, n_routed_experts=4, num_experts_per_tok=2, moe_intermediate_size=12,
               moe_shared_expert_intermediate_size=20, routed_scaling_factor=2.5)
    tensors = {}

    def add(name, shape, scale, offset=0.0):
        u32 = lambda v: v & np.uint64(0xFFFFFFFF)
        i = np.arange(np.prod(shape), dtype=np.uint64)
        x = u32((i + np.uint64(1)) * np.uint64(2654435761) + np.uint64((len(tensors) + 1) * 40503 * 65537))
        x = u32((x ^ x >> np.uint64(16)) * np.uint64(2246822519))
        x = u32((x ^ x >> np.uint64(13)) * np.uint64(3266489917))
        x ^= x >> np.uint64(16)
        tensors[name] = (offset + scale * (x / 2.0**32 - 0.5)).reshape(shape)

    add("backbone.embeddings.weight", (32, 16), 2)
    for n, kind in enumerate("ME*E"):
        layer, mixer = f"backbone.layers.{n}.", f"backbone.layers.{n}.mixer."
        add(layer + "norm.weight", (16,), 0.5, 1)
        if kind == "M":
            add(mixer + "in_proj.weight", (68, 16), 0.6)
            add(mixer + "conv1d.weight", (48, 1, 4), 1)
            add(mixer + "conv1d.bias", (48,), 0.4)
            add(mixer + "A_log", (4,), 1, 0.5)
            add(mixer + "D", (4,), 1, 1)
            add(mixer + "dt_bias", (4,), 2, -1)
            add(mixer + "norm.weight", (16,), 0.5, 1)
            add(mixer + "out_proj.weight", (16, 16), 0.6)
        elif kind == "E":
            add(mixer + "gate.weight", (4, 16), 1)
            add(mixer + "gate.e_score_correction_bias", (4,), 0.2)
            for e in range(4):
                add(mixer + f"experts.{e}.up_proj.weight", (12, 16), 0.6)
                add(mixer + f"experts.{e}.down_proj.weight", (16, 12), 0.6)
            add(mixer + "shared_experts.up_proj.weight", (20, 16), 0.6)
            add(mixer + "shared_experts.down_proj.weight", (16, 20), 0.6)
        else:
            for name, shape in (("q", (32, 16)), ("k", (16, 16)), ("v", (16, 16)), ("o", (16, 32))):
                add(mixer + name + "_proj.weight", shape, 0.6)
    add("backbone.norm_f.weight", (16,), 0.5, 1)
    add("lm_head.weight", (32, 16), 0.6)
    assert len(tensors) == 43
    return llm, tensors


# What the appendix prints, as text: every printed digit counts.
APPENDIX = {
    "embeddings[1]": "-0.5546577 0.7083358 -0.7368014 0.5027867",
    "in_proj[0]": "0.1768069 0.2139609 -0.2662840 0.2487249",
    "state, head 0, row 0": "-0.0007672 -0.0006370 -0.0005128 0.0004730 0.0017632 -0.0003413 -0.0026584 -0.0011667",
    "state, sum": "0.0712338585",
    "residual 0": "1.3057264 0.9370389 0.4507172 0.1388596",
    "sums": "87.3002963 114.7712119 108.0954296 133.5022299",
    "residual 1": "0.9167773 -0.3091574 2.3164899 0.5548084",
    "residual 2": "0.7764499 -0.1412353 2.1997432 0.0556979",
    "residual 3": "0.9507230 0.5429563 2.1612224 -0.3391126",
    "scores 1": "0.4574151 0.2195888 0.5051450 0.7829253",
    "weights 1": "1.5195701 0.9804299",
    "scores 3": "0.6925606 0.7336961 0.5341599 0.6417511",
    "weights 3": "1.2860520 1.2139480",
    "first logits": "0.3831180 1.3141936 1.0028962 -0.8336578",
    "last logits": "0.0430338 1.2585315 -0.5847091 -1.8014012 0.5652845 0.2396712 -0.3755758 0.1763767",
    "last logits, sum": "5.6194479",
}


def check_appendix():
    """Asserts every digit of the appendix; returns how many numbers that were."""
    llm, tensors = appendix_model()
    model = Reference(llm, tensors)
    logits = model.forward(model.embed([1, 5, 9, 13, 17, 21, 25]))
    t = model.trace
    found = {
        "embeddings[1]": tensors["backbone.embeddings.weight"][1, :4],
        "in_proj[0]": tensors["backbone.layers.0.mixer.in_proj.weight"][0, :4],
        "state, head 0, row 0": t["state/0"][0, 0], "state, sum": [t["state/0"].sum()],
        "sums": [np.abs(t[f"residual/{n}"]).sum() for n in range(4)],
        "scores 1": t["router_scores/1"][-1], "weights 1": t["router_weights/1"][-1],
        "scores 3": t["router_scores/3"][-1], "weights 3": t["router_weights/3"][-1],
        "first logits": logits[0, :4], "last logits": logits[-1, :8], "last logits, sum": [logits[-1].sum()],
    } | {f"residual {n}": t[f"residual/{n}"][-1, :4] for n in range(4)}
    count = 0
    for what, printed in APPENDIX.items():
        for text, value in zip(printed.split(), found[what], strict=True):
            digits = len(text.split(".")[1])
            assert f"{value:.{digits}f}" == text, (what, text, value)
            count += 1
    assert t["router_ids/1"][-1].tolist() == [3, 2] and t["router_ids/3"][-1].tolist() == [1, 0]
    assert logits[-1].argmax() == 20
    return count
