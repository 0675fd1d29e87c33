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


def tower_parts(model):
    """The same for the encoders and projectors: (kind of medium, name, tensor)."""
    vision, sound = model.vision_model, model.audio_tower
    yield "image", "image patches", vision.embeddings.patch_projection.weight
    yield "video", "video patches", vision.embeddings.video_patch_projection.weight
    yield "image", "positions", vision.embeddings.position_embedding
    yield "image", "prefix", vision.embeddings.cls_register_token
    for n, block in enumerate(vision.encoder.layer):
        yield "image", f"vision attention {n}", block.attention.o_proj.weight
        yield "image", f"vision MLP {n}", block.mlp.fc2.weight
    for n, block in enumerate(sound.layers):
        yield "sound", f"sound feed-forward {n}.1", block.feed_forward1.linear2.weight
        yield "sound", f"sound attention {n}", block.self_attn.o_proj.weight
        yield "sound", f"sound positions {n}", block.self_attn.relative_k_proj.weight
        yield "sound", f"sound bias u {n}", block.self_attn.bias_u
        yield "sound", f"sound bias v {n}", block.self_attn.bias_v
        yield "sound", f"sound convolution {n}", block.conv.pointwise_conv2.weight
        yield "sound", f"sound feed-forward {n}.2", block.feed_forward2.linear2.weight


def weakest_tower(model, embeddings):
    """As below, for the encoders, by the last position. `embeddings(kind)`: those of the case of that kind, made anew."""
    def last(kind):
        with torch.no_grad():
            return model.language_model(inputs_embeds=embeddings(kind), use_cache=False, logits_to_keep=1).logits[0, -1].numpy()
    whole = {kind: last(kind) for kind in ("image", "video", "sound")}
    found = []
    for kind, name, tensor in tower_parts(model):
        with silenced(tensor):
            found.append((np.linalg.norm(last(kind) - whole[kind]) / np.linalg.norm(whole[kind]), name))
    return sorted(found)


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
