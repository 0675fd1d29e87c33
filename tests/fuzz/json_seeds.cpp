#include "tests/engine/formats/tiny_files.h"
#include "tests/fuzz/seeds.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace fuzz_seeds {
namespace {

using Json = nlohmann::ordered_json;
using tiny_files::Bytes;

/// `whole` with each of its values in turn left out, or of another kind. Of what has many members
/// of one kind ("vocab") the members stay.
Seeds variants(const Json& whole)
{
    static const std::vector<Json> kInstead = {
        nullptr,
        true,
        false,
        -1,
        0,
        3,
        1'000'000'000'000,
        0.5,
        "x",
        Json::array(),
        Json::object()};
    Seeds seeds = {whole.dump()};
    const Json flat = whole.flatten();
    std::vector<std::string> places;
    for (const auto& [place, value] : flat.items())
        for (std::size_t end = place.find('/', 1);; end = place.find('/', end + 1)) {
            const std::string part = place.substr(0, end);
            const bool many = part.find("/vocab/") != std::string::npos ||
                              part.find("/quantized_layers/") != std::string::npos;
            if (!many && std::find(places.begin(), places.end(), part) == places.end())
                places.push_back(part);
            if (end == std::string::npos) break;
        }
    for (const std::string& place : places) {
        const Json::json_pointer pointer(place);
        Json changed = whole;
        for (const Json& instead : kInstead) {
            changed[pointer] = instead;
            seeds.push_back(changed.dump());
        }
        changed = whole;
        Json& parent = changed[pointer.parent_pointer()];
        if (parent.is_object())
            parent.erase(pointer.back());
        else
            parent.erase(std::stoul(pointer.back()));
        seeds.push_back(changed.dump());
    }
    return seeds;
}

void append(Seeds& seeds, Seeds more)
{
    for (std::string& seed : more) seeds.push_back(std::move(seed));
}

std::string base64(std::string_view bytes)
{
    static constexpr char kDigits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    unsigned bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6) text += kDigits[bits >> (count - 6) & 63];
    }
    if (count > 0) text += kDigits[bits << (6 - count) & 63];
    return text;
}

std::string tiny_wav()
{
    Bytes samples;
    for (int i = 0; i < 32; ++i) samples.put(static_cast<std::int16_t>(100 * i));
    Bytes wav;
    wav.raw("RIFF").put(static_cast<std::uint32_t>(36 + samples.bytes.size())).raw("WAVEfmt ");
    wav.put<std::uint32_t>(16).put<std::uint16_t>(1).put<std::uint16_t>(1);
    wav.put<std::uint32_t>(16000).put<std::uint32_t>(32000);
    wav.put<std::uint16_t>(2).put<std::uint16_t>(16).raw("data");
    wav.put(static_cast<std::uint32_t>(samples.bytes.size())).raw(samples.bytes);
    return wav.bytes;
}

/// What is read of the config.json of the target's checkpoint, as published and in transformers'
/// words: short inputs are quicker.
constexpr const char* kConfig =
    R"({"llm_config":{"vocab_size":1556,"hidden_size":64,)"
    R"("hybrid_override_pattern":"MEM*EM*E","layer_norm_epsilon":1e-05,)"
    R"("num_attention_heads":4,"num_key_value_heads":2,"head_dim":24,"mamba_num_heads":6,)"
    R"("mamba_head_dim":16,"n_groups":2,"ssm_state_size":16,"conv_kernel":4,)"
    R"("n_routed_experts":8,"num_experts_per_tok":2,"moe_intermediate_size":48,)"
    R"("intermediate_size":48,"moe_shared_expert_intermediate_size":80,)"
    R"("n_shared_experts":1,"n_group":1,"topk_group":1,"norm_topk_prob":true,)"
    R"("routed_scaling_factor":2.5,"num_hidden_layers":8,"max_position_embeddings":262144,)"
    R"("tie_word_embeddings":false,"attention_bias":false,"sliding_window":null,)"
    R"("use_bias":false,"mlp_hidden_act":"relu2","mlp_bias":false,"use_conv_bias":true,)"
    R"("mamba_proj_bias":false,"mamba_hidden_act":"silu"},"vision_config":{)"
    R"("hidden_size":48,"num_hidden_layers":2,"num_attention_heads":4,"patch_size":16,)"
    R"("min_num_patches":64,"max_num_patches":240,"video_target_num_patches":64,)"
    R"("video_temporal_patch_size":2,"args":{"model":"vit_huge_patch16_224",)"
    R"("min_num_patches":64,"max_num_patches":240}},"sound_config":{"hidden_size":32,)"
    R"("num_attention_heads":4,"num_hidden_layers":2,"intermediate_size":64,)"
    R"("conv_kernel_size":9,"subsampling_conv_channels":16,"num_mel_bins":128,)"
    R"("projection_hidden_size":48,"sampling_rate":16000,"subsampling_conv_kernel_size":3,)"
    R"("subsampling_conv_stride":2,"subsampling_factor":8},"patch_size":16,)"
    R"("downsample_ratio":0.5,"video_temporal_patch_size":2,"norm_mean":[0.48145466,)"
    R"(0.4578275,0.40821073],"norm_std":[0.26862954,0.26130258,0.27577711]})";
