"""Takes parts of a model away one by one: each must move the logits, or a mistake in it could hide."""
import contextlib

import numpy as np
import torch

LEAST = 0.03


@contextlib.contextmanager
def silenced(tensor, part=slice(None)):
    kept = tensor.data[part].clone()
    tensor.data[part] = 0
    try:
        yield
    finally:
        tensor.data[part] = kept


def parts_of(model):
    """(name, tensor whose zero takes the part away, slice of it)."""
    for n, layer in enumerate(model.language_model.model.layers):
        m = layer.mixer
        if hasattr(m, "in_proj"):
            yield f"Mamba {n}", m.out_proj.weight, slice(None)
        elif hasattr(m, "q_proj"):
            yield f"attention {n}", m.o_proj.weight, slice(None)
        else:
            for e in range(m.experts.down_proj.shape[0]):
                yield f"expert {n}.{e}", m.experts.down_proj, e
            yield f"shared expert {n}", m.shared_experts.down_proj.weight, slice(None)
            yield f"correction bias {n}", m.gate.e_score_correction_bias, slice(None)


def weakest(model, cases):
    """The part whose absence moves the logits least: (share, name). `cases`: embeddings. What every position passes through must
    move the last position; an expert, which few positions choose, and the bias that changes the choice must move some position.
    Of the cases, the one that moves most counts."""
    def logits():
        with torch.no_grad():
            return [model.language_model(inputs_embeds=e, use_cache=False).logits[0].numpy() for e in cases]
    whole = logits()
    found = []
    for name, tensor, part in parts_of(model):
        with silenced(tensor, part):
            moved = [np.linalg.norm(a - b, axis=-1) / np.linalg.norm(b, axis=-1) for a, b in zip(logits(), whole)]
        sometimes = name.startswith(("expert", "correction"))
        found.append((max(m.max() if sometimes else m[-1] for m in moved), name))
    return min(found)
