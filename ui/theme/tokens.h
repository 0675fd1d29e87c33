#pragma once

#include "ui/theme/theme.h"

#include <array>
#include <string_view>

/// The numbers of resources/design/tokens.json. A test holds this table against that file.
namespace ui::theme {

struct Token {
    std::string_view name;
    unsigned light = 0; // 0xRRGGBB
    unsigned dark = 0;
};

/// In the order of Color.
inline constexpr std::array kTokens{
    Token{"window", 0xEDF0F0, 0x121516},       Token{"pane", 0xF6F7F7, 0x171B1C},
    Token{"surface", 0xFFFFFF, 0x1C2122},      Token{"raised", 0xFFFFFF, 0x252B2D},
    Token{"sunken", 0xE7EBEB, 0x2A3133},       Token{"hover", 0xE3E8E8, 0x2C3436},
    Token{"line", 0xDBE0E0, 0x2F3739},         Token{"line-control", 0x828D8E, 0x74807F},
    Token{"text", 0x14181A, 0xE9EDED},         Token{"text-2", 0x465052, 0xB7C0C1},
    Token{"text-3", 0x5C6668, 0x98A3A4},       Token{"accent", 0x0A6380, 0x62BAD7},
    Token{"accent-hover", 0x08546D, 0x83CBE2}, Token{"accent-tint", 0xDCEBF0, 0x173742},
    Token{"on-accent", 0xFFFFFF, 0x05212B},    Token{"record", 0xB9251A, 0xFF8477},
    Token{"record-tint", 0xFBE8E5, 0x3F1E1B},  Token{"record-fill", 0xB9251A, 0xC23126},
    Token{"on-record", 0xFFFFFF, 0xFFFFFF},    Token{"warn", 0x8F4A00, 0xF2B56B},
    Token{"warn-tint", 0xFBEEDC, 0x3A2A14},    Token{"ok", 0x1B663A, 0x7BCB97},
    Token{"ok-tint", 0xE1F1E7, 0x18331F},      Token{"cite", 0xFFF1B8, 0x40370F},
    Token{"cite-active", 0xFFD84D, 0xFFD84D},  Token{"cite-edge", 0x9A7400, 0xC9A227},
    Token{"on-cite", 0x3E3100, 0xFFE89A},      Token{"paper", 0xFFFFFF, 0xFFFFFF},
    Token{"paper-mark", 0xFFE27A, 0xFFE27A},   Token{"paper-edge", 0x9A7400, 0x9A7400},
    Token{"meter", 0x3E7C66, 0x6CBFA0},        Token{"meter-track", 0xD3DADA, 0x343D3F},
    Token{"speaker-1", 0x0A6380, 0x62BAD7},    Token{"speaker-2", 0x7B3F86, 0xD29BDC},
    Token{"speaker-3", 0x596500, 0xBFCB6A},    Token{"speaker-4", 0x99451F, 0xF0A37F},
    Token{"speaker-5", 0x3F5793, 0x9DB4EE},    Token{"speaker-6", 0x7A3E50, 0xE6A0B4},
};

/// Text on cite-active, in both modes.
inline constexpr unsigned kOnCiteActive = 0x3E3100;

struct TypeStep {
    std::string_view name;
    int size_px = 0; // where the system font has kBase_px
    int line_px = 0;
    double factor = 1;
    bool strong = false;
};
inline constexpr int kBase_px = 13;
inline constexpr int kSmallest_px = 11;
/// In the order of Step.
inline constexpr std::array kTypeSteps{
    TypeStep{"caption", 11, 16, 0.85, false},
    TypeStep{"small", 12, 16, 0.92, false},
    TypeStep{"body", 13, 20, 1.00, false},
    TypeStep{"reading", 14, 22, 1.08, false},
    TypeStep{"title", 15, 20, 1.15, true},
    TypeStep{"heading", 20, 28, 1.54, true},
    TypeStep{"display", 26, 32, 2.00, true},
};

constexpr const Token& token(Color which)
{
    return kTokens[static_cast<std::size_t>(which)];
}
constexpr const TypeStep& typeStep(Step step)
{
    return kTypeSteps[static_cast<std::size_t>(step)];
}

} // namespace ui::theme
