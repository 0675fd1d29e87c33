#!/usr/bin/env python3
"""Writes two tiny Parakeet TDT recognisers and records what transformers computes with them in float32.

    pip install transformers==5.23.0 torch==2.15.0 tokenizers safetensors numpy pyyaml
    OMP_NUM_THREADS=1 tests/data/make_parakeet_goldens.py

What is written: parakeet/README.md. Everything follows from the seeds below. Encoder, prediction network and joint are
transformers' own; the greedy loop, chunks and word times are written here from the published rules, because the
library's loop lacks the limit of symbols a frame and knows neither chunks nor words. Where that limit does not
matter, the tokens are compared with the library's generate().
"""
import io
import json
import pathlib
import re
import struct
import tarfile
import unicodedata

import numpy as np
import torch
import yaml
from safetensors.torch import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models
from transformers import ParakeetFeatureExtractor, ParakeetForTDT, ParakeetTDTConfig
from transformers.models.parakeet import ParakeetEncoderConfig
from transformers.models.parakeet.generation_parakeet import ParakeetRNNTDecoderCache

OUT = pathlib.Path(__file__).parent / "parakeet"
SEEDS = range(1, 1000)  # the first whose choices are all clear is taken
CLEAR = 0.005  # the smallest distance between the best and the second choice, of tokens and of durations
MARK = "\u2581"

PRESETS = {
    # In transformers' layout, BF16.
    "model": {
        "encoder": dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
                        subsampling_conv_channels=8, num_mel_bins=128),
        "head": dict(decoder_hidden_size=24, num_decoder_layers=2, durations=[0, 1, 2, 3, 4], max_symbols_per_step=4),
        "pieces": ["<unk>", "<|nospeech|>", "<pad>", "<|de|>"]
                  + [MARK + w for w in ("", "the", "a", "s", "w", "b", "in", "re", "th", "and", "¿", "ha")]
                  + list("etaoinshrdlu") + ["er", "ing", "ed", "ß", "ü", "re", "ll"][:5]
                  + [".", ",", "?", "!", "'", "-", "1", "7", "0"] + ["<0xC3>", "<0xA9>"],
        "cases": {"short": (800, 3), "one": (38400, 5), "odd": (50193, 11), "quiet": (16000, 23), "long": (120000, 7)},
        "chunked": {"pieces": (161111, 13, [25, 12, 6]), "no_context": (60000, 17, [0, 5, 0]),
                    "ends_on_a_border": (1280 * 43, 19, [10, 12, 7])},
    },
    # As a .nemo archive, F32; other numbers throughout.
    "nemo": {
        "encoder": dict(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
                        subsampling_conv_channels=4, num_mel_bins=80, conv_kernel_size=5),
        "head": dict(decoder_hidden_size=12, num_decoder_layers=1, durations=[0, 1, 2, 4], max_symbols_per_step=6),
        "pieces": ["<unk>"] + [MARK + w for w in ("", "to", "be", "or", "n", "i")] + list("tobearn")
                  + [".", ",", "?", "'", ":", '"', "-", "#", "1"],
        "cases": {"one": (32000, 29), "odd": (70001, 31)},
        "chunked": {},
    },
}


def formula_samples(count, pace, seed):
    """The sounds of omni/README.md: two triangle waves and noise, louder and softer in turns, in integers."""
    n = np.arange(count, dtype=np.int64)
    wave = lambda p: np.abs(((n * p) & 65535) - 32768) - 16384
    x = (n * 2654435761 + seed) & 0xFFFFFFFF
    x = ((x ^ x >> 16) * 2246822519) & 0xFFFFFFFF
    noise = ((x ^ x >> 13) >> 20) - 2048
    loudness = 64 + (((n >> 8) * 53) & 191)
    first, second = pace
    sample = (((wave(first) >> 1) + (wave(second) >> 2) + noise) * loudness) >> 8
    return (sample.astype(np.float32) / 32768.0).astype(np.float32)


def formula(seed):
    return [97 * seed + 311, 1031 * seed + 77, seed]


def sound(count, seed):
    first, second, noise = formula(seed)
    return formula_samples(count, (first, second), noise)


