"""Pictures, films and sounds by integer formulas, and the rows that the library makes of them."""
import numpy as np
import torch
from PIL import Image
from transformers import ParakeetFeatureExtractor
from transformers.models.nemotron_h_omni.image_processing_nemotron_h_omni import (
    NemotronH_Omni_Reasoning_V3ImageProcessor as ImageProcessor)
from transformers.models.nemotron_h_omni.video_processing_nemotron_h_omni import (
    NemotronH_Omni_Reasoning_V3VideoProcessor as VideoProcessor)

from .files import CLIP_MEAN, CLIP_STD

IMAGE_ID, SOUND_ID = 18, 27
CLIP = 480_000  # samples; a longer sound goes through the tower in pieces of 30 s
SHORTEST = 1_600


def pixels(picture):
    """uint8 [frames, height, width, 3]: (a·x + b·y + d·channel + e·frame + ((x·y) >> shift)) & 255."""
    a, b, d, e, shift = picture["formula"]
    f, y, x, c = np.ogrid[:picture.get("frames", 1), :picture["height"], :picture["width"], :3]
    return ((a * x + b * y + d * c + e * f + ((x * y) >> shift)) & 255).astype(np.uint8)


def samples(sound):
    """int16: two triangle waves and noise, louder and softer in turns of 256 samples; all in integers."""
    first, second, seed = sound["formula"]
    n = np.arange(sound["samples"], dtype=np.int64)
    wave = lambda k: np.abs((n * k & 65535) - 32768) - 16384
    x = n * 2654435761 + seed & 0xFFFFFFFF
    x = (x ^ x >> 16) * 2246822519 & 0xFFFFFFFF
    noise = ((x ^ x >> 13) >> 20) - 2048
    loudness = 64 + ((n >> 8) * 53 & 191)
    return ((wave(first) // 2 + wave(second) // 4 + noise) * loudness >> 8).astype(np.int16)


class Capture:
    """What named modules give out during a call."""

    def __init__(self, modules):
        self.seen = {}
        self.hooks = [module.register_forward_hook(self.keep(name)) for name, module in modules.items()]

    def keep(self, name):
        def hook(module, args, output):
            self.seen[name] = (output[0] if isinstance(output, tuple) else output).detach().clone()
        return hook

    def stop(self):
        for hook in self.hooks:
            hook.remove()
        return self.seen


def vision_modules(model):
    blocks = {f"block/{n}": layer for n, layer in enumerate(model.vision_model.encoder.layer)}
    return {"embedded": model.vision_model.embeddings, "normed": model.multi_modal_projector.layer_norm} | blocks


def sound_modules(model):
    blocks = {f"block/{n}": layer for n, layer in enumerate(model.audio_tower.layers)}
    return {"subsampled": model.audio_tower.subsampling, "normed": model.embed_audio.layer_norm} | blocks


def shuffled(features, height, width):
    """Pixel shuffle as the description words it: 2 x 2 neighbours, top-left, top-right, bottom-left, bottom-right."""
    grid = features.reshape(height // 2, 2, width // 2, 2, -1)
    return grid.permute(0, 2, 1, 3, 4).reshape(height * width // 4, -1)


def image_processor(p):
    return ImageProcessor(min_num_patches=p["budget"]["min_num_patches"], max_num_patches=p["budget"]["max_num_patches"],
                          norm_mean=CLIP_MEAN, norm_std=CLIP_STD)


@torch.no_grad()
def library_logits(model, p, case, ids):
    """The library's own way from media to logits, where it has one: pictures packed in one run, or one sound."""
    if set(case) & {"video"} or len(case.get("sounds", ())) > 1 or any(s["samples"] > CLIP for s in case.get("sounds", ())):
        return None
    given = {}
    if "images" in case:
        made = image_processor(p)([Image.fromarray(pixels(i)[0]) for i in case["images"]], return_tensors="pt")
        given = {"pixel_values": made["pixel_values"], "image_grid_hw": made["image_grid_hw"]}
    for sound in case.get("sounds", ()):
        made = ParakeetFeatureExtractor(feature_size=p["sound"]["num_mel_bins"])(
            samples(sound).astype(np.float32) / 32768, sampling_rate=16000, return_tensors="pt")
        given = {"input_features": made["input_features"], "input_features_mask": made["attention_mask"].bool()}
    return model(input_ids=torch.tensor([ids]), **given).logits[0].numpy()


@torch.no_grad()
def image_rows(model, p, picture):
    """(rows, grid (height, width), trace)."""
    made = image_processor(p)(Image.fromarray(pixels(picture)[0]), return_tensors="pt")
    capture = Capture(vision_modules(model))
    rows = model.get_image_features(made["pixel_values"], made["image_grid_hw"]).pooler_output[0]
    trace = {name: t.reshape(-1, t.shape[-1]) for name, t in capture.stop().items()}
    grid = made["image_grid_hw"][0].tolist()
    prefix = p["vision"]["num_cls_tokens"] + p["vision"]["num_registers"]
    last = trace[f"block/{p['vision']['num_hidden_layers'] - 1}"]
    trace |= {"patches": made["pixel_values"], "shuffled": shuffled(last[prefix:], *grid)}
    return rows, grid, trace


@torch.no_grad()
def video_rows(model, p, video):
    """(rows [tubelets, tokens, hidden], grid, trace)."""
    processor = VideoProcessor(norm_mean=CLIP_MEAN, norm_std=CLIP_STD, do_sample_frames=False,
                               video_target_num_patches=p["budget"]["video_target_num_patches"])
    frames = torch.from_numpy(pixels(video)).permute(0, 3, 1, 2)
    made = processor(videos=[frames], return_tensors="pt")["pixel_values_videos"]
    capture = Capture(vision_modules(model))
    rows = model.get_video_features(made).pooler_output
    seen = capture.stop()
    grid = [made.shape[-2] // 16, made.shape[-1] // 16]
    # The last tubelet: the one that holds the repeated frame where their number is odd. Of its patches every eighth.
    pair = torch.cat([made[-1:], made[-1:]] if len(made) % 2 else [made[-2:-1], made[-1:]], 1)[0]
    patches = pair.reshape(6, grid[0], 16, grid[1], 16).permute(1, 3, 0, 2, 4).reshape(grid[0] * grid[1], -1)
    return rows, grid, {name: t[-1] for name, t in seen.items() if name != "normed"} | {"patches": patches[::8]}


@torch.no_grad()
def sound_rows(model, p, sound):
    """(rows, trace of the last clip). Clips of 30 s, each by itself; a row for every 8 whole hops of 10 ms, begun ones too."""
    extract = ParakeetFeatureExtractor(feature_size=p["sound"]["num_mel_bins"])
    wave = samples(sound).astype(np.float32) / 32768
    rows = []
    for start in range(0, len(wave), CLIP):
        clip = wave[start:start + CLIP]
        clip = np.pad(clip, (0, max(0, SHORTEST - len(clip))))
        made = extract(clip, sampling_rate=16000, return_tensors="pt")
        hops = len(clip) // 160
        capture = Capture(sound_modules(model))
        got = model.get_audio_features(made["input_features"], made["attention_mask"].bool()).pooler_output
        trace = {name: t.reshape(-1, t.shape[-1]) for name, t in capture.stop().items()}
        count = max(1, -(-hops // 8))
        # The library counts the masked frame behind the last whole hop: one row more where the hops are a multiple of 8.
        assert len(got) == -(-(hops + 1) // 8), (len(got), hops)
        rows.append(got[:count])
        trace = {name: t[:count] for name, t in trace.items()} | {"mel": made["input_features"][0, :hops]}
    return torch.cat(rows), trace


def kept_rows(rows, rate):
    """Video pruning in float32: (flags [tubelets, tokens], distance between the last kept and the first dropped)."""
    rows = rows.numpy()
    unit = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-8)
    change = np.full(rows.shape[:2], 255.0, np.float32)
    change[1:] = 1 - (unit[1:] * unit[:-1]).sum(-1)
    change[change < 1e-4] = 0
    keep = max(rows.shape[1], int(rows.shape[0] * rows.shape[1] * (1.0 - rate)))
    order = np.argsort(-change.ravel(), kind="stable")
    flags = np.zeros(change.size, bool)
    flags[order[:keep]] = True
    cut = change.ravel()[order[keep - 1]] - change.ravel()[order[keep]] if keep < change.size else np.inf
    return flags.reshape(change.shape), float(cut)


def video_text(video, counts):
    """The labels and places of a video: the frame numbers count from 1, the times come from whole milliseconds per frame."""
    step = int(1000 / video["source_fps"]) / 1000
    times = [index * step for index in video["indices"]]
    parts = []
    for pair, count in enumerate(counts):
        one, two = 2 * pair, 2 * pair + 1
        label = f"Frame {one + 1} sampled at {times[one]:.2f} seconds"
        if two < len(times):
            label += f" and frame {two + 1} sampled at {times[two]:.2f} seconds"
        parts.append(f"{label}: <img>{'<image>' * count}</img>")
    return "\n".join(parts)


class Media:
    """The rows of one case's media and the prompt with their places."""

    def __init__(self, model, p, case, prompt):
        self.rows, self.traces, self.facts = {IMAGE_ID: [], SOUND_ID: []}, {}, {}
        for picture in case.get("images", ()):
            rows, grid, trace = image_rows(model, p, picture)
            self.rows[IMAGE_ID].append(rows)
            self.traces.setdefault("image", trace)
            self.facts.setdefault("grids", []).append(grid)
            self.facts.setdefault("image_tokens", []).append(len(rows))
            prompt = prompt.replace("<image>", f"<img>{'<IMAGE>' * len(rows)}</img>", 1)
        prompt = prompt.replace("<IMAGE>", "<image>")
        if "video" in case:
            video = case["video"]
            rows, grid, self.traces["video"] = video_rows(model, p, video)
            flags = np.ones(rows.shape[:2], bool)
            if "pruning_rate" in video:
                flags, cut = kept_rows(rows, video["pruning_rate"])
                assert cut > 1e-4, cut
                self.facts |= {"kept": ["".join("01"[k] for k in row) for row in flags.astype(int)], "kept_distance": round(cut, 5)}
            self.facts |= {"video_grid": grid, "video_tokens": flags.sum(1).tolist()}
            self.rows[IMAGE_ID].append(rows[torch.from_numpy(flags)])
            prompt = prompt.replace("<video>", video_text(video, self.facts["video_tokens"]), 1)
        for sound in case.get("sounds", ()):
            rows, self.traces["sound"] = sound_rows(model, p, sound)
            self.rows[SOUND_ID].append(rows)
            self.facts.setdefault("sound_tokens", []).append(len(rows))
            prompt = prompt.replace("<so_embedding>", f"<so_start>{'<SOUND>' * len(rows)}<so_end>", 1)
        self.prompt = prompt.replace("<SOUND>", "<so_embedding>")
        self.rows = {token: torch.cat(rows) for token, rows in self.rows.items() if rows}