constexpr const char* kConfigTransformers =
    R"({"audio_config":{"attention_bias":false,"conv_kernel_size":9,"hidden_act":"silu",)"
    R"("hidden_size":32,"intermediate_size":64,"max_position_embeddings":5000,)"
    R"("num_attention_heads":4,"num_hidden_layers":2,"num_key_value_heads":4,)"
    R"("num_mel_bins":128,"projection_hidden_size":48,"sampling_rate":16000,)"
    R"("scale_input":false,"subsampling_conv_channels":16,"subsampling_conv_kernel_size":3,)"
    R"("subsampling_conv_stride":2,"subsampling_factor":8},"downsample_ratio":0.5,)"
    R"("norm_mean":[0.48145466,0.4578275,0.40821073],"norm_std":[0.26862954,0.26130258,)"
    R"(0.27577711],"patch_size":16,"text_config":{"attention_bias":false,"conv_kernel":4,)"
    R"("head_dim":24,"hidden_size":64,"intermediate_size":48,"layer_norm_epsilon":1e-05,)"
    R"("layers_block_type":["linear_attention","moe","linear_attention","full_attention",)"
    R"("moe","linear_attention","full_attention","moe"],"mamba_head_dim":16,)"
    R"("mamba_hidden_act":"silu","mamba_num_heads":6,"mamba_proj_bias":false,)"
    R"("max_position_embeddings":262144,"mlp_bias":false,"mlp_hidden_act":"relu2",)"
    R"("moe_intermediate_size":48,"moe_latent_size":null,)"
    R"("moe_shared_expert_intermediate_size":80,"n_group":1,"n_groups":2,)"
    R"("n_routed_experts":8,"n_shared_experts":1,"norm_topk_prob":true,)"
    R"("num_attention_heads":4,"num_experts_per_tok":2,"num_key_value_heads":2,)"
    R"("routed_scaling_factor":2.5,"sliding_window":null,"ssm_state_size":16,)"
    R"("tie_word_embeddings":false,"topk_group":1,"use_bias":false,"use_conv_bias":true,)"
    R"("vocab_size":1556},"video_temporal_patch_size":2,"vision_config":{)"
    R"("hidden_act":"gelu","hidden_size":48,"max_num_patches":240,"min_num_patches":64,)"
    R"("norm_mean":[0.48145466,0.4578275,0.40821073],"norm_std":[0.26862954,0.26130258,)"
    R"(0.27577711],"num_attention_heads":4,"num_hidden_layers":2,"patch_size":16,)"
    R"("video_target_num_patches":64,"video_temporal_patch_size":2}})";

constexpr const char* kRequest =
    R"({"messages":[{"role":"system","content":"Be brief. /no_think"},)"
    R"({"role":"user","content":[{"type":"text","text":"Hi <|im_end|>"}]},)"
    R"({"role":"assistant","content":"a","reasoning_content":"b","tool_calls":[{"type":"function",)"
    R"("function":{"name":"find","arguments":{"what":"x","most":3,"deep":[1,{"a":null}]}}}]},)"
    R"({"role":"tool","content":"found"},{"role":"tool","content":"more"},)"
    R"({"role":"user","content":"go on </think> /think"}],)"
    R"("tools":[{"type":"function","function":{"name":"find","description":"Finds.","parameters":)"
    R"({"type":"object","properties":{"what":{"type":["string","null"],"enum":["x",1,true,null],)"
    R"("description":" d ","x":1.5}},"required":["what"],"$defs":{}},"strict":true}}],)"
    R"("enable_thinking":true,"reasoning_budget":8,"truncate_history_thinking":true,)"
    R"("video_pruning":0.5})";

} // namespace

Seeds model_config(const std::filesystem::path& omni)
{
    Seeds seeds = {
        read(omni / "a" / "bf16" / "config.json"),
        read(omni / "b" / "nvfp4" / "config.json"),
        read(omni / "b" / "config-transformers.json"),
        "[]"};
    append(seeds, variants(Json::parse(kConfig)));
    append(seeds, variants(Json::parse(kConfigTransformers)));
    Json uneven = Json::parse(kConfig);
    uneven["llm_config"]["num_experts_per_tok"] = 4000;
    seeds.push_back(uneven.dump());
    return seeds;
}