def draw(model, seed):
    """Every tensor anew, in the order of names: the library's own start makes every choice a near tie."""
    generator = torch.Generator().manual_seed(seed)
    normal = lambda shape: torch.randn(shape, generator=generator)
    config = model.config
    with torch.no_grad():
        for name, value in sorted(model.state_dict().items()):
            if not value.is_floating_point():
                continue
            shape = value.shape
            if "running_var" in name:
                value.copy_(0.5 + 1.1 * torch.rand(shape, generator=generator))
            elif "running_mean" in name:
                value.copy_(0.3 * normal(shape))
            elif "norm" in name and name.endswith("weight"):
                value.copy_(1 + 0.15 * normal(shape))
            elif "bias_u" in name or "bias_v" in name:
                value.copy_(0.4 * normal(shape))
            elif name.endswith("bias") or ".bias_" in name:
                value.copy_(0.15 * normal(shape))
            elif "embedding" in name:
                value.copy_(1.5 * normal(shape))
            else:
                gain = 2.2 if "encoder_projector" in name or "decoder_projector" in name else 1.6 if "lstm" in name else 1.2
                value.copy_(gain * normal(shape) / (value[0].numel() ** 0.5))
        model.decoder.embedding.weight[config.blank_token_id] = 0
        head = model.joint.head
        head.weight.mul_(1.5)
        head.bias[config.blank_token_id] += 5
        head.bias[:3] -= 30  # unknown, no speech, padding: never
    return model


