"""Checkpoint folders in the published layout: names, dtypes and companions of the weights."""
import json
import pathlib
import re
import shutil
import tempfile

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from transformers import NemotronH_Omni_Reasoning_V3 as Omni
from transformers import NemotronH_Omni_Reasoning_V3_Config as Config

from . import formats
from .tokenizer import write_tokenizer

CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073]
CLIP_STD = [0.26862954, 0.26130258, 0.27577711]
LM = "language_model."


def config_of(p):
    """config.json under its published key names, with the sizes of the encoders that the published one leaves to a name."""
    v, s, budget = p["vision"], p["sound"], p["budget"]
    llm = {"architectures": ["NemotronHForCausalLM"], "model_type": "nemotron_h"} | p["llm"] | dict(
        num_hidden_layers=len(p["llm"]["hybrid_override_pattern"]), max_position_embeddings=262144,
        norm_eps=p["llm"]["layer_norm_epsilon"], tie_word_embeddings=False, attention_bias=False, attention_dropout=0.0,
        hidden_dropout=0.0, sliding_window=None, rope_theta=10000, partial_rotary_factor=1.0, residual_in_fp32=False,
        rescale_prenorm_residual=True, initializer_range=0.02, use_bias=False, use_cache=True, num_logits_to_keep=1,
        bos_token_id=1, eos_token_id=11, pad_token_id=0, torch_dtype="bfloat16", mlp_hidden_act="relu2", mlp_bias=False, expand=2,
        use_conv_bias=True, mamba_proj_bias=False, mamba_hidden_act="silu", time_step_min=0.001, time_step_max=0.1,
        time_step_floor=1e-4, use_mamba_kernels=True)
    if p["name"] == "a":
        llm["time_step_limit"] = [0.0, 1e30]
    else:
        llm["mamba_ssm_cache_dtype"] = "float32"
    vision = v | budget | {
        "version": "c-radio_v4-h", "separate_video_embedder": True, "video_temporal_patch_size": 2, "torch_dtype": "bfloat16",
        "video_maintain_aspect_ratio": True, "video_prompt_version": 2, "preferred_resolution": [768, 768],
        "max_resolution": 2048, "vitdet_window_size": None, "args": {
            "model": "vit_huge_patch16_224", "cpe_max_size": v["max_img_size"], "register_multiple": 10,
            "cls_token_per_teacher": True, "teachers": [{"name": f"teacher{n}"} for n in range(v["num_cls_tokens"])],
            "min_num_patches": budget["min_num_patches"], "max_num_patches": budget["max_num_patches"]}}
    sound = {"model_type": "parakeet"} | s | dict(
        subsampling_conv_kernel_size=3, subsampling_conv_stride=2, subsampling_factor=8)
    return {
        "architectures": ["NemotronH_Nano_Omni_Reasoning_V3"], "model_type": "NemotronH_Nano_Omni_Reasoning_V3",
        "torch_dtype": "bfloat16", "eos_token_id": 11, "llm_config": llm, "vision_config": vision, "sound_config": sound,
        "force_image_size": 512, "patch_size": 16, "downsample_ratio": 0.5, "ps_version": "v2", "vit_hidden_size": v["hidden_size"],
        "projector_hidden_size": p["projector_hidden_size"], "image_tag_type": "internvl", "use_thumbnail": True,
        "img_context_token": "<image>", "img_context_token_id": 18, "img_start_token": "<img>", "img_end_token": "</img>",
        "video_context_token": "<video>", "video_context_token_id": 131081, "sound_context_token": "<so_embedding>",
        "sound_context_token_id": 27, "video_pruning_rate": p["video_pruning_rate"], "video_temporal_patch_size": 2,
        "max_sequence_length": 131072, "template": "n5h_5p5_nanov2", "norm_mean": CLIP_MEAN, "norm_std": CLIP_STD}


def library_config(config):
    """The published file as the library takes it: three keys that 5.23.0 rejects are dropped."""
    config = json.loads(json.dumps(config))
    for key in ("model_type", "architectures", "quantization_config"):
        config.pop(key, None)
    config["sound_config"].pop("model_type")
    config["vision_config"].pop("args")
    made = Config(**config)
    made.text_config._experts_implementation = "eager"  # a fixed order of additions
    return made


def write_library_config(path, p):
    """The same model in the key names that the library writes: no pattern, no published spelling, infinity as an object."""
    with tempfile.TemporaryDirectory() as folder:
        library_config(config_of(p)).save_pretrained(folder)
        shutil.copyfile(pathlib.Path(folder) / "config.json", path)