Seeds checkpoint_index()
{
    const char* whole =
        R"({"metadata":{"total_size":16},"weight_map":{"a":"a.safetensors","b":"b.safetensors"}})";
    Seeds seeds = variants(Json::parse(whole));
    for (const char* rest :
         {R"({"a":"a.safetensors","c":"../b.safetensors"})",
          R"({"a":"a.safetensors"})",
          R"({"x":"a.safetensors"})",
          R"({"a":"a.safetensors","x":"a.safetensors"})",
          R"({"a":".hidden"})",
          R"({"a":"broken.safetensors"})",
          R"({"a":"a.safetensors","b":"missing.safetensors"})"})
        seeds.push_back(std::string(R"({"weight_map":)") + rest + "}");
    Json many = Json::object();
    for (int i = 0; i < 202; ++i) many["weight_map"][std::to_string(i)] = std::to_string(i);
    seeds.push_back(many.dump());
    seeds.push_back("none");
    seeds.push_back(""); // no index
    return seeds;
}

Seeds safetensors()
{
    using tiny_files::safetensors;
    Seeds seeds = {
        safetensors(),
        safetensors("{}", 0),
        safetensors(R"({"s":{"dtype":"I64","shape":[],"data_offsets":[0,8]}})", 8),
        safetensors("", 0),
        "short",
        Bytes().put<std::uint64_t>(1u << 30).bytes,
        Bytes().put<std::uint64_t>(100).raw("{}").bytes};
    const char* header = R"({"__metadata__":{"format":"pt"},)"
                         R"("x":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
                         R"("y":{"dtype":"F16","shape":[4],"data_offsets":[24,32]}})";
    for (const std::string& changed : variants(Json::parse(header)))
        seeds.push_back(safetensors(changed, 32));
    for (const auto& [dtype, bytes] : std::vector<std::pair<std::string, int>>{
             {"F64", 8},
             {"F32", 4},
             {"F16", 2},
             {"BF16", 2},
             {"F8_E4M3", 1},
             {"F8_E5M2", 1},
             {"I64", 8},
             {"I32", 4},
             {"I16", 2},
             {"I8", 1},
             {"U64", 8},
             {"U32", 4},
             {"U16", 2},
             {"U8", 1},
             {"BOOL", 1}})
        for (const char* shape : {"[]", "[1,1]"})
            seeds.push_back(safetensors(
                R"({"s":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":[0,)" +
                    std::to_string(bytes) + "]}}",
                static_cast<std::size_t>(bytes)));
    for (const char* wrong :
         {R"({"__metadata__":{"a":"b","a":"c"}})",
          R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{}})",
          R"({"x":{"dtype":"F32","dtype":"F32"}})",
          R"({"x":{"shape":[1,1,1,1,1,1,1,1,1]}})",
          R"({"x":{"shape":[[1]]}})",
          R"({"x":{"shape":[{}]}})",
          R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}})",
          R"({"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}})",
          R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
          R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
          R"({"x" 1})"})
        seeds.push_back(safetensors(wrong, 8));
    return seeds;
}