class Reference:
    def __init__(self, preset, seed, dtype):
        encoder = ParakeetEncoderConfig(attention_bias=False, convolution_bias=False, scale_input=False,
                                        **preset["encoder"])
        size = len(preset["pieces"])
        config = ParakeetTDTConfig(vocab_size=size + 1, blank_token_id=size, encoder_config=encoder.to_dict(),
                                   **preset["head"])
        self.features = ParakeetFeatureExtractor(feature_size=preset["encoder"]["num_mel_bins"])
        self.model = draw(ParakeetForTDT(config).eval().float(), seed)
        self.size = size
        self.centre()
        for value in self.model.state_dict().values():
            if value.is_floating_point():
                value.copy_(value.to(dtype).float())  # what the file holds is what is computed with
        self.config = config
        self.smallest = float("inf")

    @torch.no_grad()
    def centre(self):
        """Rows of a random encoder are nearly alike, and so are logits: what they share is taken out, so that every frame
        and every word says something."""
        inputs = self.features(sound(160000, 1), sampling_rate=16000, return_tensors="pt")
        rows = self.model.encoder(inputs["input_features"], attention_mask=inputs["attention_mask"]).last_hidden_state[0, :-1]
        layer = self.model.encoder_projector
        layer.weight.div_(rows.std(0).mean())
        layer.bias.sub_(layer.weight @ rows.mean(0))
        tokens = torch.randint(3, self.size, (1, len(rows)), generator=torch.Generator().manual_seed(1))
        hidden = torch.relu(layer(rows) + self.model.decoder(tokens)[0])
        head = self.model.joint.head
        head.bias.sub_(head.weight @ hidden.mean(0))

    @torch.no_grad()
    def encode(self, samples, trace=None):
        """Projected rows of one window, the valid ones alone."""
        if len(samples) < 1600:
            samples = np.pad(samples, (0, 1600 - len(samples)))
        inputs = self.features(samples, sampling_rate=16000, return_tensors="pt")
        seen = {}
        hooks = []
        if trace is not None:
            boxes = {"subsampled": self.model.encoder.subsampling}
            boxes |= {f"block {i}": layer for i, layer in enumerate(self.model.encoder.layers)}
            for name, module in boxes.items():
                keep = lambda module, args, out, name=name: seen.__setitem__(name, out[0] if isinstance(out, tuple) else out)
                hooks.append(module.register_forward_hook(keep))
        out = self.model.get_audio_features(inputs["input_features"], attention_mask=inputs["attention_mask"])
        for hook in hooks:
            hook.remove()
        rows = -(-(len(samples) // 160) // 8)
        if trace is not None:
            trace |= {name: value[0, :rows].clone() for name, value in seen.items()}
            trace["projected"] = out.pooler_output[0, :rows].clone()
        return out.pooler_output[0, :rows]

    def start(self):
        state = {"cache": ParakeetRNNTDecoderCache(self.config), "t": 0}
        return self.predict(state, self.config.blank_token_id)

    @torch.no_grad()
    def predict(self, state, token):
        # A fresh tensor: the cache copies in place.
        state["g"] = self.model.decoder(torch.tensor([[token]]), cache=state["cache"])[0].clone()
        return state

    @torch.no_grad()
    def decode(self, rows, state, offset, logits_out=None):
        """Greedy, with the limit of symbols a frame; the state is carried on."""
        tokens, last, count, size = [], -1, 0, self.size
        t = state["t"]
        while t < len(rows):
            z = self.model.joint(decoder_hidden_states=state["g"][0], encoder_hidden_states=rows[t])
            if logits_out is not None:
                logits_out.append(z)
            for part in (z[:size + 1], z[size + 1:]):
                best = part.topk(2).values
                self.smallest = min(self.smallest, float(best[0] - best[1]))
            token = int(z[:size + 1].argmax())
            jump = self.config.durations[int(z[size + 1:].argmax())]
            if token == size:
                t += max(jump, 1)
                continue
            probability = float(z[:size + 1].softmax(0)[token])
            tokens.append({"id": token, "frame": offset + t, "duration": jump, "probability": probability})
            count = count + 1 if t == last else 1
            last = t
            self.predict(state, token)
            t += jump
            if jump == 0 and count >= self.config.max_symbols_per_step:
                t += 1
                self.limit_met = True
        state["t"] = t - len(rows)
        return tokens

    def whole(self, samples, trace=None):
        self.limit_met = False
        rows = self.encode(samples, trace)
        logits = []
        tokens = self.decode(rows, self.start(), 0, logits)
        if trace is not None:
            trace["logits"] = torch.stack(logits)
        return tokens

    def chunks(self, samples, left, chunk, right):
        """Buffers of left, chunk and right rows; the decoder's state is carried from chunk to chunk."""
        state, tokens, first = self.start(), [], 0
        while True:
            last = len(samples) < (first + chunk + right) * 1280
            begin = max(first - left, 0)
            end = len(samples) if last else (first + chunk + right) * 1280
            if end - begin * 1280 > 0:
                rows = self.encode(samples[begin * 1280:end])
                rows = rows[first - begin:] if last else rows[first - begin:first - begin + chunk]
                if last:  # an end shorter than a frame of sound has no row of its own
                    rows = rows[:max(-(-(max(len(samples), 1600) // 160) // 8) - first, 0)]
                tokens += self.decode(rows, state, first)
            if last:
                return tokens
            first += chunk

    def agrees_with_library(self, samples, tokens):
        inputs = self.features(samples, sampling_rate=16000, return_tensors="pt")
        generation = self.model.generation_config
        generation.decoder_start_token_id = generation.pad_token_id = self.config.blank_token_id
        generation.suppress_tokens = list(range(self.size + 1, self.size + 1 + len(self.config.durations)))
        out = self.model.generate(**inputs, generation_config=generation, do_sample=False)
        ids, durations = out.sequences[0].tolist(), out.durations[0].tolist()
        frame, found = 0, []
        for token, jump in zip(ids, durations):
            if token != self.size:
                found.append((token, frame, jump))
            frame += jump
        assert found == [(t["id"], t["frame"], t["duration"]) for t in tokens], (found, tokens)


def shown(piece):
    """A token decoded by itself."""
    return re.sub(f"^{MARK}", "", piece).replace(MARK, " ")


def words_of(tokens, pieces):
    """Words and segments with their times, in frames; NeMo's rules."""
    special = lambda p: re.fullmatch(r"<.*>", p) is not None
    punctuation = set()
    for piece in pieces:
        if not piece.startswith(MARK) and not special(piece) and not re.fullmatch(r"\[.*\]", piece) and not piece.startswith("##"):
            punctuation |= {c for c in piece if unicodedata.category(c).startswith("P")}
    spans = [[t["frame"], t["frame"] + t["duration"], pieces[t["id"]], t["probability"]] for t in tokens
             if not special(pieces[t["id"]]) or re.fullmatch("<0x..>", pieces[t["id"]])]
    for i in range(1, len(spans)):
        if shown(spans[i][2])[:1] in punctuation and shown(spans[i][2]):
            spans[i][0] = spans[i][1] = spans[i - 1][1]
    words, current, first = [], [], 0

    def close(last):
        raw = b"".join(bytes([int(p[3:5], 16)]) if re.fullmatch("<0x..>", p) else p.encode() for p in current)
        text = raw.decode(errors="replace").replace(MARK, " ").strip(" ")
        if text:
            words.append({"text": text, "start": spans[first][0], "end": spans[last][1],
                          "confidence": sum(s[3] for s in spans[first:last + 1]) / (last + 1 - first)})

    for i, (_, _, piece, _) in enumerate(spans):
        text = shown(piece)
        mark = text in punctuation and len(text) == 1
        if piece != text and not re.fullmatch("<0x..>", piece) and not mark:
            if current:
                close(i - 1)
            current, first = [piece], i
            continue
        if mark and current and current[-1] == MARK:
            current.pop()
        current.append(piece)
    if current:
        close(len(spans) - 1)
    segments, group = [], []
    for word in words:
        group.append(word)
        if word["text"][-1] in ".?!":
            segments.append(group)
            group = []
    if group:
        segments.append(group)
    return [{"text": " ".join(w["text"] for w in g), "start": g[0]["start"], "end": g[-1]["end"], "words": g} for g in segments]


def tokenizer_json(pieces):
    """As transformers' own converter makes it of a SentencePiece model."""
    tokenizer = Tokenizer(models.BPE({p: i for i, p in enumerate(pieces)}, [], unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    control = [p for p in pieces if re.fullmatch(r"<.*>", p) and not re.fullmatch("<0x..>", p)]
    tokenizer.add_tokens([AddedToken(p, normalized=False, special=True) for p in control])
    tokenizer.add_special_tokens([AddedToken("<blank>", normalized=False, special=True)])
    tokenizer.decoder = decoders.Sequence([decoders.Replace(MARK, " "), decoders.ByteFallback(), decoders.Fuse(),
                                           decoders.Strip(content=" ", left=1)])
    return tokenizer.to_str(pretty=False)


def case_of(reference, preset, samples, count, seed, tokens):
    return {"samples": count, "formula": formula(seed), "tokens": tokens,
            "segments": words_of(tokens, preset["pieces"])}


def run(preset, seed, dtype):
    """All cases, or nothing where a choice is too close."""
    reference = Reference(preset, seed, dtype)
    cases, trace, limits = {}, {}, 0
    for name, (count, noise) in preset["cases"].items():
        samples = sound(count, noise)
        tokens = reference.whole(samples, trace if name == "one" else None)
        limits += reference.limit_met
        if reference.smallest < CLEAR:
            return None
        # The library takes the index of a duration for the duration itself.
        indexed = preset["head"]["durations"] == list(range(len(preset["head"]["durations"])))
        if indexed and not reference.limit_met and count >= 1600:
            reference.agrees_with_library(samples, tokens)
        cases[name] = case_of(reference, preset, samples, count, noise, tokens)
    for name, (count, noise, plan) in preset["chunked"].items():
        samples = sound(count, noise)
        tokens = reference.chunks(samples, *plan)
        if reference.smallest < CLEAR:
            return None
        cases[name] = case_of(reference, preset, samples, count, noise, tokens) | {"plan": plan}
    tokens = [t for c in cases.values() for t in c["tokens"]]
    varied = len({t["id"] for t in tokens}) >= len(preset["pieces"]) // 3.5 and len({t["duration"] for t in tokens}) >= 4
    pieces = [preset["pieces"][t["id"]] for t in tokens]
    if not varied or len(tokens) < 60 or not any(p in ".?!" for p in pieces):
        return None
    if preset["chunked"] and (limits == 0 or "<|de|>" not in pieces or limits == len(preset["cases"])):
        return None
    print(f"seed {seed}: {len(tokens)} tokens, limit met in {limits} cases, smallest gap {reference.smallest:.4f}")
    return reference, cases, trace


def processor_config(bins):
    return {"feature_extractor": {"feature_extractor_type": "ParakeetFeatureExtractor", "feature_size": bins, "hop_length": 160,
                                  "n_fft": 512, "win_length": 400, "preemphasis": 0.97, "padding_value": 0.0,
                                  "sampling_rate": 16000},
            "processor_class": "ParakeetProcessor", "blank_token": "<blank>"}


def write_model(folder, reference, preset):
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {name: (value.to(torch.bfloat16) if value.is_floating_point() else value).contiguous()
               for name, value in reference.model.state_dict().items()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    reference.model.config.architectures = ["ParakeetForTDT"]
    reference.model.config.save_pretrained(folder)
    (folder / "tokenizer.json").write_text(tokenizer_json(preset["pieces"]))
    (folder / "processor_config.json").write_text(json.dumps(processor_config(preset["encoder"]["num_mel_bins"]), indent=1) + "\n")


def nemo_name(name):
    """transformers' names, turned round."""
    for ours, theirs in ((".subsampling.layers.", ".pre_encode.conv."), (".subsampling.linear.", ".pre_encode.out."),
                         (".self_attn.relative_k_proj.", ".self_attn.linear_pos."), (".self_attn.o_proj.", ".self_attn.linear_out."),
                         (".self_attn.bias_", ".self_attn.pos_bias_"), (".conv.norm.", ".conv.batch_norm."),
                         ("decoder.embedding.", "decoder.prediction.embed."), ("decoder.lstm.", "decoder.prediction.dec_rnn.lstm."),
                         ("encoder_projector.", "joint.enc."), ("decoder.decoder_projector.", "joint.pred."),
                         ("joint.head.", "joint.joint_net.2.")):
        name = name.replace(ours, theirs)
    return re.sub(r"\.self_attn\.([qkv])_proj\.", r".self_attn.linear_\1.", name)


def sentencepiece(pieces):
    """The fields of sentencepiece_model.proto that matter: pieces with score and type, and a trainer_spec to step over."""
    varint = lambda v: b"" if v is None else (bytes([v]) if v < 128 else bytes([v & 127 | 128]) + varint(v >> 7))
    field = lambda number, data: varint(number << 3 | 2) + varint(len(data)) + data
    out = b""
    for i, piece in enumerate(pieces):
        kind = 2 if piece == "<unk>" else 3 if re.fullmatch(r"<.*>", piece) else None
        body = field(1, piece.encode()) + varint(2 << 3 | 5) + struct.pack("<f", -float(i))
        out += field(1, body + (b"" if kind is None else varint(3 << 3) + varint(kind)))
    return out + field(2, varint(3 << 3) + varint(2))


def model_config(reference, preset):
    """The keys of a published model_config.yaml, the tiny numbers in them."""
    e, head, pieces = preset["encoder"], preset["head"], preset["pieces"]
    hidden, durations = head["decoder_hidden_size"], head["durations"]
    return {
        "sample_rate": 16000, "compute_eval_loss": False, "log_prediction": True, "skip_nan_grad": False,
        "model_defaults": {"enc_hidden": e["hidden_size"], "pred_hidden": hidden, "joint_hidden": hidden,
                           "tdt_durations": durations, "num_tdt_durations": len(durations)},
        "train_ds": {"manifest_filepath": None, "sample_rate": 16000, "shuffle": True, "tarred_audio_filepaths": None,
                     "bucketing_batch_size": None, "augmentor": {}},
        "tokenizer": {"dir": None, "type": "bpe", "model_path": "nemo:0123abcd_tokenizer.model",
                      "vocab_path": "nemo:0123abcd_vocab.txt", "spe_tokenizer_vocab": "nemo:0123abcd_tokenizer.vocab"},
        "preprocessor": {"_target_": "nemo.collections.asr.modules.AudioToMelSpectrogramPreprocessor", "sample_rate": 16000,
                         "normalize": "per_feature", "window_size": 0.025, "window_stride": 0.01, "window": "hann",
                         "features": e["num_mel_bins"], "n_fft": 512, "log": True, "frame_splicing": 1, "dither": 1e-05, "pad_to": 0,
                         "pad_value": 0.0},
        "spec_augment": {"_target_": "nemo.collections.asr.modules.SpectrogramAugmentation", "freq_masks": 2, "time_width": 0.05},
        "encoder": {"_target_": "nemo.collections.asr.modules.ConformerEncoder", "feat_in": e["num_mel_bins"], "feat_out": -1,
                    "n_layers": e["num_hidden_layers"], "d_model": e["hidden_size"], "use_bias": False, "subsampling": "dw_striding",
                    "subsampling_factor": 8, "subsampling_conv_channels": e["subsampling_conv_channels"], "causal_downsampling": False,
                    "reduction": None, "ff_expansion_factor": 2, "self_attention_model": "rel_pos",
                    "n_heads": e["num_attention_heads"], "att_context_size": [-1, -1], "att_context_style": "regular",
                    "xscaling": False, "untie_biases": True, "pos_emb_max_len": 5000, "conv_kernel_size": e["conv_kernel_size"],
                    "conv_norm_type": "batch_norm", "conv_context_size": None, "dropout": 0.1},
        "decoder": {"_target_": "nemo.collections.asr.modules.RNNTDecoder", "normalization_mode": None, "blank_as_pad": True,
                    "prednet": {"pred_hidden": hidden, "pred_rnn_layers": head["num_decoder_layers"], "t_max": None, "dropout": 0.2},
                    "vocab_size": len(pieces)},
        "joint": {"_target_": "nemo.collections.asr.modules.RNNTJoint", "log_softmax": None, "num_extra_outputs": len(durations),
                  "jointnet": {"joint_hidden": hidden, "activation": "relu", "dropout": 0.2, "encoder_hidden": e["hidden_size"],
                               "pred_hidden": hidden},
                  "num_classes": len(pieces), "vocabulary": pieces},
        "decoding": {"strategy": "greedy_batch", "model_type": "tdt", "durations": durations,
                     "greedy": {"max_symbols": head["max_symbols_per_step"]}, "beam": {"beam_size": 2, "return_best_hypothesis": False}},
        "loss": {"loss_name": "tdt", "tdt_kwargs": {"fastemit_lambda": 0.0, "clamp": -1.0, "durations": durations, "sigma": 0.02}},
        "labels": pieces,
        "target": "nemo.collections.asr.models.rnnt_bpe_models.EncDecRNNTBPEModel", "nemo_version": "2.2.0",
    }


def without_aliases(value):
    """YAML would write a list that occurs twice once."""
    return json.loads(json.dumps(value))


def write_nemo(path, reference, preset):
    state = {nemo_name(name): value for name, value in reference.model.state_dict().items()}
    bins = preset["encoder"]["num_mel_bins"]
    state["preprocessor.featurizer.window"] = torch.hann_window(400, periodic=False)
    state["preprocessor.featurizer.fb"] = torch.zeros(1, bins, 2)  # 257 columns in published files; nobody reads them
    # As cuDNN leaves them: the matrices of an LSTM are parts of one storage.
    lstm = [name for name in state if ".lstm." in name]
    flat = torch.cat([state[name].flatten() for name in lstm])
    at = 0
    for name in lstm:
        state[name] = flat[at:at + state[name].numel()].view(state[name].shape)
        at += state[name].numel()
    weights = io.BytesIO()
    torch.save(state, weights)
    members = {"model_config.yaml": yaml.dump(without_aliases(model_config(reference, preset)), allow_unicode=True, sort_keys=False).encode(),
               "model_weights.ckpt": weights.getvalue(), "0123abcd_tokenizer.model": sentencepiece(preset["pieces"]),
               "0123abcd_vocab.txt": "\n".join(p.replace(MARK, "") for p in preset["pieces"][1:]).encode()}
    with tarfile.open(path, "w:", format=tarfile.GNU_FORMAT) as tar:
        for name, data in members.items():
            info = tarfile.TarInfo("./" + name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def main():
    torch.set_num_threads(1)
    OUT.mkdir(exist_ok=True)
    recorded, traces = {}, {}
    for name, preset in PRESETS.items():
        dtype = torch.bfloat16 if name == "model" else torch.float32
        found = next(filter(None, (run(preset, seed, dtype) for seed in SEEDS)), None)
        assert found, f"{name}: no seed gives clear choices"
        reference, cases, trace = found
        recorded[name] = cases
        traces |= {f"{name}/{box}": value.contiguous().clone() for box, value in trace.items()}
        if name == "model":
            write_model(OUT / "model", reference, preset)
        else:
            write_nemo(OUT / "tiny.nemo", reference, preset)
    save_file(traces, OUT / "traces.safetensors")
    for path in OUT.rglob("*.safetensors"):
        path.chmod(0o644)
    for group in recorded.values():
        for case in group.values():
            for token in case["tokens"]:
                token["probability"] = round(token["probability"], 6)
    lines = [f'{json.dumps(n)}: {{\n' + ",\n".join(f"{json.dumps(c)}: {json.dumps(v, ensure_ascii=False, separators=(',', ':'))}"
                                                   for c, v in g.items()) + "\n}" for n, g in recorded.items()]
    (OUT / "cases.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