def prepared(model):
    model = model.eval().float()
    model.config.vision_config.torch_dtype = torch.float32  # get_image_features casts the pixels to this
    for module in model.modules():
        if hasattr(module, "time_step_limit"):
            # The library clamps the time step in prefill, though not in decoding; the model's own limit is [0, infinity].
            module.time_step_limit = (0.0, float("inf"))
    return model


def published_shapes(p):
    """Names and shapes as the library's own saving writes them, without what only the library writes."""
    with tempfile.TemporaryDirectory() as folder:
        Omni(library_config(config_of(p))).save_pretrained(folder)
        tensors = load_file(pathlib.Path(folder) / "model.safetensors")
    extra = r"layer_scale\d\.lambda1$|summary_idxs$|num_batches_tracked$"
    return {name: tuple(t.shape) for name, t in tensors.items() if not re.search(extra, name)}


def load_model(p, tensors):
    """The library's model with these float32 tensors of published names."""
    with tempfile.TemporaryDirectory() as folder:
        save_file({n: t.contiguous() for n, t in tensors.items()}, pathlib.Path(folder) / "model.safetensors", {"format": "pt"})
        write_json(pathlib.Path(folder) / "generation_config.json", {})  # or the library would look for one online
        model, report = Omni.from_pretrained(folder, config=library_config(config_of(p)), dtype=torch.float32,
                                             attn_implementation="eager", output_loading_info=True)
    missing = [n for n in report["missing_keys"] if not re.search("lambda1|summary_idxs|num_batches_tracked", n)]
    assert not missing and not report["unexpected_keys"] and not report["mismatched_keys"], report
    return prepared(model)


def storage_of(name, kind, p):
    """How a format stores a tensor: "bf16", "f32", "fp8" or "nvfp4"."""
    if name.endswith("e_score_correction_bias"):
        return "f32"
    if p["name"] == "b" and re.search(r"(A_log|mixer\.D|dt_bias|gate\.weight)$", name):
        return "f32"  # the values are BF16 ones; a reader must take either
    match = re.match(LM + r"backbone\.layers\.(\d+)\.mixer\.(.*)_proj\.weight$", name)
    if not match or kind == "bf16":
        return "bf16"
    layer, what = int(match[1]), match[2]
    if kind == "fp8":
        return "bf16" if layer in p["bf16_layers"] else "fp8"
    return "nvfp4" if what.startswith("experts.") else "bf16" if what in "qkv" else "fp8"


def stored_tensors(weights, kind, p):
    """(tensors of the file, the float32 weights that they mean)."""
    rng = np.random.Generator(np.random.PCG64(p["seed"] + 1))
    scalar = lambda value: torch.full(p["scale_shape"], float(value), dtype=torch.float32)
    out, meant = {}, {}
    for name in sorted(weights):
        value, how = weights[name], storage_of(name, kind, p)
        base = name.removesuffix(".weight")
        if how in ("bf16", "f32"):
            out[name] = value.to(torch.bfloat16 if how == "bf16" else torch.float32)
            meant[name] = out[name].float()
        elif how == "fp8":
            out[name], scale = formats.fp8_encode(value.numpy())
            out[base + ".weight_scale"] = scalar(scale)
            meant[name] = torch.from_numpy(formats.fp8_decode(out[name], scale))
        else:
            out[name], out[base + ".weight_scale"], scale = formats.nvfp4_encode(value.numpy())
            out[base + ".weight_scale_2"] = scalar(scale)
            meant[name] = torch.from_numpy(formats.nvfp4_decode(out[name], out[base + ".weight_scale"], scale))
        if how in ("fp8", "nvfp4"):
            out[base + ".input_scale"] = scalar(np.float32(rng.uniform(0.005, 0.05)))
        if kind != "bf16" and p["kv_scales"] and re.search(r"mixer\.[kv]_proj$", base):
            out[f"{base}.{base[-6]}_scale"] = scalar(np.float32(rng.uniform(0.01, 0.1)))
    return out, meant


