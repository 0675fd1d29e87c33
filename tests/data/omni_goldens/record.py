"""Runs the library on the cases and records what it computes."""
import numpy as np
import torch
from transformers import DynamicCache

from .reference import Reference

# What the traced case keeps of every layer; the quantised formats differ in their weights only and keep less.
SHORT_TRACE = ("residual", "state", "router_scores", "router_ids", "router_weights", "attention")
FULL_TRACE = SHORT_TRACE + ("in_proj", "conv", "delta", "scan", "gated")
STEPS = 64
STOP = (2, 11)
GAP = 0.01
ROUTER = 5e-6  # two correct engines could choose different experts below about 1e-6


class Run:
    """One case with one model: prefill, then 64 greedy steps."""

    def __init__(self, model, embedded, chunk_trace=False):
        self.final, self.distance = [], (np.inf, -1, -1)
        lm = model.language_model
        handles = [lm.lm_head.register_forward_pre_hook(lambda m, args: self.final.append(args[0][0].clone()))]
        for n, layer in enumerate(lm.model.layers):
            if hasattr(layer.mixer, "gate"):
                handles.append(layer.mixer.gate.register_forward_hook(self.router(n, layer.mixer.gate)))
        self.position = 0
        cache = DynamicCache(config=lm.config)
        with torch.no_grad():
            out = lm(inputs_embeds=embedded, past_key_values=cache, use_cache=True)
            self.logits = out.logits[0].numpy()
            self.position = embedded.shape[1]
            self.tokens, self.gaps = [], []
            last = self.logits[-1]
            for _ in range(STEPS):
                best = np.argsort(-last, kind="stable")[:2]
                self.tokens.append(int(best[0]))
                self.gaps.append(float(last[best[0]] - last[best[1]]))
                if self.tokens[-1] in STOP or len(self.tokens) == STEPS:
                    break
                last = lm(input_ids=torch.tensor([[self.tokens[-1]]]), past_key_values=cache, use_cache=True).logits[0, -1].numpy()
                self.position += 1
        for handle in handles:
            handle.remove()
        # The normed hidden state behind every greedy choice: the last prefill position, then one for each step.
        self.hidden = torch.cat([self.final[0][-1:]] + [f[-1:] for f in self.final[1:]])

    def router(self, layer, gate):
        def hook(module, args, output):
            x = args[0].reshape(-1, args[0].shape[-1])
            score = torch.sigmoid(x.float() @ gate.weight.float().T) + gate.e_score_correction_bias
            ranked = score.sort(-1, descending=True).values
            gap = ranked[:, gate.top_k - 1] - ranked[:, gate.top_k]
            least = float(gap.min())
            if least < self.distance[0]:
                self.distance = (least, layer, self.position + int(gap.argmin()))
        return hook

    def summary(self):
        step = int(np.argmin(self.gaps))
        return {"tokens": self.tokens, "smallest_gap": round(self.gaps[step], 5), "gap_step": step,
                "router_distance": float(f"{self.distance[0]:.3g}"), "router_layer": self.distance[1],
                "router_position": self.distance[2]}


def embed(model, ids, rows=None):
    """The embeddings of a prompt, media rows replaced in order of their places."""
    with torch.no_grad():
        embedded = model.get_input_embeddings()(torch.tensor([ids])).clone()
        for token, vectors in (rows or {}).items():
            places = [i for i, id_ in enumerate(ids) if id_ == token]
            assert len(places) == len(vectors), (token, len(places), len(vectors))
            embedded[0, places] = vectors
    return embedded


def balance(head, runs):
    """Takes what all hidden states have in common out of lm_head, or one token would win nearly everywhere."""
    states = torch.cat([run.final[0] for run in runs.values()] + [run.hidden for run in runs.values()])
    common = states.mean(0)
    common = common / common.norm()
    head.copy_((head - torch.outer(head @ common, common)).bfloat16().float())


def repair(head, runs):
    """Widens narrow choices: raises the winner's row of lm_head along the hidden state, in BF16. Returns the cases whose
    choices these rows change, and how many rows were touched."""
    touched, stale = 0, set()
    for _ in range(200):
        bad = False
        for key, run in runs.items():
            logits = run.hidden @ head.T
            for step, token in enumerate(run.tokens):
                if key in stale:
                    break
                others = logits[step].clone()
                others[token] = -torch.inf
                gap = float(logits[step, token] - others.max())
                if gap >= 2 * GAP:
                    continue
                if gap < -0.2:  # another token wins by far: this run must be made anew
                    stale.add(key)
                    break
                h = run.hidden[step]
                head[token] = (head[token] + (4 * GAP - min(gap, 0)) * h / (h @ h)).bfloat16().float()
                touched += 1
                bad = True
                break
        if not bad:
            break
    return touched, stale


def tensors_of(case, run, embedded):
    order = np.argsort(-run.logits, axis=-1, kind="stable")[:, :20]
    rows = embedded[0].double().numpy()
    return {f"{case}/logits_last": run.logits[-1], f"{case}/top_ids": order.astype(np.int32),
            f"{case}/top_logits": np.take_along_axis(run.logits, order, -1),
            f"{case}/embedding_norms": np.sqrt((rows**2).sum(-1)).astype(np.float32),
            f"{case}/embedding_sums": rows.sum(-1).astype(np.float32)}


def layer_outputs(model, embedded):
    """The residual stream behind every layer, by the library."""
    seen = []
    hooks = [layer.register_forward_hook(lambda m, a, o: seen.append((o[0] if isinstance(o, tuple) else o)[0].numpy()))
             for layer in model.language_model.model.layers]
    with torch.no_grad():
        model.language_model(inputs_embeds=embedded, use_cache=False)
    for hook in hooks:
        hook.remove()
    return seen


def second_opinion(p, meant, embedded, run, model, traced=()):
    """Compares with the double-precision reference; returns (largest difference of logits, of residuals, the traces wanted)."""
    prefix = "language_model."
    reference = Reference(p["llm"], {n.removeprefix(prefix): t.numpy() for n, t in meant.items() if n.startswith(prefix)})
    logits = reference.forward(embedded[0].double().numpy())
    residual = max(np.abs(reference.trace[f"residual/{n}"] - seen).max() for n, seen in enumerate(layer_outputs(model, embedded)))
    tensors = {f"trace/{what}": value.astype(np.int32 if what.startswith("router_ids") else np.float32)
               for what, value in reference.trace.items() if what.split("/")[0] in traced}
    return float(np.abs(logits - run.logits).max()), float(residual), tensors