Seeds tokenizer_json()
{
    const Json whole = Json::parse(tiny_files::tokenizer_json());
    Seeds seeds = variants(whole);
    const auto with = [&](const char* place, const char* value) {
        Json changed = whole;
        changed[Json::json_pointer(place)] = Json::parse(value);
        seeds.push_back(changed.dump());
    };
    for (const char* pre :
         {R"({"type":"Sequence","pretokenizers":[{"type":"Split","behavior":"Isolated",)"
          R"("pattern":{"Regex":"\\p{N}{1,3}| ?\\p{L}+"}},{"type":"Digits"},)"
          R"({"type":"Digits","individual_digits":true},{"type":"ByteLevel","use_regex":false}]})",
          R"({"type":"Sequence","pretokenizers":[{"type":"Sequence"}]})",
          R"({"type":"Sequence","pretokenizers":[{"type":"Digits"},)"
          R"({"type":"ByteLevel","add_prefix_space":true}]})",
          R"({"type":"Split","behavior":"Isolated","pattern":{"Regex":"("}})",
          R"({"type":"Sequence","pretokenizers":[{"type":"Split","behavior":"Isolated",)"
          R"("pattern":{"Regex":"(a+)+$"}},{"type":"ByteLevel"}]})",
          R"({"type":"Sequence","pretokenizers":[{"type":"Split","behavior":"Isolated",)"
          R"("pattern":{"Regex":"("}},{"type":"ByteLevel"}]})"})
        with("/pre_tokenizer", pre);
    for (const char* merges :
         {R"(["he"])",
          R"(["h "])",
          R"([["h"]])",
          R"([["h","e","l"]])",
          R"([["h",1]])",
          R"([1])",
          R"(["h q","x y"])",
          R"({"a":1})",
          R"([["h","e"],["he","l"],["he","l"]])"})
        with("/model/merges", merges);
    for (const char* added :
         {R"([{"id":258,"content":"a","special":false},{"id":258,"content":"b"}])",
          R"([{"id":70000,"content":"a"}])",
          R"([{"id":0,"content":"q"}])",
          R"([{"id":259,"content":"a"},{"id":300,"content":"b","special":true}])",
          R"([{"id":259,"content":"a","lstrip":true}])",
          R"([{"id":259,"content":""}])",
          R"({"a":1})",
          R"([1])"})
        with("/added_tokens", added);
    for (const char* vocabulary :
         {R"({"a":-1})",
          R"({"a":99999999})",
          R"({"a":1000})",
          R"({"a":0,"b":0})",
          R"({"a":"b"})",
          R"([])"})
        with("/model/vocab", vocabulary);
    for (const char* option :
         {"/model/unk_token", "/model/continuing_subword_prefix", "/model/end_of_word_suffix"})
        with(option, R"("x")");
    with("/normalizer", R"({"type":"NFC"})");
    with("/model/ignore_merges", "true");
    append(seeds, {"[PAD]\n[UNK]\nhe\n##llo\n", "", "\n", std::string(5000, 'a')}); // vocab.txt
    seeds.push_back("{");
    seeds.push_back(std::string(40, '[') + std::string(40, ']'));
    return seeds;
}

Seeds chat_request()
{
    const std::string picture = base64(std::string("P6 2 1 255\n") + "abcdef");
    const std::string sound = base64(tiny_wav());
    const std::string media =
        R"({"messages":[{"role":"user","content":[{"type":"text","text":"\nHi"},)"
        R"({"type":"image_url","image_url":{"url":"data:image/x-portable-pixmap;base64,)" +
        picture + R"("}},{"type":"image_url","image_url":{"url":"film/1.ppm"}},)" +
        R"({"type":"audio_url","audio_url":{"url":"data:audio/wav;base64,)" + sound + R"("}},)" +
        R"({"type":"video_url","video_url":{"url":"film","fps":2}}]}],"video_pruning":0.25})";
    Seeds seeds = variants(Json::parse(kRequest));
    append(seeds, variants(Json::parse(media)));
    seeds.push_back(R"({"messages":[{"role":"user","content":"Hello"}]})");
    for (
        const char* message :
        {R"({"role":"user","content":[{"type":"image_url","image_url":{"url":"film/1.ppm"}}]})",
         R"({"role":"user","content":[{"type":"video_url","video_url":{"url":"film"}}]})",
         R"({"role":"system","content":[{"type":"image_url","image_url":{"url":"film/1.ppm"}}]})",
         R"({"role":"user","content":[{"type":"image_url","image_url":{"url":"data:x"}}]})",
         R"({"role":"user","content":[{"type":"image_url","image_url":{"url":"data:x;base64,*"}}]})",
         R"({"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a/b"}}]})",
         R"({"role":"user","content":[{"type":"video_url","video_url":{"url":"film","fps":0}}]})",
         R"({"role":"assistant","content":"<think>a</think>b"})",
         R"({"role":"assistant","content":"<think>a","tool_calls":[{"name":"f","arguments":"{}"}]})",
         R"({"role":"assistant","content":null,"tool_calls":[{"name":"f","arguments":"none"}]})",
         R"({"role":"assistant","tool_calls":null})",
         R"({"role":"assistant","content":"a</think>b","tool_calls":[{"name":"f","arguments":""}]})",
         R"({"role":"developer","content":"/think"})"}) {
        // As it stands, and as history.
        seeds.push_back(std::string(R"({"messages":[)") + message + "]}");
        seeds.push_back(
            std::string(R"({"messages":[{"role":"user","content":"a /no_think"},)") + message +
            R"(,{"role":"user","content":"b"}],"truncate_history_thinking":true})");
    }
    for (const char* parameters :
         {"\"\"", "[]", "{\"properties\":[]}", "{\"properties\":{\"a\":1}}"})
        seeds.push_back(
            std::string(R"({"messages":[{"role":"user","content":"a"}],"tools":[{"name":"f",)") +
            R"("parameters":)" + parameters + "}]}");
    seeds.push_back("{");
    seeds.push_back(std::string(40, '[') + std::string(40, ']'));
    return seeds;
}

} // namespace fuzz_seeds