def unused_tensors(p):
    """What files carry and no reader needs: the published ones in a, what the library adds on saving in b."""
    v = p["vision"]
    radio = "vision_model.radio_model."
    if p["name"] == "a":
        feature = "sound_encoder.encoder.feature_extractor.featurizer."
        return {radio + "input_conditioner.norm_mean": torch.tensor(CLIP_MEAN).view(3, 1, 1).bfloat16(),
                radio + "input_conditioner.norm_std": torch.tensor(CLIP_STD).view(3, 1, 1).bfloat16(),
                feature + "fb": torch.zeros(1, p["sound"]["num_mel_bins"], 257).bfloat16(),
                feature + "window": torch.zeros(400).bfloat16()}
    scales = {f"{radio}model.blocks.{n}.layer_scale{k}.lambda1": torch.ones(v["hidden_size"]).bfloat16()
              for n in range(v["num_hidden_layers"]) for k in (1, 2)}
    counts = {f"sound_encoder.encoder.layers.{n}.conv.norm.num_batches_tracked": torch.tensor(7, dtype=torch.int64)
              for n in range(p["sound"]["num_hidden_layers"])}
    return scales | counts | {radio + "summary_idxs": torch.tensor([0, 1])}


def quantization_of(tensors, kind, p):
    """(contents of hf_quant_config.json, quantization_config of config.json)."""
    layers = {}
    for name in sorted(tensors):
        if name.endswith(".weight_scale"):
            module = name.removesuffix(".weight_scale")
            fine = module + ".weight_scale_2" in tensors
            module = module if p["name"] == "a" else module.removeprefix(LM)
            layers[module] = {"quant_algo": "NVFP4", "group_size": 16} if fine else {"quant_algo": "FP8"}
    excluded = [f"{LM}backbone.layers.{n}.mixer*" for n in p["bf16_layers"]] if kind == "fp8" else []
    excluded += ["lm_head", "*gate*", "*conv1d*", "vision_model*", "mlp1*", "sound_encoder*", "sound_projection*"]
    producer = {"name": "modelopt", "version": "0.43.0"}
    if kind == "fp8":
        inner = {"quant_algo": "FP8", "kv_cache_quant_algo": "FP8", "exclude_modules": excluded}
        short = {"quant_algo": "FP8", "ignore": excluded}
    else:
        inner = {"quant_algo": "MIXED_PRECISION", "kv_cache_quant_algo": "FP8", "quantized_layers": layers}
        short = {"quant_algo": "MIXED_PRECISION", "ignore": [], "quantized_layers": layers}
    return {"producer": producer, "quantization": inner}, {
        "quant_method": "modelopt", "producer": producer,
        "kv_cache_scheme": {"dynamic": False, "num_bits": 8, "type": "float"}} | short


def write_json(path, value):
    path.write_text(json.dumps(value, indent=1) + "\n")


def write_shards(folder, tensors, limit=450_000):
    """Shards below the limit with an index, or one file."""
    shards, size = [{}], 0
    for name in sorted(tensors):
        bytes_ = tensors[name].numel() * tensors[name].element_size()
        if size and size + bytes_ > limit:
            shards.append({})
            size = 0
        shards[-1][name] = tensors[name].contiguous()
        size += bytes_
    names = [f"model-{n + 1:05d}-of-{len(shards):05d}.safetensors" for n in range(len(shards))]
    for name, shard in zip(names, shards):
        save_file(shard, folder / name, {"format": "pt"})
    total = sum(t.numel() * t.element_size() for t in tensors.values())
    index = {"metadata": {"total_size": total}, "weight_map": {t: n for n, s in zip(names, shards) for t in s}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, separators=(",", ":")) + "\n")


def write_checkpoint(folder, p, weights, kind):
    """Writes the folder; returns the float32 weights that its bytes mean."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tensors, meant = stored_tensors(weights, kind, p)
    config = config_of(p)
    if kind != "bf16":
        quantization, config["quantization_config"] = quantization_of(tensors, kind, p)
        write_json(folder / "hf_quant_config.json", quantization)
    if kind == "bf16":
        tensors |= unused_tensors(p)
    write_json(folder / "config.json", config)
    write_json(folder / "generation_config.json", dict(
        bos_token_id=1, eos_token_id=[2, 11], pad_token_id=0, do_sample=True, temperature=0.6, top_p=0.95, max_new_tokens=16384,
        reasoning_budget=16384, reasoning_grace=512, repetition_penalty=1.0))
    write_json(folder / "preprocessor_config.json", p["budget"] | dict(
        image_processor_type="NemotronH_Nano_Omni_Reasoning_V3ImageProcessor", norm_mean=CLIP_MEAN, norm_std=CLIP_STD,
        patch_size=16, downsample_ratio=0.5, max_model_len=16384))
    write_tokenizer(folder, p)
    if p["shards"]:
        write_shards(folder, tensors)
    else:
        save_file({n: t.contiguous() for n, t in tensors.items()}, folder / "model.safetensors", {"format": "pt"})
    return meant
