"""Small tokenizers of every kind that GGUF files carry, trained on the lines below, and strings to try them on."""
import io
import random

import sentencepiece
from gguf import TokenType
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

LINES = """The quick brown fox jumps over the lazy dog, and the meeting begins at 10:30 on 4 March 2024.
    def main():\n        return [x * 2 for x in range(100)]\n\n
It's what we've said: they'll decide, I'm sure, and you're right; he'd agree. Don't!
Die Würde des Menschen ist unantastbar. Über 1.250 Häuser, größer als früher.
L'été est arrivé; où êtes-vous ? Ça coûte 12,50 €.  Deux  espaces.
Съешь же ещё этих мягких французских булок, да выпей чаю.
敏捷的棕色狐狸跳过了懒狗。会议在三月四日开始。
すばやい茶色の狐はのろまな犬を飛び越える。
الثعلب البني السريع يقفز فوق الكلب الكسول
नमस्ते दुनिया, आप कैसे हैं?
Answer: the answer is in the question, and the question is the answer. 12345 67890 3.14159
<b>bold</b> and <i>italic</i>\n\n\nend\t\ttabs""".split("\n")

PATTERNS = {
    "llama-bpe": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
                 r"|\s+(?!\S)|\s+",
    "qwen2": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
             r"|\s+(?!\S)|\s+",
}
CONTROL = {
    "llama-bpe": ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
    "qwen2": ["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
}
USER_DEFINED = {"llama-bpe": [], "qwen2": ["<think>", "</think>"]}


def strings(count, seed):
    """Lines, pieces of them glued together, and noise of many scripts."""
    rng = random.Random(seed)
    out = ["", " ", "  ", "\n", "\n\n\n", "a", " a", "a ", "\t x", "12345", "don't", "DON'T", "▁", "<0x0A>", "é\u0301", "🦊👩‍👩‍👧",
           "<s>", "<|im_start|>user", "<start_of_turn>", "<b>x</b>", "\u00a0x\u2003y", "\0", "\u200d"]
    spans = [(0x20, 0x7e), (0xa0, 0x17f), (0x370, 0x3ff), (0x400, 0x4ff), (0x5d0, 0x5ea), (0x620, 0x64a),
             (0x900, 0x97f), (0xe01, 0xe30), (0x1100, 0x11ff), (0x3040, 0x30ff), (0x4e00, 0x4eff), (0xac00, 0xacff),
             (0x1f300, 0x1f5ff), (0, 0x1f)]
    while len(out) < count:
        pieces = []
        for _ in range(rng.randrange(1, 5)):
            if rng.random() < 0.6:
                line = rng.choice(LINES)
                at = rng.randrange(len(line) + 1)
                pieces.append(line[at:at + rng.randrange(1, 30)])
            else:
                low, high = rng.choice(spans)
                pieces.append("".join(chr(rng.randint(low, high)) for _ in range(rng.randrange(1, 7))))
        out.append(rng.choice(["", " ", "  ", "\n"]).join(pieces))
    return out


class BytePairs:
    """As transformers' fast tokenizers have it."""
    template = None

    def __init__(self, pre, size):
        self.pre = pre
        self.tokenizer = Tokenizer(models.BPE(ignore_merges=pre == "llama-bpe"))
        self.tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(PATTERNS[pre]), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
        self.tokenizer.decoder = decoders.ByteLevel()
        named = CONTROL[pre] + USER_DEFINED[pre]
        trainer = trainers.BpeTrainer(vocab_size=size - len(named), show_progress=False,
                                      initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
        self.tokenizer.train_from_iterator(LINES * 3, trainer)
        # A user's text has none of them; they are added last, as the real vocabularies do.
        self.plain = Tokenizer.from_str(self.tokenizer.to_str())
        self.tokenizer.add_special_tokens([AddedToken(name, special=True) for name in CONTROL[pre]])
        self.tokenizer.add_tokens([AddedToken(name) for name in USER_DEFINED[pre]])
        self.size = self.tokenizer.get_vocab_size()
        self.begin = CONTROL[pre][0]
        self.marks = {name: self.tokenizer.token_to_id(name) for name in named}

    def encode(self, text):
        return self.plain.encode(text).ids

    def add(self, writer):
        vocabulary = self.tokenizer.get_vocab()
        tokens = sorted(vocabulary, key=vocabulary.get)
        kinds = [TokenType.CONTROL if t in CONTROL[self.pre] else
                 TokenType.USER_DEFINED if t in USER_DEFINED[self.pre] else TokenType.NORMAL for t in tokens]
        import json
        merges = json.loads(self.tokenizer.to_str())["model"]["merges"]
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre(self.pre)
        writer.add_token_list(tokens)
        writer.add_token_types(kinds)
        writer.add_token_merges([" ".join(pair) for pair in merges])
        writer.add_bos_token_id(vocabulary[CONTROL[self.pre][0]])
        writer.add_eos_token_id(vocabulary[CONTROL[self.pre][1 if self.pre == "llama-bpe" else 2]])
        if self.template:
            writer.add_chat_template(self.template)
        if self.pre == "llama-bpe":
            writer.add_eot_token_id(vocabulary["<|eot_id|>"])


class Pieces:
    """SentencePiece's byte-pair form: of Llama 2 with a space in front, of Gemma with symbols of its own."""
    template = None

    def __init__(self, gemma, size):
        self.gemma = gemma
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter([line for line in LINES if line and max(line) < "\u0500"]), model_writer=model, vocab_size=size,
            model_type="bpe", byte_fallback=True, character_coverage=1.0, normalization_rule_name="identity",
            remove_extra_whitespaces=False, split_digits=True, allow_whitespace_only_pieces=True,
            add_dummy_prefix=not gemma, num_threads=1, minloglevel=2, hard_vocab_limit=False,
            control_symbols=["<start_of_turn>", "<end_of_turn>"] if gemma else [],
            user_defined_symbols=["\n", "\n\n", "▁▁", "▁▁▁▁", "<b>", "</b>"] if gemma else [])
        self.processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
        self.size = self.processor.vocab_size()
        self.begin = "<s>"
        self.marks = {self.processor.id_to_piece(i): i for i in range(self.size) if self.processor.is_control(i)}

    def encode(self, text):
        return self.processor.encode(text)

    def kind(self, i):
        p = self.processor
        if p.is_byte(i):
            return TokenType.BYTE
        if p.is_unknown(i):
            return TokenType.UNKNOWN
        if p.is_control(i):
            return TokenType.CONTROL
        piece = p.id_to_piece(i)
        return TokenType.USER_DEFINED if self.gemma and piece in ("\n", "\n\n", "▁▁", "▁▁▁▁", "<b>", "</b>") \
            else TokenType.NORMAL

    def add(self, writer):
        p = self.processor
        writer.add_tokenizer_model("llama")
        writer.add_tokenizer_pre("default")
        writer.add_token_list([p.id_to_piece(i).encode() for i in range(self.size)])
        writer.add_token_scores([p.get_score(i) for i in range(self.size)])
        writer.add_token_types([self.kind(i) for i in range(self.size)])
        writer.add_bos_token_id(p.bos_id())
        writer.add_eos_token_id(p.eos_id())
        writer.add_unk_token_id(p.unk_id())
        writer.add_add_space_prefix(not self.gemma)
        writer.add_add_bos_token(True)
        if self.template:
            writer.add_chat_template(self.template)
        if self.gemma:
            writer.add_eot_token_id(p.piece_to_id("<end_of_turn>"))


class Letters:
    """A byte-level vocabulary of letters alone, for models whose rows are wide."""
    size = 64

    def add(self, writer):
        tokens = ["<|end|>", "AB"] + [chr(c) for c in range(0x41, 0x41 + self.size - 2)]
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre("gpt-2")
        writer.add_token_list(tokens)
        writer.add_token_types([TokenType.CONTROL] + [TokenType.NORMAL] * (self.size - 1))
        writer.add_token_merges(["A B"])
        writer.add_eos_token_id(0)
