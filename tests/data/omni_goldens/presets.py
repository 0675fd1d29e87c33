"""The sizes of the two checkpoints. No number is the published model's where another one serves, and none is the same in both
where that can be helped, so that nothing can be hard-coded unnoticed."""

A = dict(
    name="a", seed=20261, merges=300, regex="llama3", shards=True, scale_shape=[], kv_scales=True,
    llm=dict(
        vocab_size=1556, hidden_size=64, hybrid_override_pattern="MEM*EM*E", layer_norm_epsilon=1e-5,
        num_attention_heads=4, num_key_value_heads=2, head_dim=24,
        mamba_num_heads=6, mamba_head_dim=16, n_groups=2, ssm_state_size=16, conv_kernel=4, chunk_size=128,
        n_routed_experts=8, num_experts_per_tok=2, moe_intermediate_size=48, intermediate_size=48,
        moe_shared_expert_intermediate_size=80, n_shared_experts=1, n_group=1, topk_group=1, norm_topk_prob=True,
        routed_scaling_factor=2.5),
    vision=dict(hidden_size=48, num_hidden_layers=2, num_attention_heads=4, mlp_ratio=4.0, patch_size=16, max_img_size=256,
                num_cls_tokens=4, num_registers=6),
    budget=dict(min_num_patches=64, max_num_patches=240, video_target_num_patches=64),
    projector_hidden_size=96,
    sound=dict(hidden_size=32, num_attention_heads=4, num_hidden_layers=2, intermediate_size=64, conv_kernel_size=9,
               convolution_bias=False, subsampling_conv_channels=16, num_mel_bins=128, projection_hidden_size=48,
               projection_bias=False, sampling_rate=16000),
    # Precision differs from layer to layer: an attention layer and the Mamba layer before it stay BF16 in the FP8 file.
    bf16_layers=(2, 3), video_pruning_rate=0.7)

B = dict(
    name="b", seed=4712, merges=320, regex="tekken", shards=False, scale_shape=[1], kv_scales=False,
    llm=dict(
        vocab_size=1576, hidden_size=80, hybrid_override_pattern="EM*ME*EM", layer_norm_epsilon=2e-5,
        num_attention_heads=6, num_key_value_heads=3, head_dim=16,
        mamba_num_heads=8, mamba_head_dim=12, n_groups=4, ssm_state_size=24, conv_kernel=4, chunk_size=64,
        n_routed_experts=10, num_experts_per_tok=3, moe_intermediate_size=48, intermediate_size=48,
        moe_shared_expert_intermediate_size=72, n_shared_experts=1, n_group=1, topk_group=1, norm_topk_prob=True,
        routed_scaling_factor=1.75),
    vision=dict(hidden_size=40, num_hidden_layers=3, num_attention_heads=2, mlp_ratio=3.0, patch_size=16, max_img_size=384,
                num_cls_tokens=3, num_registers=7),
    budget=dict(min_num_patches=24, max_num_patches=104, video_target_num_patches=48),
    projector_hidden_size=64,
    sound=dict(hidden_size=24, num_attention_heads=3, num_hidden_layers=3, intermediate_size=40, conv_kernel_size=7,
               convolution_bias=False, subsampling_conv_channels=8, num_mel_bins=80, projection_hidden_size=56,
               projection_bias=False, sampling_rate=16000),
    bf16_layers=(1, 2), video_pruning_rate=0.5)

PRESETS = {"a": A, "b": B}
FORMATS = ("bf16", "fp8", "nvfp4")
