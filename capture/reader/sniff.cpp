#include "capture/reader/sniff.h"

#include <algorithm>
#include <array>

namespace capture::reader {
namespace {

using namespace std::string_view_literals;

struct Signature {
    std::size_t offset;
    std::string_view bytes;
    Content content;
};

constexpr std::array kSignatures = {
    Signature{0, "\x89PNG\r\n\x1A\n"sv, Content::Picture},
    Signature{0, "\xFF\xD8\xFF"sv, Content::Picture},
    Signature{0, "GIF87a"sv, Content::Picture},
    Signature{0, "GIF89a"sv, Content::Picture},
    Signature{0, "II*\0"sv, Content::Picture},
    Signature{0, "MM\0*"sv, Content::Picture},
    Signature{0, "II+\0"sv, Content::Picture},
    Signature{0, "MM\0+"sv, Content::Picture},
    Signature{0, "PK\x03\x04"sv, Content::Zip},
    Signature{0, "PK\x05\x06"sv, Content::Zip},
    Signature{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, Content::OldOffice},
    Signature{0, "{\\rtf"sv, Content::Rtf},
    Signature{0, "\x1A\x45\xDF\xA3"sv, Content::Media}, // Matroska, WebM
    Signature{0, "OggS"sv, Content::Media},
    Signature{0, "fLaC"sv, Content::Media},
    Signature{0, "ID3"sv, Content::Media},
    Signature{0, "FLV\x01"sv, Content::Media},
    Signature{0, "FORM"sv, Content::Media}, // AIFF
    Signature{0, ".snd"sv, Content::Media},
    Signature{0, "caff"sv, Content::Media},
    Signature{0, "#!AMR"sv, Content::Media},
    Signature{0, "wvpk"sv, Content::Media},
    Signature{0, "MAC "sv, Content::Media},
    Signature{0, "DSD "sv, Content::Media},
    Signature{0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"sv, Content::Media}, // ASF
    Signature{0, "\x0B\x77"sv, Content::Media},                         // AC-3
    Signature{0, "\0\0\x01\xBA"sv, Content::Media},                     // MPEG program stream
    Signature{0, "\0\0\x01\xB3"sv, Content::Media},                     // MPEG video
    Signature{4, "moov"sv, Content::Media},
    Signature{4, "mdat"sv, Content::Media},
    Signature{4, "wide"sv, Content::Media},
    Signature{4, "free"sv, Content::Media},
};

bool has(std::string_view head, std::size_t offset, std::string_view bytes)
{
    return head.size() >= offset + bytes.size() && head.substr(offset, bytes.size()) == bytes;
}

std::uint8_t byte_at(std::string_view head, std::size_t i)
{
    return static_cast<std::uint8_t>(head[i]);
}

/// ISO media files name their brand: pictures and films share the container.
Content iso_brand(std::string_view head)
{
    constexpr std::array kPictures =
        {"heic"sv, "heix"sv, "heim"sv, "heis"sv, "mif1"sv, "msf1"sv, "avif"sv, "avis"sv};
    const std::string_view brand = head.substr(8, 4);
    const bool picture = std::find(kPictures.begin(), kPictures.end(), brand) != kPictures.end();
    return picture ? Content::HeifPicture : Content::Media;
}

/// RIFF and RIFX: WebP pictures, WAVE and AVI.
Content riff_form(std::string_view head)
{
    return has(head, 8, "WEBP") ? Content::Picture : Content::Media;
}

/// "BM", then a header size that Windows or OS/2 knows: two letters alone also begin a text.
bool is_bmp(std::string_view head)
{
    if (head.size() < 26 || !has(head, 0, "BM")) return false;
    const std::uint8_t header = byte_at(head, 14);
    constexpr std::array<std::uint8_t, 6> kKnown = {12, 40, 52, 56, 108, 124};
    return std::find(kKnown.begin(), kKnown.end(), header) != kKnown.end() &&
           byte_at(head, 15) == 0 && byte_at(head, 16) == 0 && byte_at(head, 17) == 0;
}

/// MPEG audio and ADTS have a sync word only; a second one where the first frame ends would be
/// proof, a plausible header is what we ask.
bool is_mpeg_audio(std::string_view head)
{
    if (head.size() < 4 || byte_at(head, 0) != 0xFF) return false;
    const std::uint8_t second = byte_at(head, 1);
    if ((second & 0xF6) == 0xF0) return true; // ADTS
    const bool layer = (second & 0xE0) == 0xE0 && (second & 0x06) != 0 && (second & 0x18) != 0x08;
    const std::uint8_t third = byte_at(head, 2);
    return layer && (third & 0xF0) != 0xF0 && (third & 0x0C) != 0x0C;
}

/// Packets of 188 bytes, each beginning with the sync byte.
bool is_transport_stream(std::string_view head)
{
    for (std::size_t i = 0; i < 5; ++i) {
        if (head.size() <= i * 188 || head[i * 188] != 0x47) return false;
    }
    return true;
}

} // namespace

Content sniff(std::span<const std::byte> bytes)
{
    const std::string_view head(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (head.empty()) return Content::Empty;
    // Readers of PDF accept rubbish in front of the header within the first kilobyte.
    if (head.substr(0, 1029).find("%PDF-") != std::string_view::npos) return Content::Pdf;
    for (const Signature& signature : kSignatures) {
        if (has(head, signature.offset, signature.bytes)) return signature.content;
    }
    if (has(head, 4, "ftyp") && head.size() >= 12) return iso_brand(head);
    if (head.size() >= 12 && (has(head, 0, "RIFF") || has(head, 0, "RIFX"))) return riff_form(head);
    if (is_bmp(head)) return Content::Picture;
    if (is_mpeg_audio(head) && !has(head, 0, "\xFF\xFE") && !has(head, 0, "\xFE\xFF")) {
        return Content::Media;
    }
    return is_transport_stream(head) ? Content::Media : Content::Other;
}

} // namespace capture::reader
