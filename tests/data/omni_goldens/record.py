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
    """One case with one model: prefill, then 64 greedy steps; with the tokens of such a run, all of them in one pass."""

    def __init__(self, model, embedded, tokens=None):
        # Of the distances between the last chosen expert and the next: the least, its layer, position and that expert.
        self.final, self.distance, self.position = [], (np.inf, -1, -1, -1), 0
        self.lm = model.language_model
        handles = [self.lm.lm_head.register_forward_pre_hook(lambda m, args: self.final.append(args[0][0].clone()))]
        for n, layer in enumerate(self.lm.model.layers):
            if hasattr(layer.mixer, "gate"):
                handles.append(layer.mixer.gate.register_forward_hook(self.router(n, layer.mixer.gate)))
        with torch.no_grad():
            self.replay(embedded, tokens) if tokens else self.decode(embedded)
        for handle in handles:
            handle.remove()

    def decode(self, embedded):
        cache = DynamicCache(config=self.lm.config)
        self.logits = self.lm(inputs_embeds=embedded, past_key_values=cache, use_cache=True).logits[0].numpy()
        self.position = embedded.shape[1]
        self.tokens, self.gaps, last = [], [], self.logits[-1]
        while True:
            best = np.argsort(-last, kind="stable")[:2]
            self.tokens.append(int(best[0]))
            self.gaps.append(float(last[best[0]] - last[best[1]]))
            if self.tokens[-1] in STOP or len(self.tokens) == STEPS:
                break
            step = torch.tensor([[self.tokens[-1]]])
            last = self.lm(input_ids=step, past_key_values=cache, use_cache=True).logits[0, -1].numpy()
            self.position += 1
        # The normed hidden state behind every greedy choice: the last prefill position, then one for each step.
        self.hidden = torch.cat([self.final[0][-1:]] + [f[-1:] for f in self.final[1:]])

    def replay(self, embedded, tokens):
        self.tokens = tokens
        said = self.lm.get_input_embeddings()(torch.tensor([tokens[:-1]]))
        self.lm(inputs_embeds=torch.cat([embedded, said], 1), use_cache=False)
        self.hidden = self.final[0][embedded.shape[1] - 1:]

    def router(self, layer, gate):
        def hook(module, args, output):
            x = args[0].reshape(-1, args[0].shape[-1])
            score = torch.sigmoid(x.float() @ gate.weight.float().T) + gate.e_score_correction_bias
            ranked, experts = score.sort(-1, descending=True)
            gap = ranked[:, gate.top_k - 1] - ranked[:, gate.top_k]
            place = int(gap.argmin())
            if gap[place] < self.distance[0]:
                self.distance = (float(gap[place]), layer, self.position + place, int(experts[place, gate.top_k - 1]))
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


def widen_routing(drawn, models, prompts, runs):
    """Where an expert won by too little, its correction bias is raised a little in all formats; the bias has a part in the
    choice alone. Returns how often."""
    for count in range(100):
        least = min(runs.values(), key=lambda run: run.distance[0])
        if least.distance[0] > ROUTER:
            return count
        layer, expert = least.distance[1], least.distance[3]
        bias = drawn[f"language_model.backbone.layers.{layer}.mixer.gate.e_score_correction_bias"]
        bias[expert] += 2 * ROUTER
        for model in models.values():
            model.language_model.model.layers[layer].mixer.gate.e_score_correction_bias.data.copy_(bias)
        for kind, name in runs:
            runs[kind, name] = Run(models[kind], prompts[name].embedded, runs[kind, name].tokens)
    raise SystemExit("the routing does not settle; take another seed")


def repair(head, runs):
    """Widens narrow choices: raises the winner's row of lm_head along the hidden state, in BF16. Returns how many rows were
    touched and which runs must be made anew, because another token has come to win somewhere."""
    touched, stale, narrow = 0, set(), True
    while narrow:
        narrow = False
        for key, run in runs.items():
            if key in stale:
                continue
            logits, tokens = run.hidden @ head.T, torch.tensor(run.tokens)
            own = logits.gather(1, tokens[:, None])[:, 0]
            gaps = own - logits.scatter(1, tokens[:, None], -torch.inf).max(1).values
            if gaps.min() < 0:
                stale.add(key)
                continue
            if gaps.min() < 2 * GAP:
                step = int(gaps.argmin())
                h, token = run.hidden[step], run.tokens[step]
                head[token] = (head[token] + 4 * GAP * h / (h @ h)).bfloat16().float()
                touched, narrow = touched + 1, True
    return touched, stale


def tensors_of(case, run, embedded, brief):
    """What a case leaves; `brief`: the logits of the last position alone."""
    if brief:
        return {f"{case}/logits_last": run.logits[-1]}
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
