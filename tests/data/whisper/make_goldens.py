#!/usr/bin/env python3
"""Writes transcripts.json: what faster-whisper 1.2.1 (CTranslate2 4.8, float32) makes of three recordings.

    pip install faster-whisper==1.2.1 numpy scipy
    make_goldens.py WHISPER_BASE_DIR SPEECH_DIR

The recordings (beckett, two_cities, endgame_nagg_nell of the moonshine-voice package) are not shipped; the text facts
are. Temperature 0 only, language given, no voice activity filter, conditioned on earlier text.
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.append(str(HERE.parent / "speech"))
from read_16k import read_16k  # noqa: E402
from faster_whisper import WhisperModel  # noqa: E402


def segments(model, x, **options):
    found, _ = model.transcribe(x, language="en", temperature=[0.0], **options)
    out = []
    for s in found:
        segment = {"start": round(s.start, 2), "end": round(s.end, 2), "text": s.text,
                   "avg_log_prob": round(s.avg_logprob, 5), "no_speech": round(s.no_speech_prob, 5)}
        if s.words is not None:
            segment["words"] = [[round(w.start, 2), round(w.end, 2), w.word, round(w.probability, 4)]
                                for w in s.words]
        out.append(segment)
    return out


def main():
    model = WhisperModel(sys.argv[1], device="cpu", compute_type="float32", cpu_threads=1)
    result = {}
    for name in ["beckett", "two_cities", "endgame_nagg_nell"]:
        x = read_16k(pathlib.Path(sys.argv[2]) / (name + ".wav"))
        language, probability, _ = model.detect_language(audio=x)
        result[name] = {
            "language": [language, round(probability, 5)],
            "greedy": segments(model, x, beam_size=1),
            "greedy_words": segments(model, x, beam_size=1, word_timestamps=True),
            "beam_words": segments(model, x, beam_size=5, word_timestamps=True),
        }
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (HERE / "transcripts.json").write_text(text + "\n")


main()
